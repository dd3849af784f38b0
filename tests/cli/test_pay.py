"""What people earn, on the command line."""


def test_pay_is_listed_and_set_for_somebody_who_works_here(run):
    assert run("--json", "staff", "list").json == {"rows": [], "next": None}
    assert run("--json", "staff", "pay", "list").json == {"rows": [], "next": None}
    said = run("--json", "staff", "pay", "set", "1", "1250.50", "--since", "2026-11-01")
    assert said.code != 0
    assert "nobody 1 among the staff" in said.error["message"]
    wrong = run("--json", "staff", "pay", "set", "1", "12.345")
    assert "more decimals" in wrong.error["message"]
