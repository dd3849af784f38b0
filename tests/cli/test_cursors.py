"""Lists that are read a page at a time with --limit and --after, each row once."""

from tests.cli import shop


def rows(run, limit, *command):
    found, place = [], []
    while place is not None:
        page = run(*command, "--limit", str(limit), *place, "--json").json
        assert len(page["rows"]) <= limit
        found += page["rows"]
        place = ["--after", page["next"]] if page["next"] else None
    return found


def whole(run, *command):
    """Return the rows of a list, which are the same in pages of every size."""
    found = rows(run, 1000, *command)
    assert len(found) >= 3
    for size in (1, 2, 3):
        assert rows(run, size, *command) == found
    return found


def test_imports_are_read_to_their_end(run, tmp_path):
    for number in range(3):
        sales = shop.write(tmp_path, "sales.csv", shop.many_sales(1, 1, f"{number}")[0])
        assert run("import", "auto", sales).code == 0
    whole(run, "imports")
    assert run("imports", "--after", "5").code == 4


def test_pairs_of_cards_are_read_to_their_end(run):
    for name in ("Ana", "Ana Q.", "Ana Qasımova"):
        assert run("customers", "add", name, "--phone", "055 111 22 33").code == 0
    for pair in whole(run, "customers", "duplicates"):
        assert run("customers", "apart", pair["id"], pair["other_id"]).code == 0
    whole(run, "customers", "duplicates", "--apart")
    for wrong in ("x", "1:2", "1:2:3:4"):
        said = run("customers", "duplicates", "--after", wrong)
        assert said.code == 2
        assert "not a place in a list" in said.err
