"""Opening locked files by their specifications alone, without the libraries that locked them.

Workbooks: [MS-OFFCRYPTO] 2.3.4.10 to 2.3.4.15, agile encryption. Archives: WinZip AE-2.
"""

import base64
import hashlib
import hmac
import struct
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path
from typing import Any

import olefile
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_NS = {
    "e": "http://schemas.microsoft.com/office/2006/encryption",
    "p": "http://schemas.microsoft.com/office/2006/keyEncryptor/password",
}
_SEGMENT = 4096
_VERIFIER = bytes.fromhex("fea7d2763b4b9e79")
_HASHED = bytes.fromhex("d7aa0f6d3061344e")
_KEY = bytes.fromhex("146e0be7abacd0d6")
_MAC_KEY = bytes.fromhex("5fb2ad010cb9e1f6")
_MAC = bytes.fromhex("a0677f02b22c8433")


class WrongPasswordError(Exception):
    """The password does not open the file."""


def workbook(path: Path, password: str) -> bytes:
    """Return a locked workbook in the clear; its seal is checked."""
    with olefile.OleFileIO(path) as file:
        info = file.openstream("EncryptionInfo").read()
        package = file.openstream("EncryptedPackage").read()
    assert struct.unpack("<HH", info[:4]) == (4, 4), "agile encryption"
    root = ET.fromstring(info[8:])  # noqa: S314
    data: Any = root.find("e:keyData", _NS)
    key: Any = root.find(".//p:encryptedKey", _NS)
    integrity: Any = root.find("e:dataIntegrity", _NS)
    assert (key.get("hashAlgorithm"), key.get("keyBits")) == ("SHA512", "256")
    assert int(key.get("spinCount")) >= 100_000
    salt = base64.b64decode(key.get("saltValue"))
    spun = hashlib.sha512(salt + password.encode("utf-16-le")).digest()
    for turn in range(int(key.get("spinCount"))):
        spun = hashlib.sha512(struct.pack("<I", turn) + spun).digest()

    def opened(name: str, block: bytes) -> bytes:
        made = hashlib.sha512(spun + block).digest()[:32]
        return _cbc(made, salt, base64.b64decode(key.get(name)))

    word = opened("encryptedVerifierHashInput", _VERIFIER)
    if hashlib.sha512(word).digest() != opened("encryptedVerifierHashValue", _HASHED)[:64]:
        raise WrongPasswordError
    secret = opened("encryptedKeyValue", _KEY)[:32]
    own = base64.b64decode(data.get("saltValue"))
    mac_key = _cbc(secret, _iv(own, _MAC_KEY), base64.b64decode(integrity.get("encryptedHmacKey")))
    seal = _cbc(secret, _iv(own, _MAC), base64.b64decode(integrity.get("encryptedHmacValue")))
    assert hmac.digest(mac_key[:64], package, "sha512") == seal[:64], "the seal holds"
    (size,) = struct.unpack("<Q", package[:8])
    parts = [
        _cbc(secret, _iv(own, struct.pack("<I", at // _SEGMENT)), package[8:][at : at + _SEGMENT])
        for at in range(0, len(package) - 8, _SEGMENT)
    ]
    return b"".join(parts)[:size]


def archive(path: Path, password: str) -> tuple[str, bytes]:
    """Return the name and the content of the one entry of a locked archive."""
    raw = path.read_bytes()
    end = raw.rindex(b"PK\x05\x06")
    (first,) = struct.unpack("<I", raw[end + 16 : end + 20])
    fields = struct.unpack("<IHHHHHHIIIHHHHHII", raw[first : first + 46])
    size, name_size, extra_size, start = fields[8], fields[10], fields[11], fields[16]
    extra = raw[first + 46 + name_size :][:extra_size]
    found = dict(_extras(extra))
    if 1 in found:  # ZIP64: whole size, packed size, place, each where it does not fit
        wide = list(struct.unpack(f"<{len(found[1]) // 8}Q", found[1]))
        if fields[9] == 0xFFFFFFFF:
            wide.pop(0)
        if size == 0xFFFFFFFF:
            size = wide.pop(0)
    version, vendor, strength, method = struct.unpack("<H2sBH", found[0x9901])
    assert (version, vendor, strength) == (2, b"AE", 3), "AE-2, AES-256"
    local = struct.unpack("<IHHHHHIIIHH", raw[start : start + 30])
    assert local[6] == 0, "AE-2 keeps no checksum of the content"
    body = raw[start + 30 + local[9] + local[10] :][:size]
    salt, check, packed, code = body[:16], body[16:18], body[18:-10], body[-10:]
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 66)
    if keys[64:] != check:
        raise WrongPasswordError
    assert hmac.digest(keys[32:64], packed, "sha1")[:10] == code, "the seal holds"
    block = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()  # noqa: S305 - counter below
    stream = b"".join(
        block.update((turn + 1).to_bytes(16, "little")) for turn in range(-(-len(packed) // 16))
    )
    plain = bytes(one ^ other for one, other in zip(packed, stream, strict=False))
    name = raw[first + 46 :][:name_size].decode()
    return name, zlib.decompress(plain, -15) if method else plain


def _extras(extra: bytes) -> list[tuple[int, bytes]]:
    found = []
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        found.append((kind, extra[4 : 4 + size]))
        extra = extra[4 + size :]
    return found


def _iv(salt: bytes, block: bytes) -> bytes:
    return hashlib.sha512(salt + block).digest()[:16]


def _cbc(key: bytes, iv: bytes, text: bytes) -> bytes:
    opened = Cipher(algorithms.AES(key), modes.CBC(iv[:16])).decryptor()
    return opened.update(text) + opened.finalize()
