"""Commands that change something."""

import io
import stat
import sys

import pypdfium2
import pytest

from desktop_app.cli import watching
from desktop_app.kernel.job import Progress, Snapshot
from desktop_app.kernel.words import msg, words
from desktop_app.vault.recovery import RecoveryCode
from tests.cli import shop


def init(run, folder, *more, **named):
    who = ("--data", folder, "--password-file", run.files / shop.OWNER)
    return run.raw(*who, "--json", "init", "--venue", "Bulvar", "--owner", "ayna", *more, **named)


def test_init_writes_the_recovery_key_and_the_sheet_for_its_owner_only(run, tmp_path):
    key, kit = tmp_path / "key.txt", tmp_path / "kit.pdf"
    said = init(run, tmp_path / "new", "--recovery-key-file", key, "--kit", kit)
    assert said.code == 0, said.err
    assert said.json["store"] == str(tmp_path / "new")
    code = RecoveryCode.read(key)
    assert said.json["recovery_key_id"] == code.key_id
    assert stat.S_IMODE(key.stat().st_mode) == stat.S_IMODE(kit.stat().st_mode) == 0o600
    with pypdfium2.PdfDocument(kit) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert all(group in text for group in code.groups)
    assert not any(group in said.out + said.err for group in code.groups)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--currency", "DOLLAR"], 2),
        (["--timezone", "Mars/Olympus"], 2),
        (["--opening-time", "25:00"], 2),
        (["--database", "postgresql://a@b/c"], 2),
    ],
)
def test_init_refuses_what_breaks_a_rule_and_leaves_nothing(run, tmp_path, options, code):
    said = init(run, tmp_path / "new", "--recovery-key-file", tmp_path / "key.txt", *options)
    assert said.code == code
    assert list(tmp_path.iterdir()) == []


def test_init_without_a_place_for_the_recovery_key_makes_no_store(run, tmp_path):
    said = init(run, tmp_path / "new")
    assert said.code == 2
    assert "--recovery-key-file" in said.error["hint"]
    assert not (tmp_path / "new").exists()


def test_init_never_writes_over_a_file_or_a_store(run, tmp_path):
    key = tmp_path / "key.txt"
    key.write_text("another key")
    assert init(run, tmp_path / "new", "--recovery-key-file", key).code == 5
    assert key.read_text() == "another key"
    said = init(run, run.folder, "--recovery-key-file", tmp_path / "other.txt")
    assert said.error["code"] == "conflict"
    assert not (tmp_path / "other.txt").exists()


def test_init_with_an_easy_password_takes_its_files_away_again(run, tmp_path):
    easy = shop.write(tmp_path, "easy", "demo\n")
    said = run.raw(
        *("--data", tmp_path / "new", "--password-file", easy, "init", "--venue", "X"),
        *("--owner", "y", "--recovery-key-file", tmp_path / "key.txt"),
    )
    assert said.code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["easy"]


def test_an_import_says_what_it_added_and_a_second_one_adds_nothing(run, files):
    bad = files / "sales-bad.csv"
    preview = run("import", "auto", bad, "--preview", "--json").json
    assert preview["preview"] is True
    assert preview["already_known"] == 5
    found = run("import", "auto", bad, "--json").json
    assert found["orders_added"] == 0
    assert found["rejected"] == 1
    problem = found["problems"][0]
    assert {"file": "sales-bad.csv", "line": 8, "field": "price"}.items() <= problem.items()
    assert "sixteen" in problem["message"]
    fields = {
        *("import_id", "source", "orders_added", "lines_added", "customers_added"),
        *("products_added", "already_known", "rejected", "problems", "revenue", "currency"),
    }
    assert fields <= set(found)
    assert isinstance(found["import_id"], str)


def test_files_of_an_import_may_stand_around_options(run, files, tmp_path):
    more = shop.write(
        tmp_path,
        "more.csv",
        shop.SALES.splitlines()[0] + "\nB-1,2026-11-05,12:00:00,Çay,S,İçki,2\n",
    )
    found = run("import", "auto", "--json", files / "sales.csv", "--day-first", more).json
    assert (found["orders_added"], found["already_known"], found["revenue"]) == (1, 5, "2.00")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["auto"], 2, "at least one file"),
        ([], 2, "at least one file"),
        (["auto", "x.csv", "--mapping", "m.json"], 2, "cannot be used yet"),
        (["nonsense", "x.csv"], 4, "no reader"),
        (["auto", "/nowhere/x.csv"], 4, "x.csv"),
    ],
)
def test_an_import_that_cannot_be_says_why_and_changes_nothing(run, changed, arguments, code, said):
    before = run("imports", "--json").json
    found = run("import", *arguments, "--json")
    assert found.code == code
    assert said in found.error["message"]
    assert run("imports", "--json").json == before


