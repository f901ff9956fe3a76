"""Plain text of unknown origin: which encoding it has, and how it is shown so that nothing in it can deceive."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Final

SAMPLE_BYTES: Final = 1 << 16
MOST_TEXT: Final = 10 * 1024 * 1024
"""Bytes; a text of a hundred thousand lines."""

PART_SIGNS: Final = 40_000
"""Shown at a time; the view stays quick whatever the length."""

LONGEST_LINE: Final = 4_000
"""A line without end is broken here: laying it out whole would take minutes."""

_MOST_CONTROLS: Final = 0.05
_KEPT_CONTROLS: Final = frozenset("\t\n\r\f")
#: Signs that turn the direction of writing or take no room: they make words look like other words.
_HIDDEN: Final = frozenset(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0x200E, 0x200F, 0x2060, 0x061C, 0xFEFF]
)
_DECEIVES: Final = re.compile(
    "[" + "".join(map(re.escape, map(chr, sorted(_HIDDEN)))) + "\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]"
)
_STRETCH: Final = 1 << 18
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(content: bytes) -> str:
    """Return the encoding: by its mark, by its zeros (UTF-16), UTF-8 when it holds, else Windows' Latin-1."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return name
    sample = content[:SAMPLE_BYTES]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)  # may end in the middle of a sign
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(content: bytes) -> str:
    """Return the text; what no encoding explains becomes the sign for that. Line ends become one kind."""
    encoding = encoding_of(content)
    if encoding.startswith(("utf-16", "utf-32")):
        content = content[: len(content) - len(content) % (4 if "32" in encoding else 2)]
    text = content.decode(encoding, errors="replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def looks_like_text(content: bytes) -> bool:
    """Tell text from data: hardly any control signs once its encoding is known."""
    sample = decoded(content[:SAMPLE_BYTES])
    odd = sum(1 for sign in sample if _is_control(sign) or sign == "\ufffd")
    return bool(sample.strip()) and odd <= _MOST_CONTROLS * len(sample) + 1


def holds_hidden_signs(text: str) -> bool:
    """Tell whether something in it would deceive the eye."""
    return any(_DECEIVES.search(text, at, at + _STRETCH) for at in range(0, len(text), _STRETCH))


def shown(text: str) -> str:
    """Return the text with every hidden sign made visible and no line without end."""
    plain = "".join(_visible(sign) for sign in text)
    lines = [
        line[at : at + LONGEST_LINE]
        for line in plain.split("\n")
        for at in range(0, max(1, len(line)), LONGEST_LINE)
    ]
    return "\n".join(lines)


def parts(text: str) -> list[str]:
    """Return the text in parts to be shown one at a time, broken at line ends where there are any."""
    found: list[str] = []
    at = 0
    while at < len(text):
        end = min(len(text), at + PART_SIGNS)
        if end < len(text):
            line_end = text.rfind("\n", at + PART_SIGNS // 2, end)
            end = line_end + 1 if line_end > 0 else end
        found.append(text[at:end])
        at = end
    return found or [""]


def _is_control(sign: str) -> bool:
    return sign not in _KEPT_CONTROLS and unicodedata.category(sign) == "Cc"


def _visible(sign: str) -> str:
    code = ord(sign)
    if code in _HIDDEN:
        return f"⟨U+{code:04X}⟩"
    if sign in _KEPT_CONTROLS or not _is_control(sign):
        return sign
    return chr(0x2400 + code) if code < 0x20 else f"⟨U+{code:04X}⟩"
