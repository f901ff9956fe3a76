"""Where a hit stands, in words, and what it opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from desktop_app.domain.search_kinds import SearchPart
from desktop_app.domain.texts import Texts
from desktop_app.services.library import Library
from desktop_app.services.search_fields import SearchFields, search_fields
from desktop_app.services.search_index import ADDENDUM, DRAFT, answer_at
from desktop_app.storage.search_store import FoundText


@dataclass(frozen=True, slots=True)
class Target:
    """What a hit opens: a field of a form, or a thing of the case's rail (``thing_ref`` is which of them)."""

    form_id: str | None = None
    link_id: str = ""
    row_id: str = ""
    column: str = ""
    thing: str = ""
    thing_ref: str = ""


NO_PLACE = Target()


@dataclass(frozen=True, slots=True, eq=False)
class SearchPlaces:
    """The places of a library. What a field is called is looked up once: the same few are found again and again."""

    fields: SearchFields
    shown: dict[tuple[str, str, str], tuple[str, str | None, str]] = field(
        default_factory=dict[tuple[str, str, str], tuple[str, str | None, str]]
    )

    def of(self, text: FoundText) -> tuple[str, Target]:
        """Return where a text stands, in words, and what opens it."""
        texts = self.fields.library.texts
        match text.part:
            case SearchPart.ANSWERS:
                return self._of_answer(text)
            case SearchPart.NOTES:
                return _note_label(texts, text.about), Target(thing="journal", thing_ref=text.ref)
            case SearchPart.CASE:
                return texts.get("search.places.case"), NO_PLACE
            case SearchPart.DOCUMENTS | SearchPart.PRINTS as part:
                return texts.get(f"search.places.{part}"), Target(thing=part.value, thing_ref=text.ref)

    def sort_of(self, text: FoundText) -> str:
        """Return what tells two places apart by what they are called, without looking up what that is."""
        if text.part is not SearchPart.ANSWERS:
            return f"{text.part} {text.about}"
        _, link_id, _, column = text.ref.split("/")
        return f"{text.about} {link_id} {column}"

    def _of_answer(self, text: FoundText) -> tuple[str, Target]:
        answer = answer_at(text.ref, text.about)
        key = (text.about, answer.link_id, answer.column)
        known = self.shown.get(key)
        if known is None:
            found = self.fields.of(answer)
            words = self.fields.library.texts.get("search.places.answer")
            known = (words, None, "") if found is None else (found.label, found.form_id, found.link_id)
            self.shown[key] = known
        label, form_id, link_id = known
        return label, Target(form_id, link_id, answer.row_id, answer.column) if link_id else NO_PLACE


@lru_cache(maxsize=2)
def search_places(library: Library) -> SearchPlaces:
    """Return the places of a library; they are made once."""
    return SearchPlaces(search_fields(library))


def _note_label(texts: Texts, about: str) -> str:
    state, day, *rest = about.split()
    label = texts.get(f"search.places.{'addendum' if ADDENDUM in rest else 'note'}", day=day)
    return texts.get("search.places.draft", note=label) if state == DRAFT else label
