"""Dangerous deeds: what asks for the password again, and what may need a second person.

An operation names its deed; the door asks. A step-up is good for one act and five minutes
(security.md, 4.2); whether a second person is needed is the owner's choice, deed by deed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.kernel.access import Permission
from desktop_app.kernel.words import Message, msg


class Deed(StrEnum):
    """A kind of dangerous deed."""

    CLOSE_ALARM = "close_alarm"
    DECIDE = "decide"
    DELETE_TARGET = "delete_target"
    ERASE_PERSON = "erase_person"
    EXPORT_PERSONAL = "export_personal"
    MASK_CARDS = "mask_cards"
    RENEW_RECOVERY_KEY = "renew_recovery_key"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a deed, not a password
    RESTORE = "restore"
    REVIEW = "review"
    ROLE_CHANGE = "role_change"
    SECURITY_SETTING = "security_setting"
    USER_CHANGE = "user_change"


@dataclass(frozen=True, slots=True)
class DeedFacts:
    """What the door asks before a deed. `approver` is the right the second person must hold.

    `by_two` where the deed has a second person of its own: there is nothing to choose.
    """

    text: Message
    approver: Permission
    step_up: bool = True
    by_two: bool = False
    password_only: bool = False


ABOUT: Mapping[Deed, DeedFacts] = {
    Deed.CLOSE_ALARM: DeedFacts(
        msg("Close an alarm of the audit trail"), Permission.AUDIT_READ, by_two=True
    ),
    Deed.DECIDE: DeedFacts(
        msg("Decide what somebody else has asked for"), Permission.APPROVALS_DECIDE, by_two=True
    ),
    Deed.DELETE_TARGET: DeedFacts(msg("Remove a place for backups"), Permission.BACKUPS_CONFIGURE),
    Deed.ERASE_PERSON: DeedFacts(msg("Erase a person's data"), Permission.APPROVALS_DECIDE),
    Deed.EXPORT_PERSONAL: DeedFacts(msg("Export personal data"), Permission.APPROVALS_DECIDE),
    Deed.MASK_CARDS: DeedFacts(msg("Mask card numbers in the store"), Permission.APPROVALS_DECIDE),
    Deed.RENEW_RECOVERY_KEY: DeedFacts(
        msg("Make a new recovery key"), Permission.USERS_MANAGE, password_only=True
    ),
    Deed.RESET_PASSWORD: DeedFacts(msg("Reset somebody's password"), Permission.USERS_MANAGE),
    Deed.RESTORE: DeedFacts(
        msg("Restore a backup"), Permission.APPROVALS_DECIDE, password_only=True
    ),
    Deed.REVIEW: DeedFacts(msg("Sign an access review"), Permission.REVIEWS_CONDUCT),
    Deed.ROLE_CHANGE: DeedFacts(msg("Change a role"), Permission.ROLES_MANAGE),
    Deed.SECURITY_SETTING: DeedFacts(msg("Change a rule of security"), Permission.APPROVALS_DECIDE),
    Deed.USER_CHANGE: DeedFacts(
        msg("Change who may sign in, or with which role"), Permission.USERS_MANAGE
    ),
}
