"""Which field a text stands in: the item that asks for it, and the form that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop_app.domain.errors import FormNotFound
from desktop_app.domain.forms import FormDefinition, Item, Sensitivity
from desktop_app.domain.search_kinds import Rank, SearchKind, SearchText
from desktop_app.domain.search_words import plain, spellings
from desktop_app.domain.stored_answers import CASE_HOLDER
from desktop_app.domain.texts import label_of
from desktop_app.domain.values import ItemType
from desktop_app.services.library import Library
from desktop_app.storage.search_store import RawAnswer

_WRITTEN = (ItemType.TEXT, ItemType.PARAGRAPH, ItemType.PERSONAL_IDENTITY_NUMBER)
_CHOSEN = (ItemType.CHOICE, ItemType.MULTI_CHOICE)
_KINDS = {
    **dict.fromkeys(Sensitivity, (Rank.TEXTS, SearchKind.ANSWER)),
    Sensitivity.THIRD_PARTY: (Rank.TEXTS, SearchKind.PERSON),
    Sensitivity.IDENTITY: (Rank.PERSONS, SearchKind.PERSON),
    Sensitivity.PLACE: (Rank.TEXTS, SearchKind.PLACE),
}


@dataclass(frozen=True, slots=True)
class Field:
    """An item that was answered, where it stands on a form, and the words that name it."""

    item: Item
    form_id: str | None
    link_id: str
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class SearchFields:
    """All fields of a library, for finding the one an answer stands in."""

    library: Library
    shown: Mapping[str, tuple[str, str]]
    """Fact or register → form and link id where it is shown."""

    def of(self, answer: RawAnswer) -> Field | None:
        """Return the field of an answer; ``None`` for one no form asks for, or that another place already tells."""
        if answer.holder == CASE_HOLDER:
            return self._of_case(answer)
        try:
            form = self.library.form(answer.form_id, answer.form_version)
            item = form.item(answer.link_id)
        except (FormNotFound, KeyError):
            return None
        # What a finished form keeps of the case stands in the case as well, and is found there.
        if item.binds is not None or item.rows_from is not None or item.binds_row is not None:
            return None
        title = self.library.texts.get(f"{form.text_key}.title")
        return self._field(item, answer, form.id, answer.link_id, title)

    def _of_case(self, answer: RawAnswer) -> Field | None:
        schema = self.library.schema
        form_id, link_id = self.shown.get(answer.link_id, (None, answer.link_id))
        if answer.link_id in schema.facts and not answer.column:
            return self._field(schema.facts[answer.link_id], answer, form_id, link_id, "")
        register = schema.registers.get(answer.link_id)
        column = next((c for c in register.columns if c.link_id == answer.column), None) if register else None
        if column is None:
            return None
        title = self._form_title(form_id) if form_id else ""
        return Field(column, form_id, link_id, _joined(title, self._label(column)))

    def _field(
        self, item: Item, answer: RawAnswer, form_id: str | None, link_id: str, title: str
    ) -> Field | None:
        if answer.column:
            column = next((each for each in item.columns if each.link_id == answer.column), None)
            return column and Field(column, form_id, link_id, _joined(title, self._label(column)))
        return Field(item, form_id, link_id, _joined(title, self._label(item)))

    def _label(self, item: Item) -> str:
        key = f"{item.text_key}.label"
        return self.library.texts.get(key) if self.library.texts.has(key) else ""

    def _form_title(self, form_id: str) -> str:
        return self.library.texts.get(f"{self.library.form(form_id).text_key}.title")

    def text_of(self, answer: RawAnswer) -> SearchText | None:
        """Return what of an answer can be found; ``None`` when nothing of it is words."""
        field = self.of(answer)
        if field is None or field.item.read_only:
            return None
        if field.item.type in _WRITTEN:
            rank, kind = _KINDS[field.item.sensitivity]
            words = plain(answer.value)
            return SearchText(rank, kind, _about(answer), words, spellings(words))
        table, codes = field.item.codes_for(answer.row_id or None)
        if field.item.type in _CHOSEN and table is not None:
            chosen = [code for code in answer.value.split() if code in codes]
            words = ", ".join(label_of(self.library.texts, table, code) for code in chosen)
            _, kind = _KINDS[field.item.sensitivity]
            return SearchText(Rank.CHOICES, kind, _about(answer), words, "") if words else None
        return None


@lru_cache(maxsize=2)
def search_fields(library: Library) -> SearchFields:
    """Return the fields of a library; they are looked up once."""
    steps = [form for step in library.definitions.guide.steps for form in step.forms]
    # A step of the rail before the pages beside it: that is where a person expects to land. The key sheet shows what
    # others ask for, and comes last.
    forms: list[FormDefinition] = sorted(
        library.forms,
        key=lambda form: (form.kept_apart, steps.index(form.id) if form.id in steps else len(steps)),
    )
    shown: dict[str, tuple[str, str]] = {}
    for form in forms:
        for item in form.items():
            for key in (item.binds, item.rows_from):
                if key is not None:
                    shown.setdefault(key, (form.id, item.link_id))
    return SearchFields(library, shown)


def _about(answer: RawAnswer) -> str:
    return f"{answer.form_id} {answer.form_version}" if answer.form_id else ""


def _joined(title: str, label: str) -> str:
    return ": ".join(part for part in (title, label) if part)
