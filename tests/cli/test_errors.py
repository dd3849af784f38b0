"""What goes wrong: the exit code, the sentence, and that nothing secret gets out."""

import errno
import shutil
import sys

import pytest

from desktop_app import sign_in
from desktop_app.cli import folder as cli_folder
from desktop_app.cli import main as cli_main
from desktop_app.cli import output, passwords
from desktop_app.cli.commands import orders as orders_command
from desktop_app.cli.parsing import build_parser
from desktop_app.cli.tree import COMMANDS, GROUPS
from desktop_app.kernel.words import words
from tests.cli import shop


@pytest.mark.parametrize(
    ("arguments", "code", "kind"),
    [
        (["orders", "show", "12"], 4, "not_found"),
        (["orders", "show", "twelve"], 2, "invalid"),
        (["orders", "show", "9" * 30], 2, "invalid"),
        (["orders", "list", "--from", "yesterday"], 2, "invalid"),
        (["orders", "list", "--from", "2026-11-05", "--to", "2026-11-04"], 2, "invalid"),
        (["orders", "list", "--limit", "0"], 2, "invalid"),
        (["orders", "list", "--limit", "many"], 2, "invalid"),
        (["orders", "list", "--after", "1:2"], 2, "invalid"),
        (["orders", "list", "--after", "x"], 2, "invalid"),
        (["orders", "list", "--sort", "prettiest"], 2, "invalid"),
        (["customers", "show", "1"], 4, "not_found"),
        (["report", "sales", "--by", "moon"], 2, "invalid"),
        (["report", "sales"], 2, "invalid"),
        (["report", "sales", "--by", "day", "--out", "x.docx"], 2, "invalid"),
        (["report", "sales", "--by", "day", "--out", "/nowhere/x.csv"], 6, "unavailable"),
        (["backup", "run", "--target", "moon"], 4, "not_found"),
        (["backup", "target", "add", "x", "s3:bucket"], 2, "invalid"),
        (["users", "add", "x", "--role", "king"], 4, "not_found"),
        (["users", "list", "extra"], 2, "invalid"),
        (["orders"], 2, "invalid"),
        (["--nonsense", "orders", "list"], 2, "invalid"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_each_failure_has_its_exit_code_and_a_sentence(run, arguments, code, kind):
    said = run(*arguments, "--json")
    assert said.code == code
    assert said.error["code"] == kind
    assert len(said.error["message"]) > 10
    assert set(said.error) == {"code", "message", "hint"}


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["bakcup"], "backup"),
        (["backup", "verfy"], "verify"),
        (["orders", "lst"], "list"),
        (["orders", "list", "--limt", "5"], "--limit"),
        (["orders", "list", "--pasword-file", "x"], "--password-file"),
        (["report", "sales", "--by", "categry"], "category"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else value,
)
def test_a_slip_of_the_finger_is_answered_with_what_was_meant(run, arguments, near):
    said = run.raw(*arguments, "--json")
    assert said.code == 2
    assert f"“{near}”" in said.error["hint"]


def test_errors_speak_the_chosen_language(run):
    said = run.raw("--lang", "az", "bakcup")
    assert said.err == "“bakcup” əmri yoxdur.\nBəlkə “backup” demək istəyirdiniz?\n"


@pytest.mark.parametrize(
    ("language", "expected"),
    [("az_AZ.UTF-8", "Çatışmır"), ("en_GB.UTF-8", "Missing"), ("C", "Çatışmır"),
     ("de_DE.UTF-8", "Çatışmır")],
)  # fmt: skip
def test_without_lang_the_locale_decides_and_azerbaijani_is_the_rest(
    run, monkeypatch, language, expected
):
    monkeypatch.setenv("LC_ALL", language)
    assert run.raw("orders").err.startswith(expected)


def test_where_there_is_no_store_that_is_said_before_a_password_is_asked_for(run, tmp_path):
    for command in (["status"], ["orders", "list"], ["recover", "--recovery-key-file", "x"]):
        said = run.raw("--data", tmp_path / "nothing", *command, "--json")
        assert said.code == 4
    assert "clopos-desk init" in run.raw("--data", tmp_path / "nothing", "status").err


def test_a_wrong_password_is_refused_and_more_of_them_are_slowed(run):
    who = ("--data", run.folder, "--user", shop.OWNER, "--password-file")
    wrong = [run.raw(*who, run.files / "wrong", "orders", "list", "--json") for _ in range(3)]
    assert {said.code for said in wrong} == {3}
    assert wrong[0].error["message"] == "The name or the password is wrong."
    slowed = run("orders", "list", "--json")
    assert slowed.code == 3
    assert "Wait" in slowed.error["message"]


def test_a_role_is_told_which_right_it_lacks(run):
    said = run("customers", "find", "Əli", "--json", user=shop.STAFF)
    assert said.code == 3
    assert "the right “See customers”" in said.error["hint"]
    assert run("users", "list", user=shop.MANAGER).code == 3


def test_several_users_and_no_terminal_must_be_told_apart(run):
    password = ("--password-file", run.files / shop.OWNER)
    said = run.raw("--data", run.folder, *password, "orders", "list", "--json")
    assert said.code == 2
    assert "--user" in said.error["message"]


def test_the_recovery_key_of_another_store_is_named_together_with_the_needed_one(
    run, tmp_path, made
):
    other = shop.write(tmp_path, "other.txt", "-".join(["000000"] * 9))
    from desktop_app.vault.recovery import RecoveryCode

    given = RecoveryCode(bytes(16))
    other.write_text(given.text)
    key = ("--recovery-key-file", other, "--new-password-file", run.files / "new", "--json")
    said = run.raw("recover", "--data", run.folder, *key)
    assert said.code == 7
    assert made[1].key_id in said.error["message"]
    assert given.key_id in said.error["message"]
    assert run("orders", "list").code == 0


def test_a_mistyped_recovery_key_names_the_group(run, tmp_path, made):
    groups = list(made[1].groups)
    groups[3] = f"{(int(groups[3]) + 1) % 1_000_000:06d}"
    key = shop.write(tmp_path, "key.txt", "-".join(groups))
    rest = ("--recovery-key-file", key, "--new-password-file", run.files / "new", "--json")
    said = run.raw("recover", "--data", run.folder, *rest)
    assert said.code == 2
    assert "4" in said.error["message"]


def test_a_damaged_store_is_said_with_exit_code_7(run):
    (run.folder / "store.json").write_text("{")
    assert run("orders", "list", "--json").error["code"] == "damaged"
    assert run.raw("--data", run.folder, "status").code == 7


def test_a_store_file_cut_in_half_is_said_with_exit_code_7(run):
    data = run.folder / "ops.db"
    data.write_bytes(data.read_bytes()[: data.stat().st_size // 2])
    said = run("report", "sales", "--by", "item", "--json")
    assert said.code == 7
    assert said.error["code"] == "damaged"


class TestPasswordFiles:
    def sign_in(self, run, file, **named):
        who = ("--data", run.folder, "--user", shop.OWNER, "--password-file", file)
        return run.raw(*who, "menu", "list", "--json", **named)

    @pytest.mark.parametrize("end", ["", "\n", "\r\n", "\nsecond line\n"])
    def test_only_the_line_end_is_cut(self, run, tmp_path, end):
        (tmp_path / "p").write_bytes(f"{shop.PASSWORD}{end}".encode())
        assert self.sign_in(run, tmp_path / "p").code == 0

    def test_a_byte_order_mark_is_not_part_of_the_password(self, run, tmp_path):
        (tmp_path / "p").write_bytes(shop.PASSWORD.encode("utf-8-sig"))
        assert self.sign_in(run, tmp_path / "p").code == 0

    def test_blanks_are_part_of_the_password(self, tmp_path):
        (tmp_path / "p").write_bytes(b"  two words \n")
        assert passwords.from_file(str(tmp_path / "p")) == "  two words "

    def test_standard_input_is_read(self, run):
        assert self.sign_in(run, "-", stdin=f"{shop.PASSWORD}\n").code == 0

    def test_two_passwords_come_from_two_lines_of_standard_input(self, run):
        who = ("--data", run.folder, "--user", shop.OWNER, "--password-file", "-")
        said = run.raw(
            *who, "set-password", "--new-password-file", "-",
            stdin=f"{shop.PASSWORD}\ndəmir kömür saman otaq\n",
        )  # fmt: skip
        assert said.code == 0, said.err

    @pytest.mark.parametrize(
        ("content", "code", "text"),
        [
            (None, 4, "no password file"),
            (b"", 2, "empty"),
            (b"\n\n", 2, "empty"),
            (b"\xff\xfe\x00p", 2, "UTF-8"),
        ],
    )
    def test_what_is_wrong_with_the_file_is_said(self, run, tmp_path, content, code, text):
        file = tmp_path / "p"
        if content is not None:
            file.write_bytes(content)
        said = self.sign_in(run, file)
        assert said.code == code
        assert text in said.error["message"]

    def test_a_folder_is_no_password_file(self, run, tmp_path):
        assert self.sign_in(run, tmp_path).code == 6

    def test_no_file_and_no_terminal_is_an_error_with_the_option(self, run):
        said = run.raw("--data", run.folder, "--user", shop.OWNER, "menu", "list", "--json")
        assert said.code == 3
        assert "--password-file" in said.error["hint"]

    def test_there_is_no_option_that_takes_a_password(self):
        options = {
            name
            for command in COMMANDS.values()
            for option in command.options
            for name in option.names
        }
        assert {name for name in options if "password" in name and not name.endswith("-file")} == (
            set()
        )

    def test_the_terminal_asks_without_showing(self, run, monkeypatch):
        asked = []

        def answer(prompt):
            asked.append(prompt)
            return shop.PASSWORD

        monkeypatch.setattr("getpass.getpass", answer)
        monkeypatch.setattr(passwords, "has_terminal", lambda: True)
        said = run.raw("--data", run.folder, "--user", shop.OWNER, "menu", "list", "--json")
        assert said.code == 0
        assert asked == [f"Password of {shop.OWNER}: "]

    def test_two_different_new_passwords_change_nothing(self, run, monkeypatch):
        answers = iter(["dəmir kömür saman otaq", "something else entirely"])
        monkeypatch.setattr("getpass.getpass", lambda _prompt: next(answers))
        monkeypatch.setattr(passwords, "has_terminal", lambda: True)
        before = (run.folder / "keys.json").read_bytes()
        said = run("set-password")
        assert said.code == 2
        assert (run.folder / "keys.json").read_bytes() == before


class TestBugs:
    SECRET = "4169 7388 0000 1234 Əliyeva"

    @pytest.fixture
    def broken(self, monkeypatch):
        def fail(_call, _desk):
            raise RuntimeError(self.SECRET)

        monkeypatch.setattr(orders_command, "list_orders", fail)

    @pytest.mark.usefixtures("broken")
    def test_a_bug_leaves_a_report_that_quotes_nobody(self, run):
        said = run("orders", "list", "--json")
        assert said.code == 70
        assert said.error["code"] == "bug"
        (report,) = (run.folder / "crashes").iterdir()
        assert str(report) in said.error["hint"]
        text = report.read_text("utf-8")
        assert "builtins.RuntimeError" in text
        assert "in fail" in text
        for secret in (self.SECRET, "4169", "Əliyeva", shop.PASSWORD):
            assert secret not in text + said.err + said.out

    @pytest.mark.usefixtures("broken")
    def test_a_report_finds_a_place_where_the_store_takes_none(self, run, tmp_path, monkeypatch):
        (run.folder / "crashes").write_text("in the way")
        monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
        assert run("orders", "list").code == 70
        assert len(list(tmp_path.glob("clopos-desk-crash-*.txt"))) == 1

    def test_a_full_disk_under_the_answer_is_no_bug(self, run, monkeypatch):
        def full(*_arguments, **_named):
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(cli_main, "write", full)
        said = run("menu", "list", "--json")
        assert said.code == 6
        assert not (run.folder / "crashes").exists()


def test_no_character_of_a_name_commands_the_terminal():
    table = output.Table([output.Column(cli_main.msg("Name"))], [["\x1b[2Jgone\x07\r\nnext"]])
    shown = output._shown(table, words("en"))
    assert "\x1b" not in shown
    assert "\r" not in shown
    assert "gone" in shown


def test_every_command_has_its_function():
    for command in COMMANDS.values():
        if command.run:
            module, _, name = command.run.partition(":")
            assert callable(getattr(cli_main._loaded(module), name)), command.path


def test_every_group_has_its_words():
    build_parser(words("az"))
    groups = {path.rpartition(" ")[0] for path in COMMANDS} - {""}
    above = {group.rpartition(" ")[0] for group in groups} - {""}
    assert groups | above == set(GROUPS)


def test_the_description_of_a_store_has_one_name():
    assert cli_folder.DESCRIPTION == sign_in.DESCRIPTION


def test_options_may_stand_before_and_after_the_command(run):
    who = ("--user", shop.OWNER, "--password-file", run.files / shop.OWNER)
    before = run.raw("--json", "--data", run.folder, *who, "menu", "list")
    after = run.raw("menu", "list", *who, "--data", run.folder, "--json")
    between = run.raw("menu", "--data", run.folder, "--json", "list", *who)
    assert before.code == 0
    assert before.out == after.out == between.out


def test_bad_input_changes_nothing(run, changed):
    shutil.copyfile(run.files / "sales.csv", run.files / "again.csv")
    for arguments in (
        ["import", "auto", "x.csv", "--mapping", "y"],
        ["import"],
        ["orders", "list", "--limit", "x"],
        ["privacy", "copy", "--customer", "x", "--out", "y"],
        ["backup", "target", "add", "x"],
        ["settings", "set", "documents.language"],
        ["users", "remove"],
    ):
        assert run(*arguments).code == 2, arguments
    assert not changed(run.folder)


def test_the_program_says_its_version(run):
    assert run.raw("--version").out.startswith("clopos-desk ")
    assert sys.modules["desktop_app"].__version__ in run.raw("--version").out
