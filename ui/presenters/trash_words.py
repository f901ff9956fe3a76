"""What lies in the trash, in words. No Qt. Nothing that names or places a person stands in the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.domain.forms import Item, Row, Sensitivity
from desktop_app.domain.texts import Texts
from desktop_app.domain.trash import TrashItem
from ui.presenters.answer_words import row_words
from ui.presenters.case_presenter import Line

TELLING = (Sensitivity.IDENTITY, Sensitivity.PLACE, Sensitivity.THIRD_PARTY)


def trash_lines(items: Iterable[TrashItem], texts: Texts) -> tuple[Line, ...]:
    """Return a line for each thing, by its id."""
    return tuple(_line(item, texts) for item in items)


def _line(item: TrashItem, texts: Texts) -> Line:
    about = texts.get(
        "form_page.trash.about", removed=f"{item.removed_at.astimezone():%Y-%m-%d %H:%M}", gone=item.gone_on
    )
    return Line(item.place.ref, _title(item, texts), about)


def _title(item: TrashItem, texts: Texts) -> str:
    key = f"form_page.trash.{item.place.kind.value}"
    if item.item is None or item.row is None:
        return texts.get(key, what=item.words)
    what = _ordinary_words(item.item, item.row, texts)
    table = texts.get(f"{item.item.text_key}.label")
    return texts.get(key, table=table, what=what or texts.get("form_page.trash.empty_row"))


def _ordinary_words(table: Item, row: Row, texts: Texts) -> str:
    columns = tuple(column for column in table.columns if column.sensitivity not in TELLING)
    words = row_words(replace(table, columns=columns), row, texts)
    return ", ".join(part for part in (words.name, words.answers) if part)
