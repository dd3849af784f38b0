"""Customers on the command line: added, changed, put together, their bonus; from end to end."""


def number(run, *words):
    said = run("customers", "add", *words, "--json")
    assert said.code == 0, said.err
    return said.json["id"]


def test_a_customer_is_added_changed_and_tagged(run):
    assert (
        run("customers", "groups", "add", "VIP", "--discount", "7.5", "--cashback", "3").code == 0
    )
    one = number(
        run, "Leyla Əhmədova", "--phone", "050 123 45 67", "--email", "l@example.az",
        "--born", "2000-02-29", "--group", "vip", "--tag", "daimi", "--code", "K-17",
    )  # fmt: skip
    card = run("customers", "show", one, "--json").json
    assert (card["birth_date"], card["group"], card["reference"]) == ("2000-02-29", "VIP", "K-17")
    assert [c["value"] for c in card["contacts"]] == ["+994501234567", "l@example.az"]
    assert (
        run("customers", "edit", one, "--name", "Leyla Rzayeva", "--phone", "0551112233").code == 0
    )
    assert run("customers", "tag", one, "--add", "vip", "--remove", "daimi").code == 0
    sent = ("--direction", "out", "--channel", "sms", "--text", "Xoş gəldiniz")
    assert run("customers", "message", one, *sent).code == 0
    card = run("customers", "show", one, "--json").json
    assert (card["name"], card["tags"]) == ("Leyla Rzayeva", ["vip"])
    assert [c["value"] for c in card["contacts"]] == ["+994551112233", "l@example.az"]
    assert [c["text"] for c in card["communications"]] == ["Xoş gəldiniz"]
    (group,) = [
        g for g in run("customers", "groups", "list", "--json").json["rows"] if g["name"] == "VIP"
    ]
    assert (group["discount_percent"], group["customers"]) == ("7.5", 1)
    assert run("customers", "groups", "remove", "VIP").code == 5
    assert run("customers", "groups", "edit", "VIP", "--cashback", "4").code == 0
    assert run("customers", "archive", one).code == 0
    assert run("customers", "find", "rzayeva", "--json").json["rows"] == []
    assert run("customers", "archive", one, "--undo").code == 0


def test_a_consent_is_given_and_withdrawn_and_stays(run):
    one = number(run, "Səbinə")
    give = ("customers", "consent", "give", one, "--purpose", "marketing", "--channel", "sms")
    assert run(*give, "--wording", " ").code == 2
    assert run(*give, "--wording", "SMS almağa razıyam.", "--json").json == {"line": 1}
    assert run(*give, "--wording", "SMS almağa razıyam.").code == 5
    withdraw = ("customers", "consent", "withdraw", one)
    assert run(*withdraw, "7").code == 4
    assert run(*withdraw, "1").code == 0
    assert run(*withdraw, "1").code == 5
    assert "SMS almağa razıyam." in run("customers", "consent", "list", one).out
    (row,) = run("customers", "consent", "list", one, "--json").json["rows"]
    assert (row["line"], row["language"], row["wording"]) == (1, "az", "SMS almağa razıyam.")
    assert row["withdrawn_at"] is not None


def test_bonus_is_entered_and_taken_back(run):
    one = number(run, "Orxan")
    add = ("customers", "bonus", "add", one, "--reason", "hədiyyə", "--json")
    assert run(*add, "--amount", "5.50").json == {"line": 1}
    assert run(*add, "--amount=-6").code == 2
    assert run("customers", "bonus", "take-back", one, "1", "--reason", "səhv").code == 0
    shown = run("customers", "bonus", "show", one, "--json").json
    assert (shown["bonus"], [r["amount"] for r in shown["rows"]]) == ("0.00", ["5.50", "-5.50"])
    assert run("customers", "bonus", "take-back", one, "1", "--reason", "səhv").code == 5


def test_cards_kept_twice_are_found_put_together_and_taken_apart(run):
    first = number(run, "Leyla Əhmədova", "--phone", "0509871234")
    second = number(run, "Leyla Ahmadova", "--phone", "+994 50 987 12 34", "--note", "allergiya")
    (pair,) = run("customers", "duplicates", "--json").json["rows"]
    assert (pair["id"], pair["other_id"], pair["score"]) == (first, second, 100)
    assert pair["why"] == ["phone", "same_name"]
    assert run("customers", "merge", first, second, "--take", "note").code == 0
    assert run("customers", "show", second, "--json").json["id"] == first
    assert run("customers", "show", first, "--json").json["note"] == "allergiya"
    assert run("customers", "duplicates", "--json").json["rows"] == []
    assert run("customers", "unmerge", second, "--json").json["kept"] == first
    assert run("customers", "show", second, "--json").json["note"] == "allergiya"


