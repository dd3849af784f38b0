"""Reviews of access on both engines: what is shown, decided, signed and taken away."""

from __future__ import annotations

import re
from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from desktop_app.access.anchors import check_anchor
from desktop_app.access.own_sign_in import set_pin
from desktop_app.app import App
from desktop_app.kernel.access import Permission, Role
from desktop_app.kernel.clock import FrozenClock
from desktop_app.kernel.errors import (
    ConflictError,
    InvalidError,
    NotAllowedError,
    NotFoundError,
)
from desktop_app.menu.operations import list_products
from desktop_app.reviews import operations as reviews
from desktop_app.reviews.handing import write_review
from desktop_app.reviews.records import Decision, Flag
from desktop_app.reviews.tables import AccessReview, PermissionUse, ReviewDecision
from desktop_app.sign_in import Reception
from desktop_app.staff.tables import Employee
from desktop_app.vault.quick import QuickUnlock
from desktop_app.venue.operations import the_venue
from tests.database.shop import PASSWORD, PEOPLE, Shop, command, confirmed, sql


def _user(app: App, name: str):
    review = app.call(reviews.get_review, app.call(reviews.open_review))
    return next(person for person in review.people if person.name == name)


def _keep_everybody(app: App, but: str = "") -> int:
    number = app.call(reviews.open_review)
    for person in app.call(reviews.get_review, number).people:
        if person.name != but:
            app.call(reviews.decide, number, person.user_id, Decision.KEEP, "needed")
    return number


def test_a_review_shows_everybody_with_what_they_hold_and_used(shop: Shop) -> None:
    app = shop.another(Role.STAFF)
    app.call(list_products)
    app.close()
    person = _user(shop.app, PEOPLE[Role.STAFF])
    used = {right.permission: right.last_used_at for right in person.rights}
    assert used[Permission.MENU_READ] == shop.clock.now()
    assert used[Permission.ORDERS_READ] is None
    assert not person.reads_trail
    owner = _user(shop.app, PEOPLE[Role.OWNER])
    assert owner.mine
    assert owner.reads_trail
    assert {right.permission for right in owner.rights} == set(Permission)


def test_the_use_of_rights_is_written_once_a_day(shop: Shop, clock: FrozenClock) -> None:
    before = len(shop.events())
    for _ in range(3):
        app = shop.another(Role.STAFF)
        app.call(list_products)
        app.close()
    assert [e["operation"] for e in shop.events()[before:]] == ["reviews.note_use", "session.end"]
    clock.at += timedelta(days=1)
    app = shop.another(Role.STAFF)
    app.call(list_products)
    app.close()
    used = [r["last_used_at"] for r in shop.rows(PermissionUse) if r["permission"] == "menu:read"]
    assert clock.now() in used


def test_a_right_counts_from_the_day_it_was_given(shop: Shop, clock: FrozenClock) -> None:
    shop.another(Role.STAFF).close()
    clock.at += timedelta(days=150)
    shop.app._store.keys.unlocked.change_user(PEOPLE[Role.STAFF], Role.MANAGER)
    app = shop.another(Role.STAFF)
    app.call(list_products)
    app.close()
    unused = _user(shop.app, PEOPLE[Role.STAFF]).unused
    assert Permission.ORDERS_READ in unused
    assert Permission.MENU_EDIT not in unused
    assert Permission.MENU_READ not in unused
    shop.app._store.keys.unlocked.change_user(PEOPLE[Role.STAFF], Role.STAFF)
    clock.at += timedelta(days=120)
    shop.another(Role.STAFF).close()
    clock.at += timedelta(days=1)
    shop.app._store.keys.unlocked.change_user(PEOPLE[Role.STAFF], Role.MANAGER)
    assert Permission.MENU_EDIT not in _user(shop.app, PEOPLE[Role.STAFF]).unused


def test_who_has_left_and_who_never_comes_is_pointed_out(shop: Shop, clock: FrozenClock) -> None:
    def dismiss(tx) -> None:
        venue = the_venue(tx)
        tx.add(
            Employee(id=tx.ids.one(), venue_id=venue.id, name=PEOPLE[Role.MANAGER], active=False)
        )

    shop.app.call(command(dismiss))
    assert Flag.LEAVER in _user(shop.app, PEOPLE[Role.MANAGER]).flags
    assert Flag.NEVER in _user(shop.app, PEOPLE[Role.AUDITOR]).flags
    app = shop.another(Role.STAFF)
    app.call(list_products)
    app.close()
    clock.at += timedelta(days=150)
    assert Flag.LEAVER not in _user(shop.app, PEOPLE[Role.STAFF]).flags
    assert _user(shop.app, PEOPLE[Role.STAFF]).unused != []


def test_signing_takes_away_what_was_decided_and_leaves_a_proof(shop: Shop) -> None:
    app, leaving = shop.app, PEOPLE[Role.STAFF]
    number = _keep_everybody(app, but=leaving)
    with pytest.raises(ConflictError, match=leaving):
        confirmed(app, reviews.sign_review, number)
    person = _user(app, leaving)
    app.call(reviews.decide, number, person.user_id, Decision.REMOVE, "left in May")
    signed = confirmed(app, reviews.sign_review, number)
    assert signed.removed == [leaving]
    assert app.call(reviews.check_review, number)
    review = app.call(reviews.get_review, number)
    assert (review.row.people, review.row.removed) == (5, 1)
    assert [p.reason for p in review.people if p.name == leaving] == ["left in May"]
    assert shop.rows(ReviewDecision) == []
    assert [u.name for u in app._store.keys.vault.users() if u.removed_at] == [leaving]
    done = [e for e in shop.events() if e["operation"] == "reviews.sign_review"]
    assert done[0]["detail"]["sha256"] == signed.sha256
    assert "left in May" not in shop.trail_text()
    shop.check_trail()
    with pytest.raises(ConflictError, match="signed"):
        app.call(reviews.decide, number, person.user_id, Decision.KEEP, "sorry")
    state = app.call(reviews.review_state)
    assert (state.last_closed_at, state.open_id) == (shop.clock.now(), None)


