"""New keys on the command line: an owner who leaves, a lost sheet, one's own password."""

import stat

import pypdfium2
import pytest

from desktop_app.kernel.access import Role
from desktop_app.sign_in import Reception
from desktop_app.vault.recovery import RecoveryCode
from tests.cli import shop

SECOND, SECOND_PASSWORD = "ikinci", "dəmir kömür saman otaq"


@pytest.fixture
def two_owners(run, files):
    shop.write(files, SECOND, f"{SECOND_PASSWORD}\n")
    with Reception(run.folder, keyring=False).sign_in(shop.OWNER, shop.PASSWORD) as app:
        app._store.keys.unlocked.add_user(SECOND, Role.OWNER, SECOND_PASSWORD)
    return run


def recovered(run, key, files):
    new = ("--new-password-file", files / "new", "--json")
    return run.raw("recover", "--data", run.folder, "--recovery-key-file", key, *new)


def words_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return document[0].get_textpage().get_text_bounded()


def test_an_owner_leaves_and_everything_gets_new_keys_and_a_new_sheet(two_owners, files, tmp_path):
    run = two_owners
    key, kit = tmp_path / "key.txt", tmp_path / "kit.pdf"
    papers = ("--recovery-key-file", key, "--kit", kit)
    said = run("users", "remove-owner", SECOND, *papers, "--json")
    assert said.code == 0, said.err
    code = RecoveryCode.read(key)
    assert (said.json["name"], said.json["role"]) == (SECOND, None)
    assert said.json["recovery_key_id"] == code.key_id != said.json["old_recovery_key_id"]
    assert {one["domain"] for one in said.json["new_keys"]} == {"ops", "people", "office", "trail"}
    assert all(one["new"] == one["old"] + 1 for one in said.json["new_keys"])
    assert stat.S_IMODE(key.stat().st_mode) == stat.S_IMODE(kit.stat().st_mode) == 0o600
    assert all(group in words_of(kit) for group in code.groups)
    assert not any(group in said.out + said.err for group in code.groups)
    assert run("orders", "list", user=SECOND).code == 3
    assert len(run("orders", "list", "--json").json["rows"]) == 5
    assert run("audit", "verify", "--json").json["ok"] is True
    old = recovered(run, files / "key.txt", files)
    assert (old.code, code.key_id in old.error["message"]) == (7, True)
    assert recovered(run, key, files).json["user"] == shop.OWNER


def test_an_owner_stays_with_a_lesser_role(two_owners, tmp_path):
    key = tmp_path / "key.txt"
    lesser = ("users", "remove-owner", SECOND, "--role", "manager", "--recovery-key-file", key)
    said = two_owners(*lesser)
    assert said.code == 0, said.err
    assert f"{SECOND} is no owner any more." in said.out
    assert "does not open this store any more" in said.out
    rows = {u["name"]: u["role"] for u in two_owners("users", "list", "--json").json["rows"]}
    assert rows[SECOND] == "manager"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("remove-owner", SECOND), 2),  # nobody would see the new key
        (("remove-owner", SECOND, "--role", "owner", "--recovery-key-file", "KEY"), 5),
        (("remove-owner", shop.OWNER, "--recovery-key-file", "KEY"), 5),
        (("remove-owner", shop.STAFF, "--recovery-key-file", "KEY"), 5),
        (("remove-owner", "nobody", "--recovery-key-file", "KEY"), 4),
    ],
)
def test_who_cannot_leave_like_this_stays_and_no_paper_is_left(
    two_owners, tmp_path, arguments, code
):
    key = tmp_path / "key.txt"
    before = (two_owners.folder / "keys.json").read_bytes()
    typed = [str(key) if one == "KEY" else one for one in arguments]
    said = two_owners("users", *typed, "--json")
    assert said.code == code, said.err
    assert not key.exists()
    assert (two_owners.folder / "keys.json").read_bytes() == before
    assert two_owners("orders", "list", user=SECOND).code == 0


def test_only_an_owner_makes_new_keys(two_owners, tmp_path):
    key = ("--recovery-key-file", tmp_path / "key.txt", "--json")
    for command in (("users", "remove-owner", SECOND), ("recovery-key", "renew")):
        refused = two_owners(*command, *key, user=shop.MANAGER)
        assert (refused.code, refused.error["code"]) == (3, "not_allowed")
    assert not (tmp_path / "key.txt").exists()


def test_a_lost_sheet_is_replaced_and_the_old_one_opens_nothing(run, files, tmp_path):
    key = tmp_path / "key.txt"
    nobody = run("recovery-key", "renew", "--json")
    assert nobody.code == 2
    assert "--recovery-key-file" in nobody.error["hint"]
    said = run("recovery-key", "renew", "--recovery-key-file", key, "--json")
    assert said.code == 0, said.err
    assert said.json["recovery_key_id"] == RecoveryCode.read(key).key_id
    assert run("recovery-key", "renew", "--recovery-key-file", key).code == 5
    old = recovered(run, files / "key.txt", files)
    assert (old.code, said.json["recovery_key_id"] in old.error["message"]) == (7, True)
    assert recovered(run, key, files).code == 0


def test_where_nothing_is_owed_locking_anew_says_so(run):
    assert run("keys", "lock-anew", "--json").json == {"new_keys": [], "owed": []}
    assert "Nothing is owed" in run("keys", "lock-anew").out
    assert run("keys", "lock-anew", user=shop.STAFF).code == 3


def test_ones_own_password_is_changed_with_the_old_one(run, files):
    new = ("set-password", "--new-password-file", files / "new", "--json")
    assert run(*new, user=shop.STAFF).json == {"name": shop.STAFF}
    assert run("orders", "list", user=shop.STAFF).code == 3
    who = ("--data", run.folder, "--user", shop.STAFF, "--password-file", files / "new")
    assert run.raw(*who, "orders", "list").code == 0


def test_a_request_is_refused_with_words_or_taken_back_by_who_asked(two_owners):
    run = two_owners
    assert run("approvals", "require", "user_change", "yes").code == 0
    asked = [
        run("users", "remove", name, "--ask", "left in May", "--json").json["request_id"]
        for name in (shop.STAFF, shop.MANAGER)
    ]
    assert run("approvals", "refuse", asked[0], user=SECOND).code == 2  # why not?
    no = ("approvals", "refuse", asked[0], "--reason", "ask him first", "--json")
    assert run(*no, user=SECOND).json == {"id": asked[0], "state": "refused"}
    assert "ask him first" in run("approvals", "show", asked[0]).out
    assert run("approvals", "cancel", asked[1], "--json", user=SECOND).code == 3
    taken = run("approvals", "cancel", asked[1], "--json")
    assert taken.json == {"id": asked[1], "state": "cancelled"}
    for one in asked:
        assert run("approvals", "carry-out", one, "--json").code == 5
    assert run("orders", "list", user=shop.STAFF).code == 0
    assert run("approvals", "verify", "--json").json["ok"] is True
