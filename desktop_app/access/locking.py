"""What a right that was taken away sets off: the data it opened are given new keys."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.access.key_records import NewKey, NewKeys, NewRoot
from desktop_app.db.operation import Job, command, task
from desktop_app.db.transaction import Transaction
from desktop_app.db.turning import Turned, require_room_for, turn_keys
from desktop_app.kernel.access import Domain, Permission
from desktop_app.kernel.deeds import Deed
from desktop_app.kernel.errors import AppError
from desktop_app.vault.duties import TRAIL, Lost


def require_room(job: Job, name: str) -> None:
    """Raise UnavailableError, before anything changes, where there is no room for new files."""
    domains = job.store.keys.unlocked.could_lose(name)
    require_room_for(job.store, domains | job.store.keys.unlocked.owed.domains)


def lock_anew(job: Job) -> NewKeys:
    """Give everything that is owed new keys, and say what was done.

    Taking the right away has happened already and stands: what hinders the new keys is told as
    `trouble`, and stays owed.
    """
    owed = job.store.keys.unlocked.owed
    if not owed:
        return NewKeys()
    try:
        return _said(turn_keys(job.store, owed, job.progress))
    except AppError as error:
        return NewKeys(owed=sorted(owed.names), trouble=error.message)


def noted(keys: NewKeys) -> Mapping[str, object]:
    """Return what the trail keeps of new keys: versions by domain, and what is still owed."""
    done = {one.domain: [one.old, one.new] for one in keys.keys}
    found: dict[str, object] = {}
    if done:
        found["new_keys"] = done
    if keys.owed:
        found["owed"] = list(keys.owed)
    return found


@task(Permission.USERS_MANAGE)
def finish_new_keys(job: Job) -> NewKeys:
    """Give what somebody lost new keys, where that could not be done when it was taken away."""
    keys = lock_anew(job)
    with job.transaction() as tx:
        tx.about("keys", **noted(keys))
    return keys


@task(Permission.USERS_MANAGE)
def owed_new_keys(job: Job) -> list[str]:
    """Return the domains, and `trail`, that are still to be given new keys."""
    return sorted(job.store.keys.unlocked.owed.names)


@task(Permission.USERS_MANAGE, deed=Deed.USER_CHANGE)
def replace_owner(job: Job, name: str, role: str | None = None) -> NewRoot:
    """Take an owner's access away, or give them a lesser role: everything gets new keys.

    The store has a new root secret and a new recovery key afterwards: write the code down, the old
    emergency sheet opens only what was backed up before. ConflictError for oneself. Where the new
    keys fail nothing is changed.
    """
    unlocked = job.store.keys.unlocked
    heir = unlocked.heir_without(name, role)
    vault = job.store.keys.vault
    before = vault.recovery_key_id
    everything = Lost(frozenset(Domain), trail=True)
    require_room_for(job.store, everything.domains)
    keys = _said(turn_keys(job.store, everything, job.progress, heir=heir))
    vault.look_again()
    unlocked.trust_device(vault.root_fingerprint, vault.epoch)
    with job.transaction() as tx:
        tx.about(f"user {name}", role=role or "", new_root=True, **noted(keys))
    return NewRoot(keys, heir.code, heir.code.key_id, before, vault.root_fingerprint)


@task(Permission.USERS_MANAGE, deed=Deed.RENEW_RECOVERY_KEY)
def renew_recovery_key(job: Job) -> NewRoot:
    """Make a new recovery key, for a sheet that was lost or seen: the old one opens it no more.

    No data are written anew. Backups made before still need the old sheet.
    """
    before = job.store.keys.vault.recovery_key_id
    code = job.store.keys.unlocked.renew_recovery()
    with job.transaction() as tx:
        tx.about("recovery key", old=before, new=code.key_id)
    vault = job.store.keys.vault
    vault.look_again()
    return NewRoot(NewKeys(), code, code.key_id, before, vault.root_fingerprint)


@command(Permission.ANYONE)
def note_new_keys(tx: Transaction, finished: list[str], undone: list[str]) -> None:
    """Enter into the trail that a change of keys which had been cut off came to its end."""
    tx.about("keys", finished=finished, undone=undone)


def _said(turned: Turned) -> NewKeys:
    keys = [
        NewKey(one.domain.value, one.old, one.new, one.size, one.seconds) for one in turned.domains
    ]
    if turned.trail:
        keys.append(NewKey(TRAIL, *turned.trail, 0, 0.0))
    return NewKeys(keys)