def test_a_file_nobody_knows_is_answered_with_what_was_looked_for(run, tmp_path):
    strange = shop.write(tmp_path, "strange.csv", "one,two\n1,2\n")
    said = run("import", "auto", strange, "--json")
    assert said.code == 2
    assert "one, two" in said.error["message"]
    assert "pizza" in said.error["hint"].lower()


def test_users_come_with_a_code_and_go(run, files, tmp_path):
    code, told = tmp_path / "code.txt", ("--role", "manager", "--code-file")
    added = run("users", "add", "leyla", *told, code, "--json")
    assert added.json["role"] == "manager"
    assert "code" not in added.json
    assert code.stat().st_mode & 0o077 == 0
    leyla = ("--data", run.folder, "--user", "leyla", "--password-file")
    first = run.raw(*leyla, code, "orders", "list", "--json")
    assert (first.code, first.error["code"]) == (3, "choose_password")
    new = ("set-password", "--new-password-file", files / "new")
    assert run.raw(*leyla, code, *new).code == 0
    assert run.raw(*leyla, files / "new", "orders", "list").code == 0
    assert run.raw(*leyla, code, *new).code == 3
    assert run("users", "add", "leyla", *told, code).code == 5
    assert run("users", "add", shop.STAFF, *told, tmp_path / "other.txt").code == 5
    assert not (tmp_path / "other.txt").exists()
    assert run("users", "remove", "leyla").code == 0
    assert run.raw(*leyla, files / "new", "orders", "list").code == 3


def test_a_reset_shows_the_code_once_and_ends_the_password(run, files, tmp_path):
    reset = run("users", "reset", shop.STAFF, "--json").json
    assert run("orders", "list", user=shop.STAFF).code == 3
    code = shop.write(tmp_path, "code", reset["code"].lower())
    who = ("--data", run.folder, "--user", shop.STAFF, "--password-file")
    new = ("set-password", "--new-password-file", files / "new")
    assert run.raw(*who, code, *new).code == 0
    old = ("set-password", "--new-password-file", files / shop.MANAGER)
    assert run.raw(*who, files / "new", *old).code == 0
    assert run.raw(*who, files / shop.MANAGER, "orders", "list").code == 0
    assert run("users", "reset", shop.MANAGER, user=shop.STAFF).code == 3


def test_sessions_are_listed_and_ended(run):
    run("orders", "list", user=shop.STAFF)
    rows = run("sessions", "list", "--all", "--json").json["rows"]
    assert {row["user"] for row in rows} >= {shop.OWNER, shop.STAFF}
    assert {row["ended_by"] for row in rows if row["user"] == shop.STAFF} == {"call"}
    theirs = next(row["id"] for row in rows if row["user"] == shop.STAFF)
    mine = next(row["id"] for row in rows if row["user"] == shop.OWNER)
    assert run("sessions", "list", "--all", user=shop.STAFF).code == 3
    assert run("sessions", "end", mine, user=shop.STAFF).code == 3
    assert run("sessions", "end", theirs).code == 0
    assert run("sessions", "end", "1").code == 4


def test_a_setting_is_changed_or_the_reason_is_said(run):
    assert run("settings", "set", "documents.language", "en").code == 0
    assert run("settings", "set", "documents.language", "fr", "--json").code == 2
    assert run("settings", "set", "no.such", "1").code == 4
    assert run("settings", "set", "disk.warn_below_mb", "100", user=shop.STAFF).code == 3
    assert run("settings", "set", "access.request_hours", "48").code == 0
    assert run("settings", "set", "access.request_hours", "0").code == 2
    rows = run("settings", "list", "--json").json["rows"]
    assert {
        "access.request_hours": "48",
        "documents.language": "en",
        "disk.warn_below_mb": "1024",
    }.items() <= {row["name"]: row["value"] for row in rows}.items()


def test_the_owner_gets_in_by_the_recovery_key(run, files):
    key = ("--recovery-key-file", files / "key.txt", "--new-password-file", files / "new")
    said = run.raw("recover", "--data", run.folder, *key, "--json")
    assert said.code == 0, said.err
    assert said.json["user"] == shop.OWNER
    assert run("orders", "list").code == 3
    new = ("--data", run.folder, "--user", shop.OWNER, "--password-file", files / "new")
    assert run.raw(*new, "orders", "list").code == 0