def test_bad_input_is_told_and_changes_nothing(run):
    before = run("customers", "find", "--json").json
    assert run("customers", "add", " ").code == 2
    assert run("customers", "add", "A", "--phone", "12").code == 2
    assert run("customers", "add", "A", "--group", "yoxdur").code == 4
    assert run("customers", "add", "A", "--tax-id", "1234567891").code == 2
    assert run("customers", "groups", "add", "B", "--discount", "on").code == 2
    assert run("customers", "edit", "5", "--name", "B").code == 4
    assert run("customers", "birthdays", "--json").code == 0
    assert run("customers", "find", "--json").json == before


def test_two_cards_are_marked_as_two_people(run):
    one, other = (number(run, name, "--phone", "050 777 66 55") for name in ("Ana", "Ana Q."))
    listed = ("customers", "duplicates", "--limit", "500", "--json")
    pair = {one, other}

    def shown(*more):
        rows = run(*listed, *more).json["rows"]
        return any({row["id"], row["other_id"]} == pair for row in rows)

    assert shown()
    assert run("customers", "apart", one, other, "--json").json["apart"] is True
    assert not shown()
    assert shown("--apart")
    assert run("customers", "merge", one, other).code == 5
    assert run("customers", "apart", one, one).code == 2
    assert run("customers", "apart", one, other, "--undo").code == 0
    assert run("customers", "apart", one, other, "--undo").code == 4
    assert shown()


def test_what_was_changed_since_is_parted_anyway(run):
    one, other = number(run, "Bir"), number(run, "İki")
    assert run("customers", "merge", one, other, "--take", "name").code == 0
    assert run("customers", "edit", one, "--name", "İkinci").code == 0
    refused = run("customers", "unmerge", other)
    assert refused.code == 5
    assert "name" in refused.err
    assert run("customers", "unmerge", other, "--anyway").code == 0
    assert run("customers", "show", other, "--json").json["name"] == "İkinci"
    assert run("customers", "show", one, "--json").json["name"] == "Bir"


def test_groups_say_what_receipts_earn(run):
    earn = ("--bonus", "5", "--imports-from", "2026-10-01")
    assert run("customers", "groups", "add", "Qazanan", *earn).code == 0

    def group():
        rows = run("customers", "groups", "list", "--json").json["rows"]
        return next(row for row in rows if row["name"] == "Qazanan")

    assert (group()["bonus_percent"], group()["imports_from"]) == ("5", "2026-10-01")
    assert run("customers", "groups", "edit", "Qazanan", "--imports-from", "30.02").code == 2
    assert run("customers", "groups", "edit", "Qazanan", "--imports-from", "").code == 0
    assert (group()["bonus_percent"], group()["imports_from"]) == ("5", None)
    assert run("customers", "bonus", "settle", "--json").json == {"receipts": 0}


def test_a_consent_of_an_older_paper_keeps_who_wrote_it_down(run):
    one = number(run, "Kağız")
    give = ("customers", "consent", "give", one, "--purpose", "marketing", "--channel", "letter")
    assert run(*give, "--wording", "Razıyam.", "--given", "2999-01-01").code == 2
    assert run(*give, "--wording", "Razıyam.", "--given", "2024-02-29").code == 0
    (row,) = run("customers", "consent", "list", one, "--json").json["rows"]
    assert row["given_at"].startswith("2024-02-29")
    assert row["recorded_at"] > row["given_at"]
    assert row["recorded_by"]


def test_awkward_people_and_companies(run):
    long = "q" * 10_000
    for words, code in (
        (("محمد بن سلمان 👨‍🍳", "--born", "2000-02-29", "--note", long), 0),
        (("Uzun", "--note", long + "q"), 2),
        (("Firma MMC", "--kind", "company", "--tax-id", "1400057431"), 2),
        (("Firma MMC", "--kind", "company", "--tax-id", "1400057421"), 0),
        (("Firma MMC", "--kind", "company", "--tax-id", "140005742"), 2),
        (("Alman GmbH", "--kind", "company", "--tax-id", "DE123456789"), 0),
        (("Xarici", "--phone", "+49 30 901820", "--address", "Berlin, Straße 1"), 0),
        (("Yanlış", "--phone", "12"), 2),
        (("Sabah", "--born", "2999-01-01"), 2),
        (("\u202eevil", "--tag", "🌿", "--tag", "🌿"), 0),
        (("", ), 2),
    ):  # fmt: skip
        said = run("customers", "add", *words, "--json")
        assert said.code == code, (words[0], words[1:3], said.err)
        if code:
            continue
        card = run("customers", "show", said.json["id"], "--json").json
        assert card["name"] == words[0].replace("\u202e", "")
        if "--born" in words:
            assert (card["birth_date"], len(card["note"])) == ("2000-02-29", 10_000)
        if "--phone" in words:
            assert [c["value"] for c in card["contacts"]] == ["+4930901820", "Berlin, Straße 1"]
        if "--tag" in words:
            assert card["tags"] == ["🌿"]
