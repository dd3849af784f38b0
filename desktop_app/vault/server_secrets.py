"""The password of each person's account on a database server, sealed to that person alone."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace

from desktop_app.kernel.access import Permission
from desktop_app.vault.duties import Duties, regranted, signed
from desktop_app.vault.key_file import Contents
from desktop_app.vault.roster import Roster, SharedSecret

OWNERS_SECRET = "postgres"  # noqa: S105 - the name of a secret, not a secret
"""The password of the account that owns the database."""
NEXT_SECRET = "postgres.next"  # noqa: S105 - the name of a secret, not a secret
"""The password that account is about to get; it may have it already."""
FOR_OWNERS = Permission.USERS_MANAGE
"""A permission that only owners can hold."""
_BYTES = 24


def account_secret(user_id: str) -> str:
    """Return the name of the secret that is the password of a person's account."""
    return f"{OWNERS_SECRET}.{user_id}"


class ServerSecrets(Duties):
    """An owner's duties towards a database server; `Unlocked` has them."""

    def keep_accounts(self) -> Mapping[str, str]:
        """Make passwords for accounts without one, forget those of people who left. Owners only.

        Returns the password of everybody's account by the person's id.
        """
        root = self._root()
        if self._settled(self._file.read().roster) is not None:

            def change(contents: Contents) -> Contents:
                wanted = self._settled(contents.roster)
                if wanted is None:
                    return contents
                return signed(contents, regranted(wanted, root), root)

            self._file.update(change)
            self.refresh()
        roster = self._file.read().roster
        found: dict[str, str] = {}
        for name, shared in roster.secrets.items():
            if shared.user_id:
                secret = root.open_shared(name, shared, roster)
                found[shared.user_id] = secret.reveal().decode()
                secret.wipe()
        return found

    def secret_is_for_owners(self, name: str) -> bool:
        """Tell whether a secret is kept for owners only."""
        shared = self._file.read().roster.secrets.get(name)
        return shared is not None and shared.permission is FOR_OWNERS

    def _settled(self, roster: Roster) -> Roster | None:
        """Return the roster with the right secrets; None where it has them already."""
        here = {user.id for user in roster.users.values() if user.removed_ms is None}
        kept = {
            name: one
            for name, one in roster.secrets.items()
            if not one.user_id or one.user_id in here
        }
        missing = here - {one.user_id for one in kept.values()}
        if not missing and len(kept) == len(roster.secrets):
            return None
        for user_id in sorted(missing):
            name = account_secret(user_id)
            wrapped = self._root().wrap_shared(name, secrets.token_urlsafe(_BYTES).encode())
            kept[name] = SharedSecret(Permission.ANYONE, wrapped, user_id)
        return replace(roster, secrets=kept)