def test_backups_are_made_listed_and_verified(run, tmp_path):
    place = tmp_path / "usb"
    assert run("backup", "run", "--json").error["code"] == "not_found"
    assert run("backup", "target", "add", "usb", place, "--json").code == 0
    assert run("backup", "target", "add", "usb", tmp_path / "b").code == 5
    made = run("backup", "run", "--json").json
    assert {"snapshot", "bytes_added", "seconds"} <= set(made)
    again = run("backup", "run", "--target", "usb", "--json").json
    rows = run("backup", "list", "--json").json["rows"]
    assert [row["id"] for row in rows] == [made["snapshot"], again["snapshot"]]
    assert {"id", "at", "target", "bytes", "rows"} <= set(rows[0])
    assert run("backup", "verify", "--full", "--json").json["ok"] is True
    target = run("backup", "targets", "--json").json["rows"][0]
    assert target["last_good_at"]
    assert run("status", "--json").json["last_backup"] == target["last_good_at"]


def test_a_damaged_backup_is_found_and_said_with_exit_code_7(run, tmp_path):
    place = tmp_path / "usb"
    run("backup", "target", "add", "usb", place)
    run("backup", "run")
    pack = max(
        (path for path in place.rglob("*") if path.is_file()), key=lambda p: p.stat().st_size
    )
    pack.chmod(0o600)
    raw = bytearray(pack.read_bytes())
    raw[len(raw) // 2] ^= 1
    pack.write_bytes(raw)
    said = run("backup", "verify", "--full", "--json")
    assert said.code == 7
    assert said.json["ok"] is False
    assert said.json["problems"][0]["message"]


def test_a_preview_of_a_restore_writes_nothing(run, files, tmp_path):
    place = tmp_path / "usb"
    run("backup", "target", "add", "usb", place)
    made = run("backup", "run", "--json").json
    where = ("backup", "restore", "--from", place, "--recovery-key-file", files / "key.txt")
    into = ("--into", tmp_path / "back")
    found = run.raw(*where, *into, "--preview", "--json").json
    assert found["snapshot"] == made["snapshot"]
    assert found["tables"]["customer"] == 2
    assert not (tmp_path / "back").exists()
    assert run.raw(*where, *into, "--at", "2001-01-01T00:00+00:00").code == 4
    assert run.raw(*where, "--into", run.folder).code == 5
    done = run.raw(*where, *into, "--at", "2999-01-01T00:00+00:00", "--json")
    assert done.code == 0, done.err
    assert done.json["audit_ok"] is True
    assert done.json["mismatches"] == []
    assert done.json["rows"] == made["rows"]


def test_a_copy_is_protected_by_a_password(run, files, tmp_path):
    one = run("customers", "find", "Əli", "--json").json["rows"][0]["id"]
    out, password = tmp_path / "copy.pdf", shop.write(tmp_path, "pdf-password", "lantern-42\n")
    where = ("privacy", "copy", "--customer", one, "--out", out, "--lang", "az", "--json")
    refused = run(*where, "--protect-password-file", files / "new")
    assert refused.code == 2  # ə does not open a PDF everywhere
    assert not out.exists()
    found = run(*where, "--protect-password-file", password).json
    assert {"file", "pages", "sha256", "places_searched", "places_with_data"} <= set(found)
    assert found["protected"] is True
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(out)
    with pypdfium2.PdfDocument(out, password="lantern-42") as document:
        assert len(document) == found["pages"]


def test_a_copy_without_a_terminal_to_ask_for_its_password_is_not_made(run, tmp_path):
    one = run("customers", "find", "Əli", "--json").json["rows"][0]["id"]
    out = tmp_path / "copy.pdf"
    said = run("privacy", "copy", "--customer", one, "--out", out, "--protect", "--json")
    assert said.error["code"] == "not_allowed"
    assert "--protect-password-file" in said.error["hint"]
    assert not out.exists()


def test_the_first_interrupt_asks_the_work_to_stop(run, files, monkeypatch):
    import signal

    stage = Progress.stage

    def interrupted(self, *arguments, **named):
        signal.raise_signal(signal.SIGINT)
        stage(self, *arguments, **named)

    before = run("imports", "--json").json
    handler = signal.getsignal(signal.SIGINT)  # a shell's background job ignores it
    monkeypatch.setattr(Progress, "stage", interrupted)
    said = run("import", "auto", files / "sales.csv", "--json")
    monkeypatch.setattr(Progress, "stage", stage)
    assert said.code == 130
    assert said.error["code"] == "stopped"
    assert signal.getsignal(signal.SIGINT) is handler
    assert run("imports", "--json").json == before


def test_progress_is_shown_only_to_a_terminal(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    shown = Snapshot(msg("Counting orders"), 3, 10)
    assert watching.as_line(shown, words("az")) == "Sifarişlər sayılır 3/10"
    for stream, expected in ((Terminal(), True), (io.StringIO(), False)):
        monkeypatch.setattr(sys, "stderr", stream)
        progress = Progress()
        progress.stage(msg("Counting orders"), 10)
        with watching.watched(progress, words("en")):
            while expected and "Counting orders 0/10" not in stream.getvalue():
                progress.checkpoint()
        assert ("Counting" in stream.getvalue()) is expected
