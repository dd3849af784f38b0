"""The root secret of a store: what every key follows from. Owners hold it, and the recovery key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from desktop_app.kernel.access import Domain, Role
from desktop_app.vault import sealing
from desktop_app.vault.roster import (
    ROOT,
    Roster,
    SharedSecret,
    TrailBox,
    UserRow,
    domain_subject,
    secret_subject,
    trail_subject,
)
from desktop_app.vault.roster_json import PURPOSE, roster_json
from desktop_app.vault.sealing import canonical, labelled
from desktop_app.vault.secret import SecretBytes


@dataclass(frozen=True, slots=True)
class Elder:
    """A root secret the store had before, and the newest versions that follow from it."""

    secret: SecretBytes
    domains: Mapping[Domain, int]
    trail: int


@dataclass(frozen=True, slots=True)
class Root:
    """The root secret of a store with what follows from it. Owners only.

    `elders` are the root secrets before this one, oldest first: what they opened stays open.
    """

    secret: SecretBytes
    install: str
    elders: tuple[Elder, ...] = ()

    def wipe(self) -> None:
        """Overwrite the secrets."""
        for secret in (self.secret, *(elder.secret for elder in self.elders)):
            secret.wipe()

    def domain_key(self, domain: Domain, version: int) -> SecretBytes:
        """Return the key of a domain's file; any version, so old backups open."""
        elder = next((e for e in self.elders if version <= e.domains[domain]), None)
        return self._derived("domain/v1", domain, str(version), elder=elder)

    def secret_key(self, name: str) -> SecretBytes:
        """Return the key that wraps a shared secret."""
        return self._derived("shared-secret/v1", name)

    def trail_key(self, version: int) -> SecretBytes:
        """Return the private key of the trail's mailbox; any version, so that old events open."""
        elder = next((e for e in self.elders if version <= e.trail), None)
        return self._derived("trail-box/v1", str(version), elder=elder)

    def trail_box(self, version: int) -> TrailBox:
        """Return the mailbox of the trail, for everybody to seal into."""
        seed = self.trail_key(version)
        private = X25519PrivateKey.from_private_bytes(seed.buffer)
        seed.wipe()
        return TrailBox(version, private.public_key().public_bytes_raw())

    def signing_key(self) -> Ed25519PrivateKey:
        """Return the key that signs the roster."""
        seed = self._derived("roster-signing/v1")
        key = Ed25519PrivateKey.from_private_bytes(seed.buffer)
        seed.wipe()
        return key

    def public_key(self) -> bytes:
        """Return the public half of `signing_key`."""
        return self.signing_key().public_key().public_bytes_raw()

    def sign(self, roster: Roster) -> bytes:
        """Return the signature over a roster."""
        return sealing.sign(self.signing_key(), PURPOSE, canonical(roster_json(roster)))

    def grants_for(self, user: UserRow, roster: Roster) -> dict[str, bytes]:
        """Return what a user's role entitles them to, sealed to their public key."""
        grants: dict[str, bytes] = {}

        def grant(subject: str, secret: SecretBytes) -> None:
            place = roster.place(user.id, subject)
            grants[f"{user.id}/{subject}"] = sealing.seal(user.box_key, secret, place)

        if user.role == Role.OWNER:
            grant(ROOT, self.secret)
            return grants
        facts = roster.facts_of(user)
        for domain in facts.domains:
            version = roster.domains[domain]
            grant(domain_subject(domain, version), self.domain_key(domain, version))
        if facts.reads_trail and roster.trail is not None:
            for version in range(1, roster.trail.version + 1):
                grant(trail_subject(version), self.trail_key(version))
        for name, shared in roster.secrets.items():
            if shared.is_for(user, facts.permissions):
                grant(secret_subject(name), self.open_shared(name, shared, roster))
        return grants

    def open_shared(self, name: str, shared: SharedSecret, roster: Roster) -> SecretBytes:
        """Return a shared secret."""
        return sealing.unwrap(
            self.secret_key(name),
            shared.wrapped,
            labelled("shared-secret/v1", roster.install, name),
        )

    def wrap_shared(self, name: str, value: bytes) -> bytes:
        """Return a shared secret wrapped for whoever holds the root secret."""
        place = labelled("shared-secret/v1", self.install, name)
        return sealing.wrap(self.secret_key(name), value, place)

    def _derived(self, label: str, *parts: str, elder: Elder | None = None) -> SecretBytes:
        secret = elder.secret if elder else self.secret
        return sealing.derived(secret, self.install.encode(), labelled(label, *parts))
