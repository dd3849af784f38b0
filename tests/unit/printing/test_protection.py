import io
import json

import pikepdf
import pypdfium2
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from desktop_app.kernel.errors import InvalidError
from desktop_app.kernel.job import Progress
from desktop_app.kernel.words import words
from desktop_app.printing.protection import PasswordProtection
from desktop_app.privacy.paper import write_copy
from tests.unit.printing.copies import copy

PASSWORD = "orbit maple seven lantern"


def aes_cbc(key, vector, content):
    encryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return encryptor.update(content) + encryptor.finalize()


@pytest.fixture(scope="module")
def protected():
    out = io.BytesIO()
    write_copy(copy("az", 3), out, words("az"), Progress(), protect=PASSWORD, aes_cbc=aes_cbc)
    return out.getvalue()


def test_two_other_readers_open_it_with_the_password(protected):
    with pypdfium2.PdfDocument(protected, password=PASSWORD) as document:
        assert "Əliyeva Günel" in document[0].get_textpage().get_text_bounded()
    with pikepdf.open(io.BytesIO(protected), password=PASSWORD) as pdf:
        assert pdf.encryption.R == 6
        assert pdf.allow.accessibility
        attached = json.loads(pdf.attachments["data.json"].get_file().read_bytes())
        with pdf.open_metadata() as metadata:
            assert metadata.pdfa_status == ""
    assert attached["subject"]["name"] == "Əliyeva Günel Rəşid qızı"


@pytest.mark.parametrize("password", ["", "orbit maple seven", PASSWORD.upper()])
def test_a_wrong_password_opens_nothing(protected, password):
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(protected), password=password)


def test_nothing_readable_is_left_in_the_bytes(protected):
    for text in ("Əliyeva", "DSR-2026", "data.json", "Restoran"):
        assert text.encode() not in protected
        assert text.encode("utf-16-be").hex().upper().encode() not in protected


def test_a_password_is_never_left_out_silently():
    with pytest.raises(ValueError, match="cipher"):
        write_copy(copy("az", 1), io.BytesIO(), words("az"), Progress(), protect=PASSWORD)


@pytest.mark.parametrize("password", ["", "şifrə", "x" * 128])
def test_passwords_that_some_reader_would_refuse_are_not_taken(password):
    with pytest.raises(InvalidError, match="password"):
        PasswordProtection(password, aes_cbc)
