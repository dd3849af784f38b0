"""Codes of an authenticator app."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.vault.extras import NOTHING, Extras, PinLock, extras_from, extras_json
from desktop_app.vault.sealing import WrongKeyError
from desktop_app.vault.totp import Authenticator, Enrolment, code_at

SECRET = b"12345678901234567890"
# RFC 6238, appendix B, the rows of SHA-1: eight digits.
RFC = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]
NOON = datetime(2026, 11, 3, 8, 0, tzinfo=UTC)


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def code(now: datetime, later: int = 0) -> str:
    return code_at(SECRET, int(now.timestamp()) // 30 + later)


@pytest.mark.parametrize(("seconds", "wanted"), RFC)
def test_the_vectors_of_rfc_6238(seconds, wanted):
    assert code_at(SECRET, seconds // 30, 8) == wanted
    assert Authenticator(SECRET).taken(wanted[2:], at(seconds)) is not None


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_code_is_good_one_step_before_and_after(later):
    assert Authenticator(SECRET).taken(code(NOON, later), NOON) is not None


@pytest.mark.parametrize("later", [-2, 2, 100])
def test_other_steps_are_refused(later):
    assert Authenticator(SECRET).taken(code(NOON, later), NOON) is None


def test_a_used_code_is_never_taken_twice_and_no_earlier_one_either():
    used = Authenticator(SECRET).taken(code(NOON), NOON)
    assert used is not None
    assert used.taken(code(NOON), NOON) is None
    assert used.taken(code(NOON, -1), NOON) is None
    assert used.taken(code(NOON, 1), NOON) is not None
    assert used.taken(code(NOON), NOON + timedelta(seconds=29)) is None


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "½½½½½½", "١٢٣٤٥٦", "0" * 999])
def test_nonsense_is_refused(typed):
    assert Authenticator(SECRET).taken(typed, NOON) is None


def test_spaces_in_a_code_do_not_matter():
    typed = code(NOON)
    assert Authenticator(SECRET).taken(f" {typed[:3]} {typed[3:]} ", NOON) is not None


def test_each_of_ten_spare_codes_is_good_once():
    enrolment = Enrolment.random()
    app = enrolment.authenticator()
    assert len(set(enrolment.spare)) == 10
    for spare in enrolment.spare:
        after = app.taken(spare.lower(), NOON)
        assert after is not None
        assert after.taken(spare, NOON) is None
        app = after
    assert app.spare == ()
    assert all(spare.encode() not in extras_json(Extras(app)) for spare in enrolment.spare)


def test_the_address_of_the_picture_says_who_and_where():
    enrolment = Enrolment.random()
    address = urlsplit(enrolment.address("Aysel Məmmədova", "Qız Qalası & Co"))
    asked = parse_qs(address.query)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert asked["issuer"] == ["Qız Qalası & Co"]
    assert asked["secret"] == [enrolment.typed_secret.replace(" ", "")]
    assert len(enrolment.secret) == 20


def test_no_secret_is_printed():
    enrolment = Enrolment.random()
    shown = f"{enrolment!r} {enrolment.authenticator()!r} {PinLock(b'salt', b'very secret')!r}"
    assert enrolment.typed_secret[:4] not in shown
    assert enrolment.spare[0] not in shown
    assert "very secret" not in shown


@given(
    st.builds(
        Extras,
        st.none() | st.builds(Authenticator, st.binary(), st.integers(), st.tuples(st.binary())),
        st.none() | st.builds(PinLock, st.binary(), st.binary()),
        st.none() | st.integers(),
    )
)
def test_extras_come_back_as_they_were(extras):
    assert extras_from(extras_json(extras)) == extras


@given(st.binary(min_size=1, max_size=40))
def test_damaged_extras_are_a_wrong_key(raw):
    with pytest.raises(WrongKeyError):
        extras_from(b"\x00" + raw)


def test_no_extras_take_no_room():
    assert extras_json(NOTHING) == b""
