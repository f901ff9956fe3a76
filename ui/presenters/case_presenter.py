"""The words of a case page: head, documents, events, findings. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from desktop_app.domain.cases import CaseKind
from desktop_app.domain.errors import AppError
from desktop_app.domain.explanation import Told
from desktop_app.domain.forms import Address, FormDefinition, Gap, Item
from desktop_app.domain.texts import Texts
from desktop_app.services.library import Library
from ui.presenters.answer_words import row_label
from ui.presenters.event_words import event_words

if TYPE_CHECKING:
    from desktop_app.services.assessments import AssessmentView, ModelView
    from desktop_app.services.audit import EventView
    from desktop_app.services.cases import CaseSummary
    from desktop_app.services.changed_since import DifferingPrint
    from desktop_app.services.forms import DoubtView, FormView
    from desktop_app.services.kept_prints import IssuedSummary

CRITERIA_FORM = "F07"
"""The form beside which the findings are shown."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One line of the check before print, and the field it points at (``None`` when it points at none)."""

    words: str
    address: Address | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: what it is, the quiet words about it, and its id."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, slots=True)
class FindingsPart:
    """One headed list of sentences."""

    heading: str
    sentences: tuple[str, ...]
    facts: tuple[str, ...] = ()
    """Which fact each sentence is about, where it leads to the question that answers it."""

    below: tuple[str, ...] = ()
    """What stands below each sentence in smaller letters: its source, or what would follow."""

    asks: bool = False
    """The sentences are questions that wait for an answer."""


def head_words(summary: CaseSummary, texts: Texts) -> str:
    """Return the case in a line: code and what it points at."""
    parts = (summary.code, _standing(summary, texts))
    return " · ".join(part for part in parts if part)


def print_lines(
    documents: Sequence[IssuedSummary], texts: Texts, differing: Iterable[DifferingPrint] = ()
) -> tuple[Line, ...]:
    """Return the issued documents in words; those that differ from their form of today say so."""
    others = {each.document_id for each in differing}
    return tuple(
        Line(
            document.document_id,
            texts.get(document.title_key),
            _print_words(document, texts, differs=document.document_id in others),
        )
        for document in documents
    )


def _print_words(document: IssuedSummary, texts: Texts, *, differs: bool) -> str:
    words = texts.get(
        "form_page.prints.line",
        when=written_time(document.made_at),
        recipient=recipient_words(document.recipient, texts),
        status=texts.get(f"form_page.prints.{'finished' if document.status == 'finished' else 'draft'}"),
    )
    return texts.get("form_page.prints.differs", line=words) if differs else words


def differing_words(prints: Sequence[DifferingPrint], texts: Texts) -> str:
    """Return how many prints differ from their form, with reader and day of each."""
    told = [
        texts.get(
            "form_page.prints.one_differs",
            recipient=recipient_words(each.recipient, texts),
            day=each.made_at.astimezone().date().isoformat(),
        )
        for each in prints
    ]
    one = "_one" if len(prints) == 1 else ""
    return texts.get(f"form_page.prints.some_differ{one}", count=len(prints), which=", ".join(told))


def recipient_words(recipient: str | None, texts: Texts) -> str:
    """Return whom a paper is for."""
    if recipient is None:
        return texts.get("form_page.prints.file")
    return texts.get("form_page.prints.to", recipient=texts.get(f"tables.recipients.{recipient}"))


def event_lines(events: Sequence[EventView], library: Library) -> tuple[Line, ...]:
    """Return what has happened in the case in words."""
    return tuple(
        Line(str(event.seq), event_words(event, library), written_time(event.at)) for event in events
    )