def test_a_review_changed_afterwards_does_not_verify(shop: Shop) -> None:
    number = _keep_everybody(shop.app)
    confirmed(shop.app, reviews.sign_review, number)
    with shop.around(write=True) as connection:
        sql(
            connection,
            "UPDATE office.review_paper SET document = replace(document, 'needed', 'wanted')",
        )
    assert not shop.app.call(reviews.check_review, number)


def test_a_review_signed_by_somebody_else_does_not_verify(shop: Shop) -> None:
    number = _keep_everybody(shop.app)
    confirmed(shop.app, reviews.sign_review, number)
    manager = _user(shop.app, PEOPLE[Role.MANAGER]).user_id
    with shop.around(write=True) as connection:
        sql(
            connection,
            f"UPDATE ops.access_review SET closed_by = '{manager}' WHERE closed_by <> ''",
        )
    assert not shop.app.call(reviews.check_review, number)


def test_there_is_one_open_review_and_it_goes_on(shop: Shop) -> None:
    number = shop.app.call(reviews.open_review)
    assert shop.app.call(reviews.open_review) == number
    assert len(shop.rows(AccessReview)) == 1


def test_an_owner_is_reviewed_by_the_other_owner(shop: Shop) -> None:
    shop.app._store.keys.unlocked.add_user("Second", Role.OWNER, PASSWORD)
    number = shop.app.call(reviews.open_review)
    me = _user(shop.app, PEOPLE[Role.OWNER])
    with pytest.raises(NotAllowedError, match="another owner"):
        shop.app.call(reviews.decide, number, me.user_id, Decision.KEEP, "I am fine")


def test_bad_decisions_change_nothing(shop: Shop) -> None:
    number = shop.app.call(reviews.open_review)
    manager = _user(shop.app, PEOPLE[Role.MANAGER]).user_id
    before = shop.rows(ReviewDecision), len(shop.events())
    with pytest.raises(InvalidError, match="Say why"):
        shop.app.call(reviews.decide, number, manager, Decision.REMOVE, " ")
    with pytest.raises(NotFoundError):
        shop.app.call(reviews.decide, number, "nobody", Decision.KEEP, "x")
    with pytest.raises(NotFoundError):
        shop.app.call(reviews.decide, 17, manager, Decision.KEEP, "x")
    assert (shop.rows(ReviewDecision), len(shop.events())) == before


def test_a_review_becomes_due_and_overdue(shop: Shop, clock: FrozenClock) -> None:
    assert shop.as_role(Role.STAFF).call(reviews.review_state).overdue_days == 0
    clock.at = shop.app.call(reviews.review_state).due_at + timedelta(days=9)
    assert shop.as_role(Role.STAFF).call(reviews.review_state).overdue_days == 9
    confirmed(shop.app, reviews.sign_review, _keep_everybody(shop.app))
    assert shop.as_role(Role.STAFF).call(reviews.review_state).overdue_days == 0


@pytest.mark.parametrize("language", ["az", "en"])
def test_a_signed_review_is_printed_with_the_document_inside(files: Shop, tmp_path, language):
    number = files.app.call(reviews.open_review)
    out = tmp_path / "review.pdf"
    with pytest.raises(ConflictError, match="still open"):
        files.app.call(write_review, number, out, language)
    signed = confirmed(files.app, reviews.sign_review, _keep_everybody(files.app))
    files.app.call(write_review, number, out, language)
    assert out.stat().st_mode & 0o077 == 0
    pdf = pypdfium2.PdfDocument(out)
    text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    assert all(name in text for name in PEOPLE.values())
    assert signed.sha256[:16] in text
    anchor = re.search(r"(?:Trail|Jurnal) ([\d,]+ · \w{4}-\w{4}-\w{4}-\w{4})", text)
    assert files.app.call(check_anchor, anchor[1]).fits
    assert pdf.count_attachments() == 1
    found = bytes(pdf.get_attachment(0).get_data()).decode()
    with files.app._store.engine.execution_options(read_only=True).connect() as connection:
        kept = connection.execute(select(reviews.ReviewPaper.document)).scalar_one()
    assert found == kept
    assert not list(tmp_path.glob("*.part"))


def test_people_with_the_same_pin_are_pointed_out_until_one_chooses_another(files: Shop) -> None:
    quick = QuickUnlock(files.clock)
    door = Reception(files.folder, clock=files.clock, keyring=False, quick=quick)
    for role, pin in ((Role.STAFF, "830561"), (Role.AUDITOR, "830561"), (Role.MANAGER, "4802")):
        with door.sign_in(PEOPLE[role], PASSWORD) as app:
            app.call(set_pin, PASSWORD, pin)

    def alike() -> set[str]:
        number = files.app.call(reviews.open_review)
        people = files.app.call(reviews.get_review, number).people
        return {person.name for person in people if Flag.SHARED_PIN in person.flags}

    assert alike() == {PEOPLE[Role.STAFF], PEOPLE[Role.AUDITOR]}
    with door.sign_in(PEOPLE[Role.AUDITOR], PASSWORD) as app:
        app.call(set_pin, PASSWORD, "9174")
    assert alike() == set()
    assert "830561" not in files.trail_text()
