"""Roles and rights on the command line."""

import pytest

from tests.cli import shop


def test_the_roles_are_listed_with_their_people(run):
    rows = {row["id"]: row for row in run("roles", "list", "--json", user=shop.STAFF).json["rows"]}
    assert set(rows) == {"owner", "manager", "accountant", "staff", "auditor"}
    assert rows["manager"]["people"] == [shop.MANAGER]
    assert rows["staff"]["limits"] == {"discount_percent": 0, "export_rows": 0, "refund_minor": 0}
    assert rows["staff"]["domains"] == ["ops"]
    assert "Manager" in run("roles", "list").out


def test_a_role_is_shown_in_words_with_how_each_right_is_kept(run):
    said = run("roles", "show", "MANAGER").out
    assert "Export customers" in said
    assert "Sealed by a key" in said
    assert run("roles", "show", "nobody").code == 4


def test_who_holds_a_right_is_said_to_everybody(run):
    said = run("access", "who", "customers:export", "--json", user=shop.STAFF).json
    assert [row["id"] for row in said["rows"]] == [shop.OWNER, shop.MANAGER]
    assert said["text"] == "Export customers"
    refused = run("access", "who", "customers:fly", "--json")
    assert (refused.code, refused.error["code"]) == (2, "invalid")


def test_everybody_sees_their_own_rights_and_those_of_others(run):
    own = run("access", "rights", "--json", user=shop.STAFF).json
    assert [row["id"] for row in own["rows"]] == [
        "anyone", "menu:read", "orders:read", "shifts:open", "stock:count",
    ]  # fmt: skip
    assert (own["id"], own["role"], own["venues"]) == (shop.STAFF, "staff", None)
    other = run("access", "rights", shop.MANAGER, "--json", user=shop.STAFF).json
    assert {"customers:export", "orders:refund"} <= {row["id"] for row in other["rows"]}
    assert run("access", "rights", "nobody").code == 4
    assert "See orders" in run("access", "rights", user=shop.STAFF).out


def test_a_role_of_ones_own_is_made_changed_given_and_removed(run):
    made = run(
        *("roles", "save", "Shift leader", "--from", "staff", "--right", "orders:refund"),
        *("--limit", "refund_minor=2000", "--json"),
    ).json
    assert made["id"].startswith("custom:")
    assert made["limits"]["refund_minor"] == 2000
    assert {"orders:read", "orders:refund"} <= set(made["rights"])
    assert run("users", "change", shop.STAFF, "--role", "shift leader").code == 0
    rights = run("access", "rights", "--json", user=shop.STAFF).json
    assert (rights["role"], rights["role_name"]) == (made["id"], "Shift leader")
    again = run(
        *("roles", "save", "Floor", "--id", made["id"], "--limit", "refund_minor=none", "--json")
    ).json
    assert (again["id"], again["name"]) == (made["id"], "Floor")
    assert "refund_minor" not in again["limits"]
    assert set(again["rights"]) == set(made["rights"])
    assert again["new_keys"] == []
    assert run("roles", "remove", "Floor").code == 5
    assert run("users", "change", shop.STAFF, "--role", "staff", "--venue", "7").code == 0
    assert run("access", "rights", shop.STAFF, "--json").json["venues"] == ["7"]
    assert run("roles", "remove", made["id"]).code == 0
    assert run("roles", "show", "Floor").code == 4


def test_a_right_taken_from_a_role_is_followed_by_new_keys_and_said(run):
    both = ("--right", "orders:read", "--right", "customers:read")
    made = run("roles", "save", "Guests", *both, "--json").json
    assert run("users", "change", shop.STAFF, "--role", "Guests").code == 0
    less = ("roles", "save", "Guests", "--id", made["id"], "--right", "orders:read")
    said = run(*less).out
    assert "The role “Guests” is stored" in said
    assert "Customers was locked anew: key 1 → 2" in said
    changed = run("users", "change", shop.STAFF, "--role", "staff", "--json").json
    assert (changed["new_keys"], changed["owed"]) == ([], [])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("roles", "save", "X"), 2),
        (("roles", "save", "X", "--right", "orders:fly"), 2),
        (("roles", "save", "X", "--right", "users:manage"), 2),
        (("roles", "save", "X", "--right", "orders:read", "--limit", "refund_minor=-1"), 2),
        (("roles", "save", "X", "--right", "orders:read", "--limit", "discount_percent=101"), 2),
        (("roles", "save", "X", "--right", "orders:read", "--limit", "wishes=3"), 2),
        (("roles", "save", "Manager", "--right", "orders:read"), 5),
        (("roles", "save", "X", "--id", "staff", "--right", "orders:read"), 2),
        (("roles", "save", "X", "--from", "nobody"), 4),
        (("roles", "remove", "staff"), 4),
        (("users", "change", shop.OWNER, "--role", "staff"), 5),
        (("users", "change", shop.STAFF, "--role", "nobody"), 4),
        (("users", "change", shop.STAFF, "--role", "owner", "--venue", "1"), 2),
        (("users", "remove", shop.OWNER), 5),
    ],
)
def test_what_breaks_a_rule_changes_nothing(run, arguments, code):
    before = (run.folder / "keys.json").read_bytes()
    assert run(*arguments, "--json").code == code
    assert (run.folder / "keys.json").read_bytes() == before


def test_a_refusal_names_the_right_in_words_and_who_has_it(run):
    said = run("users", "list", "--json", user=shop.MANAGER)
    assert said.code == 3
    assert said.error["hint"] == (
        f"Needs the right “Let people sign in and take access away”. Ask {shop.OWNER} (Owner)."
    )
    said = run("settings", "set", "window.lock_after_minutes", "9", "--json", user=shop.STAFF)
    assert said.error["hint"] == (
        f"Needs the right “Change settings”. Ask {shop.OWNER} (Owner) or {shop.MANAGER} (Manager)."
    )
