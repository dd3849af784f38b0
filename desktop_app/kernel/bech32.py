"""Bech32 (BIP 173) without its length limit, as age writes its keys."""

from __future__ import annotations

from collections.abc import Iterable

_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK_LENGTH = 6


def encode(prefix: str, payload: bytes | bytearray) -> str:
    """Return `payload` under a lower-case `prefix`."""
    values = _regrouped(payload, 8, 5, pad=True)
    polymod = _polymod([*_expanded(prefix), *values, *[0] * _CHECK_LENGTH]) ^ 1
    check = [polymod >> 5 * (5 - i) & 31 for i in range(_CHECK_LENGTH)]
    return prefix + "1" + "".join(_CHARSET[v] for v in [*values, *check])


def decode(prefix: str, text: str) -> bytes:
    """Return the payload of `text`; ValueError where it is not valid under `prefix`."""
    lower = text.lower()
    found, _, coded = lower.rpartition("1")
    if text not in {lower, text.upper()} or found != prefix:
        message = f"not a bech32 text starting with {prefix}1"
        raise ValueError(message)
    values = [_CHARSET.index(c) for c in coded]
    if len(values) < _CHECK_LENGTH or _polymod([*_expanded(prefix), *values]) != 1:
        message = "the bech32 checksum does not match"
        raise ValueError(message)
    return bytes(_regrouped(values[:-_CHECK_LENGTH], 5, 8, pad=False))


def _expanded(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, generator in enumerate(_GENERATOR):
            check ^= generator if top >> i & 1 else 0
    return check


def _regrouped(values: Iterable[int], old: int, new: int, *, pad: bool) -> list[int]:
    bits = pending = 0
    grouped: list[int] = []
    for value in values:
        pending = pending << old | value
        bits += old
        while bits >= new:
            bits -= new
            grouped.append(pending >> bits & (1 << new) - 1)
        pending &= (1 << bits) - 1
    if pad and bits:
        grouped.append(pending << new - bits)
    elif bits >= old or pending:
        message = "the bech32 padding is not zero"
        raise ValueError(message)
    return grouped
