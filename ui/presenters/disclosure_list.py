"""The disclosure register as a list. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.domain.disclosures import Corrected, DisclosureLine, Grounds
from desktop_app.domain.texts import Texts
from desktop_app.services.disclosure_words import line_words
from desktop_app.services.disclosures import NotNoted
from ui.presenters.case_presenter import written_time


@dataclass(frozen=True, slots=True)
class DisclosureRow:
    """One line of the register. ``corrections`` stand under it; ``note`` says that one of them counts instead."""

    id: str
    title: str
    outcome: str
    details: tuple[str, ...]
    written: str
    note: str = ""
    corrections: tuple[DisclosureRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A print that nobody has noted as given out."""

    document_id: str
    words: str
    name: str


def disclosure_rows(lines: Sequence[Corrected], grounds: Grounds, texts: Texts) -> tuple[DisclosureRow, ...]:
    """Return the register, the latest first."""
    return tuple(_whole(entry, grounds, texts) for entry in lines)


def print_rows(prints: Sequence[NotNoted], texts: Texts) -> tuple[PrintRow, ...]:
    """Return the prints that left without being noted."""
    return tuple(_print(one, texts) for one in prints)


def _print(one: NotNoted, texts: Texts) -> PrintRow:
    title, day = texts.get(one.title_key), one.made_at.date().isoformat()
    recipient = texts.get(f"tables.recipients.{one.recipient}")
    return PrintRow(
        one.document_id,
        texts.get("disclosures.not_noted", title=title, recipient=recipient, day=day),
        texts.get("disclosures.note_it_name", title=title, day=day),
    )


def _whole(entry: Corrected, grounds: Grounds, texts: Texts) -> DisclosureRow:
    corrections = tuple(
        _row(
            line,
            grounds,
            texts,
            note=texts.get("disclosures.correction", when=written_time(line.written_at.astimezone())),
        )
        for line in entry.corrections
    )
    note = texts.get("disclosures.corrected") if corrections else ""
    return _row(entry.line, grounds, texts, note=note, corrections=corrections)


def _row(
    line: DisclosureLine,
    grounds: Grounds,
    texts: Texts,
    *,
    note: str,
    corrections: tuple[DisclosureRow, ...] = (),
) -> DisclosureRow:
    words = line_words(line, grounds, texts)
    outcome = words.outcome.split("\n")
    head = outcome[0]
    if words.ground:
        head = texts.get("disclosures.outcome_ground", outcome=head, ground=words.ground)
    details = (words.check, *words.what.split("\n"), *words.need.split("\n"), *outcome[1:], words.decided)
    return DisclosureRow(
        id=line.id,
        title=texts.get("disclosures.register_of", when=words.day, recipient=words.recipient),
        outcome=head,
        details=tuple(part for part in details if part),
        written=texts.get(
            "disclosures.written", when=written_time(line.written_at.astimezone()), who=line.written_by
        ),
        note=note,
        corrections=corrections,
    )
