"""What a case knows of who and where people are, gathered from the fields that ask for it and from tied cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.domain.forms import Item, Sensitivity
from desktop_app.domain.known_words import Known, KnownKind, KnownWords
from desktop_app.domain.profile import profile_from_settings
from desktop_app.domain.search_words import number_spans, plain, word_spans
from desktop_app.domain.ties import TIES
from desktop_app.domain.values import ItemType
from desktop_app.services.search_fields import SearchFields, search_fields
from desktop_app.services.session import Session
from desktop_app.storage.search_store import RawAnswer
from desktop_app.storage.unit_of_work import StoreSet

OFFICIALS = frozenset(
    ("defector_coordinator", "bops_officer", "probation", "kriminalvarden", "counsel", "interpreter")
)
"""Roles of those who work with the case: that their names stand in a paper gives nobody away."""

OF_CLIENT, OF_POLICE = "client.", "police."
_MEETINGS = "meeting"
_WRITTEN = (ItemType.TEXT, ItemType.PERSONAL_IDENTITY_NUMBER)
_KINDS_BY_NAME = (
    ("provider", KnownKind.PROVIDER),
    ("organisation_number", KnownKind.PROVIDER),
    ("municipality", KnownKind.MUNICIPALITY),
)


def known_words(session: Session, case_id: str, *, names_client: bool) -> KnownWords:
    """Return what to look for in a paper of a case; the person's own name only when it may not be ``names_client``.

    The municipality the program is used in is left out: it stands at the head of every page.
    """
    library = session.library
    fields = search_fields(library)
    municipalities = frozenset(each.name.lower() for each in library.municipalities)
    with session.reading() as stores:
        known = {
            each
            for answer, is_own in _answers(stores, case_id)
            if not (
                is_own and names_client and answer.link_id.startswith(OF_CLIENT) and _says_who(fields, answer)
            )
            for each in _of_answer(fields, answer, municipalities)
        }
        own = bare_municipality(profile_from_settings(stores.settings.all()).municipality).lower()
        others = _names_of_police(stores, case_id)
    kept = sorted(
        one
        for one in known
        if one.text and bare_municipality(one.text).lower() != own and one.text not in others
    )
    words = library.definitions
    return KnownWords(tuple(kept), frozenset(words.everyday_words), frozenset(words.silent_words) | {own})


def bare_municipality(name: str) -> str:
    """Return a municipality's name without the word that follows it: Ale kommun is Ale."""
    return name.strip().removesuffix(" kommun").removesuffix(" stad").strip()


def _answers(stores: StoreSet, case_id: str) -> Iterator[tuple[RawAnswer, bool]]:
    """Yield the answers of a case, and of the cases of those around the person."""
    tied = [link.seen_from(case_id)[0] for link in stores.case_links.of_case(case_id)]
    for each in dict.fromkeys((case_id, *tied)):
        answers = stores.search.answers(each)
        officials = {
            answer.row_id
            for answer in answers
            if answer.link_id == TIES and answer.column == "role" and answer.value in OFFICIALS
        }
        for answer in answers:
            if not (answer.link_id == TIES and answer.row_id in officials):
                yield answer, each == case_id


def _says_who(fields: SearchFields, answer: RawAnswer) -> bool:
    field = fields.of(answer)
    return field is not None and field.item.sensitivity is Sensitivity.IDENTITY


def _of_answer(fields: SearchFields, answer: RawAnswer, municipalities: frozenset[str]) -> Iterator[Known]:
    field = fields.of(answer)
    if field is None or field.item.type not in _WRITTEN:
        return
    item, text = field.item, plain(answer.value)
    if item.type is ItemType.PERSONAL_IDENTITY_NUMBER:
        yield Known(KnownKind.IDENTITY_NUMBER, text)
    elif item.sensitivity is Sensitivity.IDENTITY:
        yield Known(KnownKind.NAME, text)
    elif item.sensitivity is Sensitivity.THIRD_PARTY and not answer.link_id.startswith(_MEETINGS):
        yield from (Known(KnownKind.NAME, word) for word in _names_in(text))
    elif item.sensitivity is Sensitivity.PLACE:
        yield from _of_place(item, text, municipalities)


def _names_of_police(stores: StoreSet, case_id: str) -> frozenset[str]:
    """Return single names of those at the police who work with the case, also noted among others to call."""
    texts = [
        answer.value for answer in stores.search.answers(case_id) if answer.link_id.startswith(OF_POLICE)
    ]
    return frozenset(word for text in texts for word in _capital_words(plain(text)))


def _names_in(text: str) -> Iterable[str]:
    """Return the words of a note about others that look like names: with a capital, not the first of a sentence."""
    first, *later = [*word_spans(text)] or [(0, 0)]
    capital = [text[start:end] for start, end in later if text[start].isupper()]
    return [*([text[slice(*first)]] if capital or not later else []), *capital]


def _of_place(item: Item, text: str, municipalities: frozenset[str]) -> Iterator[Known]:
    for start, end in number_spans(text):
        yield Known(KnownKind.PHONE, text[start:end])
    kind = next((kind for part, kind in _KINDS_BY_NAME if part in item.link_id), KnownKind.PLACE)
    named = frozenset(word.lower() for word in _capital_words(text)) & municipalities
    if kind is KnownKind.PLACE:
        yield from (Known(KnownKind.MUNICIPALITY, word.capitalize()) for word in sorted(named))
    yield Known(kind, bare_municipality(text))


def _capital_words(text: str) -> Iterable[str]:
    return (text[start:end] for start, end in word_spans(text) if text[start].isupper())
