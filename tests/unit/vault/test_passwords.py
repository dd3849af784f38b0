import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.kernel.errors import InvalidError
from desktop_app.vault import passwords
from desktop_app.vault.cost import KdfCost, calibrated
from desktop_app.vault.names import folded
from desktop_app.vault.secret import SecretBytes

VECTORS = Path(__file__).parents[4] / "shared/data/vectors/argon2/argon2_vectors.json"
KEY = "2b175f233522f184a5ef5c0dd228d71c01c65e467eefcdc8196a5897b4aa01eb"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "çay qənd limon stəkan",
        "самовар облако река",
        "köhnə şəhərdə üç pişik",
        "x7#kQ9!vLp2@wZ4m",
        "味噌汁と白いご飯と焼き魚とお茶とみかん",
        "zürafə uçan gəmidə " * 20 + "son",
        "tramvay 1994 külək 17 qoz",
    ],
)
def test_good_passwords_are_taken(password):
    passwords.check(password, context=("Ənvər Şıxlı", "Çinar Restoran"))


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password1234567!",
        "qwertyuiopasdfgh",
        "1234567890123456",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "1qaz2wsx3edc4rfv",
        "cloposcloposclopos",
        "Restoran Baku 2026!!",
        "ÇINAR-RESTORAN-2026",
        "ənvərşıxlı123456",
        "Ənvər.ŞİXLİ.2025",
        "0987654321098765",
        "пароль пароль 123",
        "               .",
    ],
)
def test_long_passwords_made_of_guesses_are_refused(password):
    with pytest.raises(InvalidError, match="easy to guess") as refused:
        passwords.check(password, context=("Ənvər Şıxlı", "Çinar Restoran"))
    assert password not in str(refused.value)
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["qənd limon çay", "x7#kQ9!vLp2@wZ"])
def test_fourteen_characters_are_too_few(password):
    with pytest.raises(InvalidError, match="at least 15 characters"):
        passwords.check(password)


def test_length_is_counted_after_normalising():
    with pytest.raises(InvalidError, match="15"):
        passwords.check("ı̇ç şə ğö ü ü" + "e\u0301")


def test_a_megabyte_is_no_password():
    with pytest.raises(InvalidError, match="more than"):
        passwords.check("çox uzun " * 100_000)


@given(st.text(max_size=80))
def test_any_text_gets_an_answer_that_does_not_repeat_it(text):
    refused = None
    try:
        passwords.check(text)
    except InvalidError as error:
        refused = error
    assert refused is None or not refused.message.values.keys() - {"least", "limit"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("İLHAM", "ilham"),
        ("Ilham", "ılham"),
        ("Ənvər", "əNVƏR"),
        ("ﬁkrət", "Fikrət"),
        ("Ş", "S\u0327"),
    ],
)
def test_spellings_of_one_name_fold_alike(one, other):
    assert folded(one) == folded(other)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name):
    assert folded(folded(name)) == folded(name)


def test_the_cost_has_a_floor_and_a_ceiling():
    for memory, passes in [(65535, 3), (65536, 2), (1024 * 1024 + 1, 3), (65536, 11)]:
        with pytest.raises(InvalidError):
            KdfCost(memory, passes)


@pytest.mark.parametrize("per_64_mib_and_pass", [0.001, 0.01, 0.05, 0.2, 5.0])
def test_calibration_comes_near_its_target_between_floor_and_ceiling(per_64_mib_and_pass):
    def time_of(cost):
        return per_64_mib_and_pass * cost.memory_kib / 65536 * cost.iterations

    cost = calibrated(0.5, time_of=time_of)
    fastest, slowest = time_of(KdfCost.FLOOR), time_of(KdfCost(1024 * 1024, 10))
    assert time_of(cost) == pytest.approx(min(max(0.5, fastest), slowest), rel=0.25)


def test_the_key_of_a_password_never_changes():
    key = KdfCost.FLOOR.derive("şifrə ﬁ", b"0123456789abcdef")
    assert key.hex() == KEY
    assert KdfCost.FLOOR.derive("şifrə fi", b"0123456789abcdef") == key


@pytest.mark.shared_data
@pytest.mark.skipif(not VECTORS.exists(), reason="the shared vectors are not here")
def test_argon2id_agrees_with_the_reference_implementation():
    known = [
        h
        for h in json.loads(VECTORS.read_text("utf-8"))["hashes"]
        if h["type"] == "argon2id" and h["version"] == 19
    ]
    assert known
    for vector in known:
        kdf = Argon2id(
            salt=vector["salt"].encode(),
            length=len(vector["hash_hex"]) // 2,
            iterations=vector["t"],
            lanes=vector["p"],
            memory_cost=vector["m_kib"],
        )
        assert kdf.derive(vector["password"].encode()).hex() == vector["hash_hex"]


def test_a_secret_is_compared_not_shown_and_wiped():
    secret = SecretBytes(b"\x01\xff")
    assert secret == SecretBytes(b"\x01\xff")
    assert secret != SecretBytes(b"\x01\xfe")
    assert secret != b"\x01\xff"
    assert repr(secret) == "SecretBytes(2 bytes)"
    assert secret.hex() == "01ff"
    secret.wipe()
    with pytest.raises(ValueError, match="wiped"):
        secret.reveal()
