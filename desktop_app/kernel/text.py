"""Text as people write it: cleaned for keeping, folded for finding, masked for showing.

*Folding* makes two spellings of one name equal (`ƏLİYEV`, `Əliyev`, `eliyev`); databases do not do
it for Azerbaijani, so it is done here and the result is stored beside the name.
"""

from __future__ import annotations

import re
import unicodedata

_DOTTED_AND_PLAIN_I = str.maketrans({"İ": "i", "I": "i"})
_NO_MARK_TO_REMOVE = str.maketrans({"ə": "e", "ә": "e", "ı": "i", "ß": "ss"})
_SCHWA_AS_A = str.maketrans({"ə": "a", "Ə": "a", "ә": "a", "Ә": "a"})
_WORD = re.compile(r"[^\W_]+")
_BLANKS = re.compile(r"\s+")
_BLANKS_IN_LINE = re.compile(r"[^\S\n]+")
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
# Control characters (but not the blanks among them), byte order marks, the invisible space, and
# everything that turns the direction of writing: a name must not be able to rewrite its line.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

_CYRILLIC = "абвгдезийклмнопрстуфыэғҝөүһјҹ"
_CYRILLIC_AS_LATIN = "abvgdeziyklmnoprstufieggouhyc"
_SHARED = dict(zip(_CYRILLIC, _CYRILLIC_AS_LATIN, strict=True)) | {
    "ц": "ts",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}
# How the same sound is written in Azerbaijan (folded: ş is s, ç is c) and in English. Russian has
# no h: it stands as г or х (Гусейнов, Шахин).
_AS_AZERBAIJANI = str.maketrans(_SHARED | {"ж": "j", "х": "x", "ч": "c", "ш": "s", "щ": "s"})
_WITH_H = str.maketrans(_SHARED | {"ж": "j", "х": "h", "г": "h", "ч": "c", "ш": "s", "щ": "s"})
# … and Azerbaijani q is written г or к (Ильгар, Рафик).
_WITH_Q = str.maketrans(
    _SHARED | {"ж": "j", "х": "x", "г": "q", "к": "q", "ч": "c", "ш": "s", "щ": "s"}
)
_SPELLED = (_AS_AZERBAIJANI, _WITH_H, _WITH_Q)
_AS_ENGLISH = str.maketrans(_SHARED | {"ж": "zh", "х": "kh", "ч": "ch", "ш": "sh", "щ": "shch"})


def clean(text: str, *, lines: bool = False) -> str:
    """Return text fit to be kept: NFC, trimmed, no control or direction characters.

    Runs of blanks become one space; with `lines`, line ends stay, as line feeds.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _UNWANTED.sub("", unicodedata.normalize("NFC", text))
    if not lines:
        return _BLANKS.sub(" ", text).strip()
    text = _BLANKS_IN_LINE.sub(" ", _LINE_ENDS.sub("\n", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def fold(text: str) -> str:
    """Return text without case, marks and the letters typed in place of others (ə and e, ı and i).

    `й` stays apart from `и`: they are different letters, not a letter and its mark.
    """
    composed = unicodedata.normalize("NFKC", text).translate(_DOTTED_AND_PLAIN_I)
    # Case folding can bring back letters that NFKC and the table above would change again.
    small = unicodedata.normalize("NFKC", composed.casefold()).translate(_NO_MARK_TO_REMOVE)
    return unicodedata.normalize("NFC", "й".join(_without_marks(part) for part in small.split("й")))


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def variants(word: str) -> frozenset[str]:
    """Return the folded spellings under which a word is found.

    They are the word itself, with `ə` read as `a`, and Cyrillic in Latin letters, written the
    Azerbaijani way (also with h and with q for г) and the English one.
    """
    plain = fold(word)
    spellings = {plain, fold(word.translate(_SCHWA_AS_A))}
    if not plain.isascii():
        heard = plain.replace("ие", "ийе")  # Алиев is Aliyev
        spellings.update(plain.translate(table) for table in (*_SPELLED, _AS_ENGLISH))
        spellings.update(heard.translate(table) for table in (*_SPELLED, _AS_ENGLISH))
    spellings.discard("")
    return frozenset(spellings)


def tokens(text: str) -> frozenset[str]:
    """Return the search tokens of a text: the variants of each of its words."""
    found: set[str] = set()
    for word in _WORD.findall(unicodedata.normalize("NFKC", text)):
        found |= variants(word)
    return frozenset(found)


def phone_tokens(e164: str) -> frozenset[str]:
    """Return what people remember of a phone number: its last nine, seven and four digits."""
    digits = "".join(c for c in e164 if c.isdecimal() and c.isascii())
    return frozenset(digits[-n:] for n in (9, 7, 4) if len(digits) >= n)


def masked_name(name: str) -> str:
    """Return the initials of a name; the dots do not tell its length."""
    return " ".join(f"{word[0]}•••" for word in name.split())


def masked_phone(phone: str) -> str:
    """Return a phone number with only its first four characters and last two digits."""
    return f"{phone[:4]}•••••{phone[-2:]}" if len(phone) > 7 else "•••••"  # noqa: PLR2004 - shown part


def masked_email(address: str) -> str:
    """Return an e-mail address with only the first letter before the @."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}•••{at}{domain}" if at else "•••"
