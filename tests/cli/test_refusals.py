"""Every command refuses somebody without the right, and says which right and who has it."""

import shutil

import pytest

from desktop_app.cli.declare import Command, Option
from desktop_app.cli.tree import COMMANDS
from desktop_app.cli.values import day, moment_of, row_id
from desktop_app.kernel.access import Permission
from desktop_app.sign_in import Reception
from tests.cli import shop
from tests.cli.conftest import Clopos

GUEST, GUEST_PASSWORD = "qonaq", "yaşıl nərdivan üç bulaq"
OPEN_TO_ALL = {
    "venues list",
    "approvals approve",  # who may, is decided by the request; nobody else's is shown
    "approvals cancel",
    "approvals carry-out",
    "approvals deeds",
    "approvals list",
    "approvals refuse",
    "approvals show",
    "access review status",
    "audit alarms",  # everybody is to know that somebody has been at the trail
    "audit anchor",  # it is printed on papers that guests are given
    "access rights",
    "access who",
    "roles list",
    "roles show",
    "sessions end",
    "sessions list",
    "settings list",
    "storages list",
}
"""What everybody signed in may ask."""
ARGUMENTS = {
    "customers bonus add": ("1", "--amount", "5", "--reason", "x"),
    "customers consent give": (
        "1",
        "--purpose",
        "marketing",
        "--channel",
        "sms",
        "--wording",
        "x",
    ),
    "customers groups add": ("VIP",),
    "import": ("auto", "sales.csv"),
    "menu price": ("1", "12.50"),
    "menu photo set": ("1", "x.jpg"),
    "menu photo save": ("1", "x.jpg"),
    "recovery-key renew": ("--recovery-key-file", "fresh.key"),
    "roles remove": ("Guest",),
    "shifts cash-in": ("5", "--reason", "x"),
    "shifts cash-out": ("5", "--reason", "x"),
    "shifts close": ("5",),
    "shifts open": ("5",),
    "finance add": ("1", "2", "--income", "5"),
    "finance transfer": ("1", "2", "5"),
    "staff tips add": ("1", "5"),
    "staff pay set": ("1", "1250.50"),
    "roles save": ("X", "--right", "menu:read"),
    "stock count": ("--storage", "1", "--line", "1:2"),
    "stock draft change": ("1", "--note", "x"),
    "stock draft drop": ("1",),
    "stock draft receive": ("1",),
    "stock package add": ("1", "Kisə", "25kg"),
    "stock package remove": ("1",),
    "stock pay": ("1", "2.50"),
    "stock produce": ("--storage", "1", "1:2kg"),
    "stock supply": ("--storage", "1", "--line", "1:2:3.00"),
    "stock transfer": ("--storage", "1", "--to", "2", "--line", "1:2"),
    "stock write-off": ("--storage", "1", "--line", "1:2", "--reason", "x"),
    "settings set": ("window.lock_after_minutes", "9"),
    "users add": ("kimsə", "--role", "staff"),
    "users remove-owner": (shop.OWNER, "--recovery-key-file", "fresh.key"),
    "users change": (shop.STAFF, "--role", "manager"),
}
"""What stands for itself; the other arguments are made up from the declarations."""
_VALUES = {row_id: "1", day: "2026-11-01", moment_of: "2026-11-01T10:00+04:00", int: "1"}


@pytest.fixture(scope="module")
def with_guest(made, files, tmp_path_factory):
    """Give the store with somebody whose role allows nothing but what everybody may."""
    folder = tmp_path_factory.mktemp("guest") / "store"
    shutil.copytree(made[0], folder)
    shop.write(files, GUEST, GUEST_PASSWORD)
    with Reception(folder, keyring=False).sign_in(shop.OWNER, shop.PASSWORD) as app:
        from desktop_app.access import users

        app.trust_sign_in()
        role = app.call(users.save_role, "", "Guest", {Permission.ANYONE}).role
        owner = app._store.keys.unlocked
        owner.add_user(GUEST, role.id, GUEST_PASSWORD)
    return folder


def made_up(option: Option, files) -> list[str]:
    """Return an argument that a parser takes, or nothing where none is needed."""
    name, extra = option.names[0], option.extra
    positional = not name.startswith("-")
    if name.endswith("password-file"):
        return [name, str(files / "new")]
    if not (extra.get("required") or (positional and extra.get("nargs") not in ("?", "*"))):
        return []
    choices = extra.get("choices")
    value = str(choices[0]) if choices else _VALUES.get(extra.get("type"), "x")
    return [value] if positional else [name, value]


def arguments(command: Command, files, folder) -> list[str]:
    own = ARGUMENTS.get(command.path)
    made = [part for option in command.options for part in made_up(option, files)]
    if own is None:
        return made
    places = {".csv": files, ".key": folder.parent}
    kept = [str(places[word[-4:]] / word) if word[-4:] in places else word for word in own]
    secret = [one for one in command.options if one.names[0].endswith("password-file")]
    return [*kept, *(part for option in secret for part in made_up(option, files))]


@pytest.mark.parametrize(
    "path", sorted(path for path, one in COMMANDS.items() if one.signed_in or path == "import")
)
def test_every_command_refuses_whoever_lacks_the_right(
    path, with_guest, capsys, monkeypatch, files, english
):
    run = Clopos(capsys, monkeypatch, with_guest, files)
    words = arguments(COMMANDS[path], files, with_guest)
    before = (with_guest / "keys.json").read_bytes()
    said = run(*path.split(), *words, "--json", user=GUEST)
    assert (with_guest / "keys.json").read_bytes() == before
    if path in OPEN_TO_ALL:
        assert said.code in (0, 2, 4), said
        return
    assert said.code == 3, said
    assert said.error["code"] == "not_allowed"
    assert said.error["hint"].startswith("Needs the right “"), said.error
    assert f"{shop.OWNER} (Owner)" in said.error["hint"]
