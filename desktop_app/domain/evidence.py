"""What each criterion rests on: as many rows as there are sources, each with strength, day and words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.answers import answered
from desktop_app.domain.assessments import CRITERIA
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Row
from desktop_app.domain.texts import Texts, label_of

EVIDENCE = "evidence"
EVIDENCE_LINES = "evidence_lines"
"""The column of the criteria in which their evidence is shown, line by line."""

_STRENGTHS = {"strong": 0, "some": 1, "weak": 2}


def with_evidence_lines(file: CaseFile, texts: Texts) -> CaseFile:
    """Return the case file with the evidence of each criterion told in the criterion's own row, the strongest first."""
    rows = file.rows(EVIDENCE)
    if not rows:
        return file
    return file.with_rows(
        CRITERIA, tuple(_with_lines(row, evidence_of(rows, row.id), texts) for row in file.rows(CRITERIA))
    )


def evidence_of(rows: Sequence[Row], criterion: str) -> tuple[Row, ...]:
    """Return what speaks for or against one criterion: the strongest first, then the newest."""
    meant = [row for row in rows if row.cell("criterion").value == criterion]
    newest = sorted(meant, key=lambda row: _day(row) or date.min, reverse=True)
    return tuple(sorted(newest, key=lambda row: _STRENGTHS.get(str(row.cell("strength").value), 3)))


def _with_lines(criterion: Row, rows: Sequence[Row], texts: Texts) -> Row:
    if not rows:
        return criterion
    return criterion.with_cell(EVIDENCE_LINES, answered("\n".join(_line(row, texts) for row in rows)))


def _line(row: Row, texts: Texts) -> str:
    day = _day(row)
    source, strength = row.cell("source").value, row.cell("strength").value
    return texts.get(
        "evidence.line" if day else "evidence.line_undated",
        day=day or "",
        source=label_of(texts, "evidence_source", str(source)) if source else texts.get("evidence.no_source"),
        strength=label_of(texts, "evidence_strength", str(strength)).lower()
        if strength
        else texts.get("evidence.no_strength"),
        words=row.cell("words").value or row.cell("words").typed,
    ).rstrip(": ")


def _day(row: Row) -> date | None:
    value = row.cell("dated").value
    return value if isinstance(value, date) else None
