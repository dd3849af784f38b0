"""What can be done with the venue and the settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from sqlalchemy import select

from desktop_app.db.choices import StoredSetting
from desktop_app.db.operation import Operation, command, query
from desktop_app.db.transaction import Transaction
from desktop_app.kernel.access import Permission
from desktop_app.kernel.checks import check_line
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from desktop_app.kernel.settings import SETTINGS, Setting, parse
from desktop_app.kernel.words import msg
from desktop_app.venue.records import NewVenue, Today, VenueCard, VenueProfile
from desktop_app.venue.rules import check_currency, check_name, check_tax_id, check_timezone
from desktop_app.venue.tables import Venue


@query(Permission.ANYONE)
def get_venue(tx: Transaction) -> VenueCard:
    """Return the venue of this store."""
    return the_venue(tx)


@query(Permission.ANYONE)
def list_venues(tx: Transaction) -> Sequence[VenueCard]:
    """Return the venues that the actor may see, the oldest first."""
    return [_card(row) for row in tx.objects(select(Venue).order_by(Venue.id))]


@query(Permission.ANYONE)
def get_today(tx: Transaction) -> Today:
    """Return the venue and the time it is there, by the store's clock."""
    return Today(the_venue(tx), tx.at, several=len(names_of_venues(tx)) > 1)


@command(Permission.SETTINGS_EDIT)
def open_venue(tx: Transaction, new: NewVenue) -> int:
    """Enter a venue into the books and return its number.

    ConflictError where one is called so already; InvalidError for another currency than the first
    venue's: the figures of a store are in one.
    """
    name = check_name(new.name)
    _refuse_twin(tx, name, None)
    for first in tx.objects(select(Venue).order_by(Venue.id).limit(1)):
        if check_currency(new.currency) != first.currency:
            raise InvalidError(
                msg("This store counts in {currency}.", currency=first.currency),
                field="currency",
                hint=msg("A venue with another currency needs a store of its own."),
            )
    venue = Venue(
        id=tx.ids.one(),
        name=name,
        country=check_line(new.country, 2, "country"),
        currency=check_currency(new.currency),
        timezone=check_timezone(new.timezone),
        opening_minute=new.opening.hour * 60 + new.opening.minute,
        created_at=tx.at,
    )
    _describe(venue, new)
    return tx.add(venue).id


@command(Permission.SETTINGS_EDIT)
def change_venue(
    tx: Transaction, venue_id: int, profile: VenueProfile, was: VenueProfile | None = None
) -> None:
    """Change what is printed of a venue, and when its day begins.

    Days that are over stay as they were counted; a new opening time holds from the next sale on.
    ConflictError where the venue is not what it `was` when somebody began to change it.
    """
    row = tx.get(Venue, venue_id)
    if was is not None and was != _card(row).profile:
        raise ConflictError(
            msg("Somebody else changed this venue meanwhile."), hint=msg("Open it again and look.")
        )
    name = check_name(profile.name)
    _refuse_twin(tx, name, venue_id)
    row.name = name
    _describe(row, profile)
    row.opening_minute = profile.opening.hour * 60 + profile.opening.minute


def _describe(row: Venue, said: NewVenue | VenueProfile) -> None:
    """Write down what is printed on documents."""
    row.legal_name = check_line(said.legal_name, 200, "legal_name")
    row.tax_id = check_tax_id(said.tax_id, row.country, row.tax_id or "")
    row.email = check_line(said.email, 200, "email")
    row.phone = check_line(said.phone, 32, "phone")
    row.address = check_line(said.address, 500, "address")


def _refuse_twin(tx: Transaction, name: str, own: int | None) -> None:
    taken = tx.scalar(select(Venue.id).where(Venue.name == name))
    if taken is not None and taken != own:
        raise ConflictError(msg("There is a venue “{name}” already.", name=name))


@query(Permission.ANYONE)
def get_settings(tx: Transaction) -> dict[str, str]:
    """Return every setting with its value, the default where none was chosen."""
    stored = tx.pairs(select(StoredSetting.name, StoredSetting.value))
    return {name: stored.get(name, setting.default) for name, setting in SETTINGS.items()}


@command(Permission.ANYONE)
def change_setting(tx: Transaction, name: str, value: str) -> None:
    """Choose the value of a setting; who may is declared with the setting.

    NotAllowedError for a rule of security as well: `change_security_setting` is for those.
    """
    setting = _setting(name)
    _check_right(tx, setting)
    if setting.is_rule_of_security:
        raise NotAllowedError(
            msg("“{name}” is a rule of security: the password is asked for again.", name=name),
            hint=msg("Change it in the settings, or with “clopos-desk settings set”."),
        )
    _choose(tx, setting, value)


@command(Permission.SETTINGS_SECURITY, deed=Deed.SECURITY_SETTING)
def change_security_setting(tx: Transaction, name: str, value: str) -> None:
    """Choose the value of a setting that is a rule of security.

    InvalidError for any other one: it would ask for the password, or a second person, for nothing.
    """
    setting = _setting(name)
    _check_right(tx, setting)
    if not setting.is_rule_of_security:
        raise InvalidError(msg("“{name}” is no rule of security.", name=name), field=name)
    _choose(tx, setting, value)


def changing(name: str) -> Operation[[str, str], None]:
    """Return the operation that changes a setting."""
    known = SETTINGS.get(name)
    security = known is not None and known.is_rule_of_security
    return change_security_setting if security else change_setting


def _setting(name: str) -> Setting:
    setting = SETTINGS.get(name)
    if setting is None:
        raise NotFoundError(msg("There is no setting “{name}”.", name=name))
    return setting


def _check_right(tx: Transaction, setting: Setting) -> None:
    if not tx.actor.can(setting.permission):
        raise NotAllowedError(
            msg("Your role does not allow changing this setting."),
            lacking=setting.permission,
        )


def _choose(tx: Transaction, setting: Setting, value: str) -> None:
    parse(setting, value)
    stored = tx.find(StoredSetting, setting.name)
    if stored is None:
        tx.add(StoredSetting(name=setting.name, value=value))
    else:
        stored.value = value


def the_venue(tx: Transaction) -> VenueCard:
    """Return the venue of this store, of several the first that the actor may see."""
    for row in tx.objects(select(Venue).order_by(Venue.id).limit(1)):
        return _card(row)
    raise NotFoundError(
        msg("This store has no venue yet, or none that you may see."),
        hint=msg("The owner gives people their venues."),
    )


def names_of_venues(tx: Transaction) -> dict[int, str]:
    """Return the names of the venues that the actor may see, the oldest first."""
    return tx.pairs(select(Venue.id, Venue.name).order_by(Venue.id))


def venues_in_sight(tx: Transaction) -> str:
    """Return whose figures somebody sees: the names of their venues, or of the one chosen."""
    return ", ".join(names_of_venues(tx).values())


def telling_venues(tx: Transaction) -> dict[int, str]:
    """Return the names of venues where rows must say whose they are; nothing for one alone."""
    names = names_of_venues(tx)
    return names if len(names) > 1 else {}


def venue_card(tx: Transaction, venue_id: int) -> VenueCard:
    """Return a venue by its number."""
    return _card(tx.get(Venue, venue_id))


def _card(row: Venue) -> VenueCard:
    opening = time(row.opening_minute // 60, row.opening_minute % 60)
    return VenueCard(
        row.id, row.name, row.legal_name, row.tax_id, row.email, row.phone, row.address,
        row.country, row.currency, row.timezone, opening,
    )  # fmt: skip
