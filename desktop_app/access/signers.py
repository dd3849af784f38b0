"""Whose sessions wrote the trail, and whether a signature is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from desktop_app.access.records import Checkpoint
from desktop_app.db.audit_tables import TrailSession
from desktop_app.db.operation import Job
from desktop_app.db.trail_check import Signed
from desktop_app.db.trail_reader import head_of_session
from desktop_app.kernel.clock import moment
from desktop_app.vault import sealing, trail_box
from desktop_app.vault.trail_box import SessionHead


@dataclass(slots=True)
class Signers:
    """Whose sessions wrote the trail. `strangers` do not belong to anybody the roster knows."""

    install: str
    heads: dict[bytes, SessionHead] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    strangers: set[bytes] = field(default_factory=set)

    @classmethod
    def read(cls, job: Job, sessions: Iterable[bytes]) -> Signers:
        """Read the sessions and check each against the list of users."""
        vault = job.store.keys.vault
        keys = vault.sign_keys()
        made = cls(vault.install_id)
        made.names = {user.id: user.name for user in vault.users()}
        wanted = set(sessions)
        with job.reading() as tx:
            for row in tx.objects(select(TrailSession)):
                if row.id not in wanted:
                    continue
                head = head_of_session(row)
                made.heads[row.id] = head
                if not _genuine(head, row.id, row.signature, made.install, keys):
                    made.strangers.add(row.id)
        made.strangers |= wanted - made.heads.keys()
        return made

    def good(self, one: Signed) -> bool:
        """Tell whether a checkpoint was signed by the person whose session it is."""
        head = self.heads.get(one.session)
        if head is None or not head.sign_key or one.session in self.strangers:
            return False
        return trail_box.signed_by(head.sign_key, self.install, one.seq, one.hash, one.signature)

    def checkpoint(self, one: Signed) -> Checkpoint:
        """Return a good signature as it is shown."""
        user_id = self.heads[one.session].user_id
        return Checkpoint(one.seq, moment(one.at_ms), self.names.get(user_id, user_id))


def _genuine(
    head: SessionHead,
    name: bytes,
    signature: bytes | None,
    install: str,
    keys: Mapping[str, Sequence[bytes]],
) -> bool:
    if head.name(install) != name:
        return False
    if not head.sign_key:  # opened with the recovery key: nobody who could sign
        return head.user_id == "" and signature is None
    if head.sign_key not in keys.get(head.user_id, ()) or signature is None:
        return False
    return sealing.verify(head.sign_key, trail_box.SESSION, name, signature)
