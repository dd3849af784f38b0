"""Bech32 (BIP 173), the spelling of age keys: letters and digits with a checksum.

The checksum catches a mistyped key before anything is tried with it.
"""

from __future__ import annotations

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6


def decode(text: str) -> tuple[str, bytes]:
    """Return the lower-case prefix and the bytes; ValueError where it is mistyped."""
    if text not in {text.lower(), text.upper()}:
        raise ValueError("mixed case")
    text = text.lower()
    prefix, separator, letters = text.rpartition("1")
    if not separator or not prefix or len(letters) < _CHECKSUM:
        raise ValueError("too short")
    if any(letter not in _ALPHABET for letter in letters):
        raise ValueError("foreign letter")
    words = [_ALPHABET.index(letter) for letter in letters]
    if _polymod(_expanded(prefix) + words) != 1:
        raise ValueError("wrong checksum")
    return prefix, _to_bytes(words[:-_CHECKSUM])


def encode(prefix: str, content: bytes) -> str:
    """Return `content` in lower case under `prefix`."""
    words = _to_words(content)
    checksum = _polymod(_expanded(prefix) + words + [0] * _CHECKSUM) ^ 1
    words += [checksum >> 5 * (5 - i) & 31 for i in range(_CHECKSUM)]
    return prefix + "1" + "".join(_ALPHABET[word] for word in words)


def _polymod(words: list[int]) -> int:
    state = 1
    for word in words:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ word
        for i, generator in enumerate(_GENERATOR):
            if top >> i & 1:
                state ^= generator
    return state


def _expanded(prefix: str) -> list[int]:
    return [ord(x) >> 5 for x in prefix] + [0] + [ord(x) & 31 for x in prefix]


def _to_bytes(words: list[int]) -> bytes:
    total = bits = 0
    out = bytearray()
    for word in words:
        total = (total << 5 | word) & 0xFFF
        bits += 5
        if bits >= 8:  # noqa: PLR2004 — a byte is full
            bits -= 8
            out.append(total >> bits & 255)
    if bits >= 5 or total & (1 << bits) - 1:  # noqa: PLR2004 — a whole word of padding
        raise ValueError("wrong padding")
    return bytes(out)


def _to_words(content: bytes) -> list[int]:
    total = bits = 0
    words = []
    for byte in content:
        total = (total << 8 | byte) & 0xFFF
        bits += 8
        while bits >= 5:  # noqa: PLR2004 — a word is full
            bits -= 5
            words.append(total >> bits & 31)
    if bits:
        words.append(total << (5 - bits) & 31)
    return words
