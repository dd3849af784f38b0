"""The second person on the command line: ask, look, agree, carry out, check."""

from desktop_app.kernel.access import Role
from desktop_app.sign_in import Reception
from tests.cli import shop


def test_a_deed_waits_for_a_second_owner_and_is_then_carried_out(run, files):
    shop.write(files, "ikinci", "dəmir kömür saman otaq\n")
    with Reception(run.folder, keyring=False).sign_in(shop.OWNER, shop.PASSWORD) as app:
        app._store.keys.unlocked.add_user("ikinci", Role.OWNER, "dəmir kömür saman otaq")
    chosen = run("approvals", "require", "user_change", "yes", "--json")
    assert chosen.json == {"id": "user_change", "on": True}
    refused = run("users", "remove", shop.STAFF, "--json")
    assert (refused.code, refused.error["code"]) == (3, "approval_needed")
    assert "--ask" in refused.error["hint"]
    filed = run("users", "remove", shop.STAFF, "--ask", "left in May", "--json").json
    assert set(filed) == {"request_id", "expires", "approvers"}
    assert filed["approvers"] == ["ikinci"]
    number = filed["request_id"]
    mine = run("approvals", "carry-out", number, "--json")
    assert mine.code == 5
    (row,) = run("approvals", "list", "--json", user="ikinci").json["rows"]
    assert (row["id"], row["for_me"], row["requester"]) == (number, True, shop.OWNER)
    sheet = run("approvals", "show", number, "--json", user="ikinci").json
    assert sheet["arguments"] == {"name": shop.STAFF}
    assert sheet["reason"] == "left in May"
    assert "left in May" in run("approvals", "show", number, user="ikinci").out
    own = run("approvals", "approve", number, "--json")
    assert (own.code, own.error["code"]) == (3, "not_allowed")
    assert run("approvals", "approve", number, "--json", user="ikinci").code == 0
    done = run("approvals", "carry-out", number, "--json")
    assert done.json == {"id": number, "state": "done"}
    names = {u["name"]: u["removed_at"] for u in run("users", "list", "--json").json["rows"]}
    assert names[shop.STAFF] is not None
    assert run("approvals", "carry-out", number, "--json").code == 5
    report = run("approvals", "verify", "--json")
    assert (report.code, report.json["ok"], report.json["requests"]) == (0, True, 1)


def test_what_nobody_else_could_agree_to_is_not_locked(run):
    refused = run("approvals", "require", "user_change", "yes", "--json")
    assert (refused.code, refused.error["code"]) == (5, "conflict")
    rows = {row["id"]: row for row in run("approvals", "deeds", "--json").json["rows"]}
    assert set(rows) >= {"user_change", "role_change", "security_setting", "review"}
    assert "decide" not in rows
    assert rows["security_setting"]["others"] == [shop.MANAGER]
    assert not rows["user_change"]["on"]


def test_a_request_is_refused_with_a_reason_or_taken_back(run):
    assert run("approvals", "require", "role_change", "yes", "--json").code == 5
    assert run("approvals", "list", "--json").json == {"rows": [], "next": None}
    missing = run("approvals", "show", "12345", "--json")
    assert missing.code == 4
    assert run("approvals", "refuse", "12345", "--json").code == 2


def test_the_words_are_spoken_in_azerbaijani(run):
    said = run("approvals", "deeds", "--lang", "az").out
    assert "Kim razılıq verə bilər" in said


def test_a_manager_at_the_desk_finishes_a_backup(run, files, tmp_path):
    with Reception(run.folder, keyring=False).sign_in(shop.OWNER, shop.PASSWORD) as app:
        app._store.keys.unlocked.add_user("hesabdar", Role.ACCOUNTANT, "dəmir kömür saman otaq")
    shop.write(files, "hesabdar", "dəmir kömür saman otaq\n")
    assert run("backup", "target", "add", "Disk", tmp_path / "disk", "--json").code == 0
    alone = run("backup", "run", "--json", user="hesabdar")
    assert (alone.code, alone.error["code"]) == (3, "not_allowed")
    lent = (
        "backup", "run", "--override-by", shop.MANAGER, "--override-password-file",
        files / shop.MANAGER, "--json",
    )  # fmt: skip
    assert run(*lent, user="hesabdar").code == 2
    done = run(*lent, "--override-reason", "end of month", user="hesabdar")
    assert done.code == 0, done.err
    wrong = (*lent[:4], "--override-password-file", files / "wrong", "--override-reason", "x")
    assert run(*wrong, "--json", user="hesabdar").code == 3
    assert run("approvals", "verify", "--json").json["ok"] is True


def test_a_place_for_backups_is_removed(run, tmp_path):
    assert run("backup", "target", "add", "Disk", tmp_path / "disk", "--json").code == 0
    assert run("backup", "target", "remove", "Disk", "--json").json == {"name": "Disk"}
    assert run("backup", "targets", "--json").json["rows"] == []
    assert run("backup", "target", "remove", "Disk", "--json").code == 4
