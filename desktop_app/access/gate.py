"""The gate at the door: what a deed asks for beyond the permission.

Whatever is not known here is refused: a deed without facts, somebody who is not in the list of
users, a rule that fails. `ahead` says what is still missing and uses nothing up, so that a window
asks for it first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.access.confirming import Confirmations
from desktop_app.db.operation import Arguments, Operation
from desktop_app.db.passing import FREE, Pass
from desktop_app.db.store import Store
from desktop_app.kernel import deeds
from desktop_app.kernel.access import Actor
from desktop_app.kernel.asking import ConfirmationNeededError
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import msg

SecondPerson = Callable[[Store, Actor, Operation[..., Any], Arguments], Pass]
"""Returns what a second person has agreed to; ApprovalNeededError where one has to."""


class Gate:
    """Lets one session through; its confirmations are used up one by one."""

    def __init__(self, confirmations: Confirmations, second_person: SecondPerson) -> None:
        self.confirmations = confirmations
        self._second_person = second_person

    def ahead(
        self, store: Store, actor: Actor, op: Operation[..., Any], arguments: Arguments
    ) -> None:
        """Raise what is still missing; uses nothing up."""
        if op.deed is None and op.limit is None:
            return
        self._approved(store, actor, op, arguments)
        if op.deed is not None:
            facts = deeds.ABOUT[op.deed]
            ready = self.confirmations.ready(op.name, password_only=facts.password_only)
            if facts.step_up and not ready:
                raise ConfirmationNeededError(op.deed)

    def __call__(
        self, store: Store, actor: Actor, op: Operation[..., Any], arguments: Arguments
    ) -> Pass:
        """Return leave for one act, and use a confirmation up for it.

        ApprovalNeededError, ConfirmationNeededError or NotAllowedError where there is none.
        """
        approved = self._approved(store, actor, op, arguments)
        if op.deed is None:
            return approved
        facts = deeds.ABOUT[op.deed]
        if not facts.step_up:
            return approved
        way = self.confirmations.take(op.name, password_only=facts.password_only)
        if way is None:
            raise ConfirmationNeededError(op.deed)
        return Pass({**approved.detail, "confirmed": way}, approved.claim, approved.limits)

    def _approved(
        self, store: Store, actor: Actor, op: Operation[..., Any], arguments: Arguments
    ) -> Pass:
        if op.deed is not None and not actor.user_id:
            raise NotAllowedError(msg("Sign in with a name and a password for this."))
        return self._second_person(store, actor, op, arguments)


def alone(store: Store, actor: Actor, op: Operation[..., Any], arguments: Arguments) -> Pass:
    """Ask nobody else: the rule of a restaurant with one person."""
    del store, actor, op, arguments
    return FREE
