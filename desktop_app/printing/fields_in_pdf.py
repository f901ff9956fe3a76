"""What has been written in the fields of a PDF. The file comes from outside: it is trusted with nothing.

Only the values of fields are read; nothing in the file is drawn, run, followed or unpacked but what qpdf needs to find
them, and that within limits. A file that has to be mended before it can be read is refused: half an answer is worse
than none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeGuard

from desktop_app.domain.field_names import FormMark, split_name
from desktop_app.domain.read_in_errors import (
    AnswerPdfDamaged,
    AnswerPdfLocked,
    AnswerPdfTooLarge,
    AnswerPdfWithoutFields,
)

if TYPE_CHECKING:
    from pikepdf import Array, Dictionary, Object

MOST_BYTES: Final = 20 << 20
MOST_FIELDS: Final = 5_000
MOST_DEPTH: Final = 12
MOST_TEXT: Final = 1 << 20
"""Of all values together, in characters."""

_MOST_UNPACKED: Final = 64 << 20
_MOST_WARNINGS: Final = 20
_MOST_IN_ONE: Final = 50_000
_OFF: Final = "Off"


@dataclass(frozen=True, slots=True)
class FieldsInPdf:
    """The form that the fields belong to, and what stands in those that are not empty, by their own names."""

    form: FormMark
    values: Mapping[str, tuple[str, ...]]


def read_fields(pdf: bytes) -> FieldsInPdf:
    """Return what has been written in the fields of a form of ours.

    Raises:
        AnswerPdfTooLarge: more bytes, fields or text than a filled-in form can have.
        AnswerPdfLocked: it opens with a password alone.
        AnswerPdfDamaged: it is no PDF or cannot be read as it stands.
        AnswerPdfWithoutFields: it has no fields of ours.

    """
    if len(pdf) > MOST_BYTES:
        raise AnswerPdfTooLarge(most=MOST_BYTES >> 20)
    import pikepdf  # when first needed: it takes long

    pikepdf.settings.set_qpdf_limits(
        doc_max_warnings=_MOST_WARNINGS,
        flate_max_memory=_MOST_UNPACKED,
        png_max_memory=_MOST_UNPACKED,
        tiff_max_memory=_MOST_UNPACKED,
        run_length_max_memory=_MOST_UNPACKED,
        parser_max_container_size=_MOST_IN_ONE,
    )
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as opened:
            return _sorted_by_form(_Walk().values(opened.Root))
    except pikepdf.PasswordError:
        raise AnswerPdfLocked from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        # What pikepdf raises where a file's objects are not of the kinds they must be.
        raise AnswerPdfDamaged from None


def _sorted_by_form(found: Iterator[tuple[str, tuple[str, ...]]]) -> FieldsInPdf:
    """Keep the fields of the first form that is ours; another program's own fields are left."""
    form: FormMark | None = None
    values: dict[str, tuple[str, ...]] = {}
    for name, value in found:
        known = split_name(name)
        if known is None or (form is not None and known[0] != form):
            continue
        form = known[0]
        if value:
            values[known[1]] = value
    if form is None:
        raise AnswerPdfWithoutFields
    return FieldsInPdf(form, values)


class _Walk:
    """Goes through the tree of fields once, whatever its branches say of each other."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()
        self._fields = 0
        self._text = 0

    def values(self, root: Object) -> Iterator[tuple[str, tuple[str, ...]]]:
        form = root.get("/AcroForm")
        fields = form.get("/Fields") if _is_dictionary(form) else None
        for field in _each(fields):
            yield from self._branch(field, "", "", 0)

    def _branch(
        self, field: Object, above: str, kind: str, depth: int
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        if not _is_dictionary(field) or depth > MOST_DEPTH or self._is_known(field):
            return
        own = field.get("/T")
        name = f"{above}.{own}" if above and own is not None else above or _text(own)
        kind = _text(field.get("/FT")) or kind
        children = [each for each in _each(field.get("/Kids")) if _is_dictionary(each)]
        named = [each for each in children if "/T" in each]
        for child in named:
            yield from self._branch(child, name, kind, depth + 1)
        if not named and name:
            yield name, self._value(field, children, kind)

    def _is_known(self, field: Object) -> bool:
        self._fields += 1
        if self._fields > MOST_FIELDS:
            raise AnswerPdfTooLarge(most=MOST_BYTES >> 20)
        place = field.objgen
        if place == (0, 0):
            return False
        known = place in self._seen
        self._seen.add(place)
        return known

    def _value(self, field: Object, widgets: Sequence[Object], kind: str) -> tuple[str, ...]:
        value = field.get("/V")
        if kind == "/Btn":
            # Some programs note a tick at the box alone.
            states = [value] if value is not None else [each.get("/AS") for each in (field, *widgets)]
            given = [_text(each).removeprefix("/") for each in states]
            return tuple(each for each in dict.fromkeys(given) if each and each != _OFF)[:1]
        parts = [_text(each) for each in (_each(value) if _is_array(value) else (value,))]
        self._text += sum(len(part) for part in parts)
        if self._text > MOST_TEXT:
            raise AnswerPdfTooLarge(most=MOST_BYTES >> 20)
        return tuple(part for part in parts if part.strip())


def _each(found: Object | None) -> Iterator[Object]:
    return iter(found) if _is_array(found) else iter(())


def _is_array(found: Object | None) -> TypeGuard[Array]:
    from pikepdf import Array

    return isinstance(found, Array)


def _is_dictionary(found: Object | None) -> TypeGuard[Dictionary]:
    from pikepdf import Dictionary

    return isinstance(found, Dictionary)


def _text(found: Object | None) -> str:
    """Return a text, or a name with its stroke; of a long text kept apart as a stream, what it holds."""
    from pikepdf import Name, Stream, String

    if isinstance(found, String | Name):
        return str(found).replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(found, Stream):
        return str(String(found.read_bytes()))
    return ""
