import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel import bech32
from desktop_app.kernel.errors import InvalidError, NotFoundError
from desktop_app.vault.recovery import RecoveryCode, key_id

codes = st.binary(min_size=16, max_size=16).map(RecoveryCode)
KNOWN = RecoveryCode(bytes(range(16)))

TEXT = "000011-005665-011319-016973-022627-028281-033935-039589-535799"
KEY_ID = "5KS8-J91K"
RECIPIENT = "age1ecdtc3cp7u3unn4ls9vt5zs9zrr3pn98uzvf46xjqahg3dql7avs98mjrh"
WRAPPING = "920c3c113ec3e8455c8290482407f26aee31b8406df72ce70bb92a835b5ffc1d"


def wrong_group(text):
    with pytest.raises(InvalidError) as refused:
        RecoveryCode.parse(text)
    assert refused.value.field == "recovery_key"
    return refused.value.message.values.get("place")


@given(codes, st.sampled_from(["-", " ", "", "\n", " - ", "\r\n", "–", "\u00a0"]))
def test_a_code_is_read_back_however_it_is_spaced(code, between):
    assert RecoveryCode.parse(between.join(code.groups)) == code


@given(codes)
def test_a_code_is_nine_groups_of_six_digits(code):
    assert [len(group) for group in code.groups] == [6] * 9
    assert code.text.replace("-", "").isdigit()


@given(codes, st.integers(0, 53), st.integers(1, 9))
def test_a_wrong_digit_is_found_and_its_group_named(code, place, change):
    digits = list("".join(code.groups))
    digits[place] = str((int(digits[place]) + change) % 10)
    assert wrong_group("".join(digits)) == place // 6 + 1


@given(codes, st.integers(0, 52))
def test_swapped_neighbours_are_found_and_the_first_wrong_group_named(code, place):
    digits = list("".join(code.groups))
    if digits[place] == digits[place + 1]:
        return
    digits[place : place + 2] = digits[place + 1], digits[place]
    assert wrong_group("".join(digits)) == place // 6 + 1


@given(codes, st.integers(0, 8), st.integers(0, 5))
def test_a_missing_digit_is_found_and_its_group_named(code, group, place):
    groups = list(code.groups)
    groups[group] = groups[group][:place] + groups[group][place + 1 :]
    assert wrong_group(" ".join(groups)) == group + 1


@given(codes, st.integers(0, 8), st.sampled_from(["O", "l", "x", "ə"]))
def test_a_letter_is_found_and_its_group_named(code, group, letter):
    groups = list(code.groups)
    groups[group] = letter + groups[group][1:]
    assert wrong_group("-".join(groups)) == group + 1


def test_swapped_groups_are_found():
    groups = list(KNOWN.groups)
    groups[0], groups[1] = groups[1], groups[0]
    with pytest.raises(InvalidError, match="changed places"):
        RecoveryCode.parse(" ".join(groups))


@pytest.mark.parametrize(
    ("text", "said"), [("", "0 digits"), ("1", "1 digit was"), ("1" * 55, "55 digits")]
)
def test_a_code_of_another_length_is_told_its_length(text, said):
    with pytest.raises(InvalidError, match=said):
        RecoveryCode.parse(text)


@pytest.mark.parametrize("text", ["²" * 54, "١" * 54, "nine groups", "\x00" * 54, "-" * 53])
def test_other_texts_are_refused_politely(text):
    with pytest.raises(InvalidError):
        RecoveryCode.parse(text)


def test_wide_digits_of_an_east_asian_keyboard_are_digits():
    wide = "".join(chr(ord(c) - 48 + 0xFF10) if c.isdigit() else c for c in KNOWN.text)
    assert RecoveryCode.parse(wide) == KNOWN


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_may_hold_other_lines_and_any_line_ends(tmp_path, coding, end):
    lines = ["Bərpa açarı — KP7B-WR5Q, 2026-03-01", "tel +994 50 123 45 67", "", KNOWN.text, "son"]
    path = tmp_path / "key.txt"
    path.write_bytes(end.join(lines).encode(coding))
    assert RecoveryCode.read(path) == KNOWN


def test_a_file_may_hold_the_groups_over_several_lines(tmp_path):
    path = tmp_path / "key.txt"
    groups = KNOWN.groups
    text = "\r\n".join(" ".join(groups[i : i + 3]) for i in (0, 3, 6))
    path.write_text(f"Key:\r\n{text}\r\n", encoding="utf-8")
    assert RecoveryCode.read(path) == KNOWN


def test_a_mistyped_group_in_a_file_is_named(tmp_path):
    path = tmp_path / "key.txt"
    groups = [*KNOWN.groups[:4], KNOWN.groups[4][:5], *KNOWN.groups[5:]]
    path.write_text("Key\n" + "-".join(groups), encoding="utf-8")
    with pytest.raises(InvalidError, match="Group 5"):
        RecoveryCode.read(path)


def test_a_file_without_a_key_and_no_file_are_told_apart(tmp_path):
    path = tmp_path / "key.txt"
    path.write_text("tel 123456", encoding="utf-8")
    with pytest.raises(InvalidError, match="no recovery key"):
        RecoveryCode.read(path)
    with pytest.raises(NotFoundError):
        RecoveryCode.read(tmp_path / "none.txt")


def test_the_derived_keys_never_change():
    """Old sheets must open old stores and backups in every later version."""
    assert KNOWN.text == TEXT
    assert KNOWN.key_id == KEY_ID
    assert KNOWN.age_recipient == RECIPIENT
    assert KNOWN.wrapping_key(b"install").hex() == WRAPPING


def test_the_age_program_opens_what_is_encrypted_to_the_recipient():
    code = RecoveryCode.random()
    identity = pyrage.x25519.Identity.from_str(code.age_identity)
    assert str(identity.to_public()) == code.age_recipient
    recipient = pyrage.x25519.Recipient.from_str(code.age_recipient)
    assert pyrage.decrypt(pyrage.encrypt(b"backup", [recipient]), [identity]) == b"backup"
    assert bech32.decode("age-secret-key-", code.age_identity) == code.age_secret.reveal()


def test_the_key_id_is_known_from_the_public_recipient():
    assert key_id(KNOWN.age_recipient) == KNOWN.key_id


def test_fresh_codes_differ():
    assert RecoveryCode.random() != RecoveryCode.random()


@given(st.binary(max_size=60))
def test_bech32_reads_what_it_writes(payload):
    assert bech32.decode("age", bech32.encode("age", payload)) == payload


@pytest.mark.parametrize(
    "text",
    ["", "age1", "age1qqqqq", "AGE1x", KNOWN.age_recipient[:-1] + "q", KNOWN.age_recipient[:-1]],
)
def test_bech32_refuses_what_is_damaged(text):
    with pytest.raises(ValueError, match=r"bech32|substring"):
        bech32.decode("age", text)
