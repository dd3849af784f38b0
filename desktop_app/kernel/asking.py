"""What the door can still ask for: the password again, or a second person.

Both are refusals: nothing was done. A shell that can ask does so and makes the same call again.
"""

from __future__ import annotations

from desktop_app.kernel.access import Limit
from desktop_app.kernel.deeds import ABOUT, Deed
from desktop_app.kernel.errors import NotAllowedError
from desktop_app.kernel.words import Message, msg

LIMITS = {
    Limit.DISCOUNT_PERCENT: msg("a discount of {value} %"),
    Limit.EXPORT_ROWS: msg("{value} rows"),
    Limit.REFUND_MINOR: msg("a refund of {value} in the smallest coin"),
}


class ConfirmationNeededError(NotAllowedError):
    """The deed asks for the password again. `password_only` where a PIN is not enough."""

    code = "confirmation_needed"

    def __init__(self, deed: Deed) -> None:
        facts = ABOUT[deed]
        super().__init__(
            msg("This needs your password again: {deed}.", deed=facts.text),
            hint=msg("A password is good for one act, within five minutes."),
        )
        self.deed = deed
        self.password_only = facts.password_only


class ApprovalNeededError(NotAllowedError):
    """A second person has to agree: the owner chose so for the deed, or it goes above a limit."""

    code = "approval_needed"

    def __init__(
        self, deed: Deed | None = None, *, limit: Limit | None = None, value: int = 0
    ) -> None:
        super().__init__(
            msg("A second person has to agree: {what}.", what=_what(deed, limit, value)),
            hint=msg("Ask for it: in the window, or on the command line with --ask REASON."),
        )
        self.deed, self.limit, self.value = deed, limit, value


def _what(deed: Deed | None, limit: Limit | None, value: int) -> Message:
    if limit is not None:
        return Message(LIMITS[limit].text, {"value": value})
    return msg("a dangerous deed") if deed is None else ABOUT[deed].text
