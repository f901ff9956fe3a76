"""Reading in a filled-in form: what was found in a PDF, beside what stands in the case. Nothing goes over by itself.

An empty field says nothing, so it never empties an answer. What is taken over is saved as if it had been typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.domain.answers import NO_VALUE_STATES, Answer
from desktop_app.domain.answers_in_fields import FieldReader
from desktop_app.domain.field_names import FormMark
from desktop_app.domain.filling import NOT_ASKED_FOR
from desktop_app.domain.forms import (
    Address,
    FilledItem,
    Item,
    ResponseStatus,
)
from desktop_app.domain.read_in_errors import (
    AnswerPdfOfOtherCase,
    AnswerPdfOfOtherForm,
    AnswerPdfOfOtherVersion,
)
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.values import VALUE_TYPES, ItemType
from desktop_app.printing.fields_in_pdf import read_fields
from desktop_app.services.forms import Edit, FormView, open_form
from desktop_app.services.forms import read as read_text
from desktop_app.services.session import Session

__all__ = ["FoundAnswer", "FoundAnswers", "edits_of", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer:
    """One answer in the PDF, and the one in the case. ``readable`` is false for what is kept as it was typed."""

    address: Address
    label_key: str
    answer: Answer
    found_words: str
    case_words: str
    differs: bool
    readable: bool

    @property
    def is_new(self) -> bool:
        """True when nothing stands in the case."""
        return self.differs and not self.case_words


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswers:
    """All that can be taken over, in the order of the form. ``left`` counts what was written in other fields.

    ``was_blank`` tells that it was written on a form made out for no case, so that nothing but the eye can tell
    whether it belongs here.
    """

    rows: tuple[FoundAnswer, ...]
    revision: int
    was_blank: bool
    left: int


def read(session: Session, case_id: str, form_id: str, pdf: bytes) -> FoundAnswers:
    """Return what stands in the fields of a PDF beside the answers of the form as it is now. Nothing is written.

    Raises:
        AnswerPdfDamaged, AnswerPdfLocked, AnswerPdfTooLarge, AnswerPdfWithoutFields: see ``read_fields``.
        AnswerPdfOfOtherForm: it is another form.
        AnswerPdfOfOtherVersion: it is the same form in another version.
        AnswerPdfOfOtherCase: it was made out in another case, or for an earlier form of this one.

    """
    found = read_fields(pdf)
    view = open_form(session, case_id, form_id)
    _must_fit(found.form, view)
    library, today = session.library, session.today
    reader = FieldReader(
        found.values, library.texts, lambda item, text: read_text(library, item, text, today=today)
    )
    asked = [entry for entry in view.filled.items() if _may_be_answered(entry.item, view.status)]
    known = {name for entry in asked for name in reader.names(entry.item)}
    return FoundAnswers(
        rows=tuple(_rows(asked, reader)),
        revision=view.revision,
        was_blank=not found.form.response_id,
        left=len(found.values.keys() - known),
    )


def edits_of(found: FoundAnswers, addresses: Iterable[Address]) -> tuple[Edit, ...]:
    """Return the answers at some addresses as edits of the form."""
    wanted = set(addresses)
    return tuple(Edit(row.address, row.answer) for row in found.rows if row.address in wanted)


def _must_fit(form: FormMark, view: FormView) -> None:
    definition = view.filled.definition
    if form.form_id != definition.id:
        raise AnswerPdfOfOtherForm(found=form.form_id, wanted=definition.id)
    if form.response_id not in ("", view.response_id):
        raise AnswerPdfOfOtherCase
    if form.version != definition.version:
        raise AnswerPdfOfOtherVersion(found=form.version, wanted=definition.version)


def _may_be_answered(item: Item, status: ResponseStatus) -> bool:
    if item.read_only or item.type is ItemType.REPEAT or item.type in NOT_ASKED_FOR:
        return False
    return item.stays_open or status is not ResponseStatus.FINISHED


def _rows(asked: Iterable[FilledItem], reader: FieldReader) -> Iterator[FoundAnswer]:
    for entry in asked:
        item, answer = entry.item, reader.answer(entry.item)
        if answer is not None:
            yield FoundAnswer(
                address=Address(item.link_id),
                label_key=f"{item.text_key}.label",
                answer=answer,
                found_words=_words(item, answer, reader.texts),
                case_words=_words(item, entry.answer, reader.texts),
                differs=answer != entry.answer,
                readable=answer.is_given,
            )


def _words(item: Item, answer: Answer, texts: Texts) -> str:
    if answer.state in NO_VALUE_STATES:
        return texts.get(f"answers.states.{answer.state.value}")
    if answer.value is None:
        return answer.typed
    return VALUE_TYPES[item.type].to_text(answer.value, lambda code: label_of(texts, item.table or "", code))
