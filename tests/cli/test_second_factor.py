"""The code of an authenticator app on the command line."""

from __future__ import annotations

import pytest

from desktop_app.cli import passwords
from desktop_app.kernel.clock import SystemClock
from desktop_app.sign_in import Reception
from desktop_app.vault.totp import Enrolment, code_at
from tests.cli import shop


@pytest.fixture
def app(run):
    """Give the app of the owner, set up a minute ago."""
    enrolment = Enrolment.random()
    reception = Reception(run.folder, keyring=False)
    with reception.sign_in(shop.OWNER, shop.PASSWORD) as signed_in:
        keys = signed_in._store.keys.unlocked
        keys.set_authenticator(shop.PASSWORD, enrolment, code(enrolment, -1))
    return enrolment


def code(enrolment, later=0):
    return code_at(enrolment.secret, int(SystemClock().now().timestamp()) // 30 + later)


def test_without_a_terminal_the_option_is_named(run, app):
    said = run("orders", "list", "--json")
    assert (said.code, said.error["code"]) == (3, "code_needed")


def test_the_code_comes_from_a_file_and_is_good_once(run, app, tmp_path):
    file = shop.write(tmp_path, "code", code(app, 1))
    assert run("orders", "list", "--totp-file", file).code == 0
    assert run("orders", "list", "--totp-file", file).code == 3
    spare = shop.write(tmp_path, "spare", f"{app.spare[0]}\n")
    assert run("orders", "list", "--totp-file", spare).code == 0
    assert run("orders", "list", "--totp-file", spare).code == 3


def test_at_a_terminal_it_is_asked_for(run, app, monkeypatch):
    asked = []

    def answer(prompt, _spoken, *, option):
        asked.append((str(prompt), option))
        return code(app, 1)

    monkeypatch.setattr(passwords, "has_terminal", lambda: True)
    monkeypatch.setattr(passwords, "asked", answer)
    assert run("orders", "list").code == 0
    assert asked == [("The code of your authenticator app is needed as well.", "--totp-file")]
