"""One call of the command line: its options, its words, and the person it signs in."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from desktop_app.cli import passwords
from desktop_app.cli.folder import default_folder, described
from desktop_app.cli.output import Answer, write_notices
from desktop_app.cli.watching import watched
from desktop_app.kernel.asking import ApprovalNeededError
from desktop_app.kernel.clock import as_date
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.money import major
from desktop_app.kernel.words import Message, Words, msg
from desktop_app.printing import format as written

if TYPE_CHECKING:
    from desktop_app.access.override import Override
    from desktop_app.app import App
    from desktop_app.db.operation import Operation
    from desktop_app.sign_in import Reception
    from desktop_app.venue.records import VenueCard

P = ParamSpec("P")
R = TypeVar("R")


class Call:
    """What every command is given."""

    def __init__(self, options: argparse.Namespace, spoken: Words) -> None:
        self.options = options
        self.words = spoken
        self.as_json = bool(options.json)

    @cached_property
    def data(self) -> Path:
        """Return the folder of the store."""
        chosen = self.options.data
        return Path(chosen).absolute() if chosen else default_folder()

    def reception(self, folder: Path | None = None) -> Reception:
        """Return the way into the store; loads the database, so call it late."""
        from desktop_app.sign_in import Reception  # noqa: PLC0415 - loads everything

        return Reception(folder or self.data)

    @contextmanager
    def signed_in(self) -> Iterator[Desk]:
        """Open the store for the person named, with their password."""
        name, password = self.who_signs_in()
        with self.entered(name, password) as app:
            self.tell(app.notices)
            self._choose_venue(app)
            app.trust_sign_in()  # the password was just given, for this command and no other
            yield Desk(self, app)

    def _choose_venue(self, app: App) -> None:
        wanted = self.options.in_venue
        if wanted is None:
            return
        found = [one for one in app.venues() if one.name.casefold() == wanted.casefold().strip()]
        if not found:
            names = ", ".join(one.name for one in app.venues())
            raise NotFoundError(
                msg("There is no venue “{name}” that you may see.", name=wanted),
                hint=msg("There are: {names}.", names=names),
            )
        app.work_at(found[0].id)

    def who_signs_in(self) -> tuple[str, str]:
        """Return the name and the password (or one-time code) of who signs in."""
        described(self.data)
        name = self._user()
        return name, self.password(msg("Password of {name}:", name=name))

    def entered(self, name: str, password: str) -> App:
        """Open the store; the code of an authenticator app is asked for where there is one."""
        from desktop_app.vault.door import CodeNeededError  # noqa: PLC0415 - loads cryptography

        reception, file = self.reception(), self.options.totp_file
        code = None if file is None else passwords.from_file(file)
        try:
            return reception.sign_in(name, password, code=code)
        except CodeNeededError as error:
            if code is not None or not passwords.has_terminal():
                raise
            code = passwords.asked(error.message, self.words, option="--totp-file")
        return reception.sign_in(name, password, code=code)

    def tell(self, notices: list[Message]) -> None:
        """Say what the person should know, unless a program reads us."""
        if not self.as_json:
            write_notices(notices, self.words)

    def password(self, prompt: Message, *, new: bool = False) -> str:
        """Return the password of `--password-file`, or ask for it."""
        file = self.options.password_file
        if file is not None:
            return passwords.from_file(file)
        ask = passwords.asked_twice if new else passwords.asked
        return ask(prompt, self.words, option="--password-file")

    def override(self) -> Override:
        """Return who finishes what the person may not do, with their password and why."""
        from desktop_app.access.override import Override  # noqa: PLC0415 - loads the database

        name, file = str(self.options.override_by), self.options.override_password_file
        option = "--override-password-file"
        prompt = msg("Password of {name}:", name=name)
        secret = (
            passwords.asked(prompt, self.words, option=option)
            if file is None
            else passwords.from_file(file)
        )
        return Override(name, secret, self.options.override_reason or "")

    def new_password(self) -> str:
        """Return the password of `--new-password-file`, or ask for it twice."""
        file = self.options.new_password_file
        return passwords.new_password(file, self.words, option="--new-password-file")

    def _user(self) -> str:
        if self.options.user:
            return str(self.options.user)
        from desktop_app.vault.store_keys import Vault  # noqa: PLC0415 - loads cryptography

        names = [user.name for user in Vault.open(self.data).users() if user.removed_at is None]
        if len(names) == 1:
            return names[0]
        if not passwords.has_terminal():
            raise InvalidError(
                msg("Several people may sign in here: say who with --user."), field="user"
            )
        sys.stderr.write(self.words.say("Who signs in? ({names})", names=", ".join(names)) + " ")
        sys.stderr.flush()
        return sys.stdin.readline().strip()

    @contextmanager
    def watching(self) -> Iterator[Progress]:
        """Give a progress that is shown, and that Ctrl-C stops."""
        progress = Progress()
        with watched(progress, self.words):
            yield progress

    def number(self, value: int) -> str:
        """Return a whole number as people write it."""
        return written.number(value, self.words.language)

    def quantity(self, thousandths: int) -> str:
        """Return a quantity as people write it."""
        if thousandths % 1000 == 0:  # whole ones in groups, as money is
            return self.number(thousandths // 1000)
        return written.quantity(thousandths, self.words.language)

    def day(self, number: int) -> str:
        """Return a business day as people write it."""
        return written.day(as_date(number), self.words.language)

    def size(self, octets: int) -> str:
        """Return the size of a file: `12 kB`, `4.2 MB`, `1.5 GB`."""
        for unit, name in ((10**9, "GB"), (10**6, "MB")):
            if octets >= unit:
                tenths = octets * 10 // unit
                return f"{written.quantity(tenths * 100, self.words.language)} {name}"
        return f"{-(-octets // 1000)} kB"

    def yes(self, value: bool) -> str:  # noqa: FBT001 - a value to be shown
        """Return yes or no."""
        return self.words.say("yes") if value else self.words.say("no")


class FiledInstead(Exception):  # noqa: N818 - no error: the answer of a command that asked
    """Ends a command that asked for a second person instead of doing something."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Desk:
    """Somebody signed in: runs operations, and writes moments and money as the venue does."""

    def __init__(self, call: Call, app: App) -> None:
        self._call = call
        self.app = app

    def do(self, op: Operation[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run an operation with its progress on the terminal; Ctrl-C stops it."""
        try:
            with self._call.watching() as progress:
                if self._call.options.override_by and not self.app.actor.can(op.permission):
                    wish = self._call.override()
                    return self.app.call_overridden(progress, wish, op, *args, **kwargs)
                return self.app.call_watched(progress, op, *args, **kwargs)
        except ApprovalNeededError as error:
            if self._call.options.ask is None:
                raise
            raise self._ask(error, op, args, kwargs) from None

    def _ask(
        self,
        error: ApprovalNeededError,
        op: Operation[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> FiledInstead:
        from desktop_app.access.approvals import request_approval  # noqa: PLC0415 - loads all

        limits = {error.limit: error.value} if error.limit else None
        reason = self._call.options.ask
        filed = self.app.call(request_approval, op.name, args, kwargs, reason, limits)
        document = {"request_id": str(filed.id), "expires": self.iso(filed.expires_at)}
        waiting = msg(
            "Nothing was done yet. Request {id} waits for {names} until {time}.",
            id=filed.id,
            names=", ".join(filed.approvers),
            time=self.when(filed.expires_at),
        )
        return FiledInstead(Answer({**document, "approvers": list(filed.approvers)}, [waiting]))

    @cached_property
    def venue(self) -> VenueCard:
        """Return the venue of the store."""
        from desktop_app.venue.operations import get_venue  # noqa: PLC0415 - loads the database

        return self.app.call(get_venue)

    @property
    def on_server(self) -> bool:
        """Tell whether the data lie on a database server, which knows each person's account."""
        return self.app.on_server

    def iso(self, at: datetime | None) -> str | None:
        """Return a moment on the venue's clock as ISO 8601 with its offset."""
        return None if at is None else self.venue.time.local(at).isoformat()

    def when(self, at: datetime | None) -> str:
        """Return a moment as people write it, a dash where there is none."""
        if at is None:
            return "–"
        return written.moment(self.venue.time.local(at), self._call.words.language)

    def money(self, minor: int) -> str:
        """Return an amount of the venue's currency as people write it."""
        return written.money(minor, self.venue.currency, self._call.words.language)

    def plain(self, minor: int) -> str:
        """Return an amount of the venue's currency as a decimal string in major units."""
        return major(minor, self.venue.currency)