def findings_parts(view: AssessmentView, texts: Texts) -> tuple[FindingsPart, ...]:
    """Return what the material points at, why, what is missing, and how other models see it.

    What is not known is told once, as missing, with the source that asks for it.
    """
    chosen = view.chosen
    others = tuple(f"{other.title}: {other.outcome}" for other in view.others if other.model != chosen.model)
    differs = tuple(sentence for each in view.differences for sentence in each.because)
    flags = chosen.flags if view.in_force else (texts.get("form_page.findings.not_in_force"), *chosen.flags)
    parts = (
        _part("points", (chosen.outcome,), texts),
        _part("handler", (chosen.handler,) if chosen.handler else (), texts),
        _because(chosen, texts),
        replace(_told("missing", chosen.lacking, texts), asks=True),
        _told("would_change", chosen.changes, texts),
        _part("flags", flags, texts),
        _part("others", others, texts),
        _part("differs", tuple(dict.fromkeys(differs)), texts),
    )
    return tuple(part for part in parts if part.sentences)


def _part(key: str, sentences: tuple[str, ...], texts: Texts) -> FindingsPart:
    return FindingsPart(texts.get(f"form_page.findings.{key}"), sentences)


def _told(key: str, told: tuple[Told, ...], texts: Texts) -> FindingsPart:
    part = _part(key, tuple(each.words for each in told), texts)
    return replace(part, facts=tuple(each.fact for each in told), below=tuple(each.below for each in told))


def _because(chosen: ModelView, texts: Texts) -> FindingsPart:
    if chosen.because or not chosen.lacking:
        return _told("because", chosen.because, texts)
    return _part("because", (texts.get("form_page.findings.because_open"),), texts)


def remarks(view: FormView, texts: Texts) -> tuple[Remark, ...]:
    """Return the check before print: what is missing or cannot be read, then what looks odd."""
    definition = view.filled.definition
    found = [Remark(_gap_words(gap, definition, texts), gap.address) for gap in view.gaps]
    found += [Remark(_doubt_words(doubt, texts), _doubt_address(doubt, definition)) for doubt in view.doubts]
    return tuple(dict.fromkeys(found))


def error_words(error: AppError, texts: Texts) -> str:
    """Return what happened, what is safe and what to do, in one paragraph."""
    parts = ("happened", "safe", "do")
    return " ".join(texts.get(f"errors.{error.code}.{part}", **error.params) for part in parts)


def written_time(moment: datetime) -> str:
    """Write a moment as people do: ``2026-11-22 14:32``."""
    return f"{moment:%Y-%m-%d %H:%M}"


def copy_name(form_id: str, case_code: str) -> str:
    """Return the neutral name of a saved copy: form and case code, nothing about the person."""
    return f"{form_id}-{case_code}.pdf"


def _standing(summary: CaseSummary, texts: Texts) -> str:
    """Return what a case is: whose file, when it is not the file of somebody who leaves, else where it stands."""
    if summary.kind != CaseKind.LEAVER:
        return texts.get(f"tables.case_kind.{summary.kind}")
    if summary.outcome:
        key = f"tables.outcomes.{summary.outcome}"
        return texts.get(key) if texts.has(key) else summary.outcome
    return texts.get(summary.stage_key) if texts.has(summary.stage_key) else ""


def _gap_words(gap: Gap, definition: FormDefinition, texts: Texts) -> str:
    label = texts.get(f"{gap.text_key}.label")
    if gap.unreadable:
        return texts.get("form_page.print.unreadable", label=label)
    row = _row_name(gap, definition, texts)
    if row:
        return texts.get("form_page.print.gap_row", label=label, row=row)
    return texts.get("form_page.print.gap", label=label)


def _row_name(gap: Gap, definition: FormDefinition, texts: Texts) -> str:
    if not gap.address.row_id:
        return ""
    item: Item = definition.item(gap.address.link_id)
    return row_label(item, gap.address.row_id, texts) or texts.get(f"{item.text_key}.label")


def _doubt_words(doubt: DoubtView, texts: Texts) -> str:
    return texts.get(doubt.text_key, **doubt.params)


def _doubt_address(doubt: DoubtView, definition: FormDefinition) -> Address | None:
    if doubt.row_id is None:
        return None
    repeats = [item for item in definition.items() if item.rows_from == "cost_lines"]
    return Address(repeats[0].link_id, doubt.row_id) if repeats else None
