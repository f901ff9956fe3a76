"""The structured methods of a case as the person may read of them: name, day and result, and nothing of the method."""

from __future__ import annotations

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.forms import Row
from desktop_app.domain.texts import Texts, label_of

INSTRUMENTS = "instruments"
OTHER = "other"


def methods_rows(file: CaseFile, texts: Texts) -> tuple[Row, ...]:
    """Return a row for each method of the register that has a name, in the order they were noted."""
    return tuple(row for each in file.rows(INSTRUMENTS) if (row := _row(each, texts)) is not None)


def _row(noted: Row, texts: Texts) -> Row | None:
    code, own = noted.cell("instrument").value, noted.cell("name").value
    if not isinstance(code, str):
        return None
    name = str(own) if own and code == OTHER else label_of(texts, INSTRUMENTS, code)
    cells: dict[str, Answer] = {"name": answered(name)}
    cells |= {column: noted.cell(column) for column in ("used_on", "result") if noted.cell(column).is_given}
    return Row(noted.id, cells)
