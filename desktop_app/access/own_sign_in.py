"""One's own way of signing in: password, authenticator app, PINs."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from desktop_app.access.pin_tables import PinTwin
from desktop_app.db.operation import Job, task
from desktop_app.kernel.access import Permission
from desktop_app.vault.own import SignInFacts
from desktop_app.vault.pins import PinKind
from desktop_app.vault.secret import forget
from desktop_app.vault.totp import Enrolment


@task(Permission.ANYONE)
def change_password(job: Job, old: str, new: str) -> None:
    """Change one's own password; a wrong old one raises NotAllowedError."""
    job.store.keys.unlocked.change_password(old, new)
    _note(job)


@task(Permission.ANYONE)
def get_sign_in(job: Job, password: str | None = None) -> SignInFacts:
    """Return how one signs in; app and quick PIN are known with the password only."""
    unlocked = job.store.keys.unlocked
    return unlocked.sign_in_facts() if password is None else unlocked.confirm_password(password)


@task(Permission.ANYONE)
def set_pin(job: Job, password: str, pin: str) -> None:
    """Choose a quick PIN, which brings one back for twelve hours after each password."""
    keys = job.store.keys
    lock = keys.unlocked.set_pin(password, pin)
    twins: list[str] = []
    if keys.quick is not None:
        twins = keys.quick.also_opens(pin, keys.unlocked.user_id)
        keys.unlocked.lend_to(keys.quick, lock)
        forget(lock.key)
    _note(job, PinKind.QUICK, twins)


@task(Permission.ANYONE)
def drop_pin(job: Job, password: str) -> None:
    """Do without a quick PIN."""
    keys = job.store.keys
    keys.unlocked.drop_pin(password)
    if keys.quick is not None:
        keys.quick.forget(keys.unlocked.user_id)
    _note(job, PinKind.QUICK)


@task(Permission.ANYONE)
def set_authenticator(job: Job, password: str, enrolment: Enrolment, code: str) -> None:
    """Ask for an app's code at every sign-in; `code` is its first."""
    job.store.keys.unlocked.set_authenticator(password, enrolment, code)
    _note(job)


@task(Permission.ANYONE)
def drop_authenticator(job: Job, password: str, code: str) -> None:
    """Do without the app; needs one of its codes, or a spare one."""
    job.store.keys.unlocked.drop_authenticator(password, code)
    _note(job)


@task(Permission.ANYONE)
def set_till_pin(job: Job, password: str, pin: str) -> None:
    """Choose a till PIN for this computer; for roles that open no more than the till."""
    unlocked = job.store.keys.unlocked
    unlocked.set_till_pin(pin, password)
    _note(job, PinKind.TILL, unlocked.till_pin_twins(pin))


@task(Permission.ANYONE)
def drop_till_pins(job: Job) -> None:
    """Do without till PINs, on all computers."""
    job.store.keys.unlocked.drop_till_pins()
    _note(job, PinKind.TILL)


def _note(job: Job, kind: PinKind | None = None, twins: Sequence[str] = ()) -> None:
    """Enter what was done, and who has the same PIN: the review of access asks about them."""
    with job.transaction() as tx:
        tx.about(f"user {tx.actor.name}")
        if kind is None:
            return
        mine = select(PinTwin).where(PinTwin.user_id == tx.actor.user_id, PinTwin.kind == kind)
        known = {row.other_id: row for row in tx.objects(mine)}
        for row in known.values():
            row.over_at = None if row.other_id in twins else row.over_at or tx.at
        for other in set(twins) - known.keys():
            tx.add(PinTwin(user_id=tx.actor.user_id, kind=kind, other_id=other, found_at=tx.at))
