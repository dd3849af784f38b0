"""Errors a person can act on. Anything that is not an AppError is a bug.

The exit codes are the command line's contract; scripts rely on them.
"""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from desktop_app.kernel.words import Message, msg

BUG_EXIT_CODE = 70


class AppError(Exception):
    """Base of every expected failure: what happened, where, and (`hint`) what to do."""

    exit_code: ClassVar[int]
    code: ClassVar[str]

    def __init__(self, message: Message, *, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    @override
    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else str(self.message)


class InvalidError(AppError):
    """The input breaks a rule; `field` names the form field to mark. Nothing was changed."""

    exit_code = 2
    code = "invalid"

    def __init__(self, message: Message, *, field: str = "", hint: Message | None = None) -> None:
        super().__init__(message, hint=hint)
        self.field = field


class NotAllowedError(AppError):
    """The person lacks the right, or the password is wrong.

    `lacking` is the right (a Permission); the door then says in words which, and whom to ask.
    """

    exit_code = 3
    code = "not_allowed"

    def __init__(self, message: Message, *, lacking: str = "", hint: Message | None = None) -> None:
        super().__init__(message, hint=hint)
        self.lacking = lacking


class NotFoundError(AppError):
    """The thing asked for does not exist (any more)."""

    exit_code = 4
    code = "not_found"


class ConflictError(AppError):
    """Somebody else changed it first, or it exists already."""

    exit_code = 5
    code = "conflict"


class UnavailableError(AppError):
    """The world is in the way: disk full, file locked, folder gone, network down."""

    exit_code = 6
    code = "unavailable"


class DamagedError(AppError):
    """Data failed its authentication: damaged, tampered with, or the wrong key."""

    exit_code = 7
    code = "damaged"


class StoppedError(AppError):
    """The user stopped the job. Shown nowhere."""

    exit_code = 130
    code = "stopped"

    def __init__(self) -> None:
        super().__init__(msg("Stopped."))
