"""The check before a paper leaves the house (röjandekontroll): what it withholds, and what it still would tell.

Fields are told by their class, running text by what the case knows (``known_words``). It points; a person decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.domain.answers import Answer
from desktop_app.domain.filling import NOT_FOR_READER, UNSEEN, WITHHELD
from desktop_app.domain.forms import Address, FilledForm, Item, Sensitivity
from desktop_app.domain.known_words import KnownWords
from desktop_app.domain.recipient_profiles import Basis, Reason, RecipientProfile
from desktop_app.domain.search_words import plain
from desktop_app.domain.values import ItemType

ASIDE = (WITHHELD, NOT_FOR_READER, UNSEEN)
WRITTEN = (ItemType.TEXT, ItemType.PARAGRAPH)
OFFICIAL = ("profile.", "police.")
OF_PROVIDER = ("provider", "organisation_number")
_AROUND = 28
"""How many letters of a text are told on either side of what was found in it."""


class HitKind(StrEnum):
    """What a hit tells; its words stand under ``disclosure_check.kinds``."""

    PLACE = "place"
    THIRD_PARTY = "third_party"
    POLICE = "police"
    IDENTITY = "identity"
    PROVIDER = "provider"
    PHONE = "phone"
    MUNICIPALITY = "municipality"
    NAME_IN_TEXT = "name_in_text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that would go out: ``words`` as they stand, with a little of the text ``around`` when found in one.

    ``id`` stays the same as long as the same words stand at the same address; it is never kept. ``text_key`` is that of
    the field.
    """

    id: str
    kind: HitKind
    words: str
    address: Address
    text_key: str
    around: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithheldField:
    """A field with an answer that is left out for this recipient."""

    address: Address
    text_key: str
    sensitivity: Sensitivity
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureCheck:
    """What the check of one form for one recipient found."""

    recipient: str | None
    hits: tuple[Hit, ...] = ()
    withheld: tuple[WithheldField, ...] = ()

    def not_ticked(self, ticked: Iterable[str]) -> tuple[Hit, ...]:
        """Return the hits that nobody has ticked."""
        known = frozenset(ticked)
        return tuple(hit for hit in self.hits if hit.id not in known)


def check(
    filled: FilledForm,
    profile: RecipientProfile,
    reasons: Mapping[Sensitivity, Reason],
    known: KnownWords,
) -> DisclosureCheck:
    """Return what a form, filled as it would go out, withholds and tells. What stays in the house is not checked."""
    places = tuple(_places(filled))
    withheld = tuple(
        WithheldField(
            address=address,
            text_key=item.text_key,
            sensitivity=sensitivity,
            reason=reasons.get(sensitivity, Reason.NOT_FOR_RECIPIENT),
        )
        for address, item, sensitivity, answer in places
        if answer.value in (WITHHELD, NOT_FOR_READER)
    )
    hits: dict[str, Hit] = {}
    if profile.is_outside:
        for address, item, sensitivity, answer in places:
            if answer.value not in ASIDE:
                for hit in _hits(address, item, sensitivity, answer, profile, known):
                    hits.setdefault(hit.id, hit)
    return DisclosureCheck(recipient=filled.recipient, hits=tuple(hits.values()), withheld=withheld)


def _places(filled: FilledForm) -> Iterator[tuple[Address, Item, Sensitivity, Answer]]:
    for entry in filled.items():
        item = entry.item
        if item.type is not ItemType.REPEAT:
            yield Address(item.link_id), item, item.sensitivity, entry.answer
        for row in entry.rows:
            for column in item.columns:
                inside = item.column_in(row, column)
                address = Address(item.link_id, row.id, column.link_id)
                yield address, column, inside.sensitivity_at(row.id), row.cell(column.link_id)


_OF_FIELD = {Sensitivity.PLACE: HitKind.PLACE, Sensitivity.THIRD_PARTY: HitKind.THIRD_PARTY}


def _hits(
    address: Address,
    item: Item,
    sensitivity: Sensitivity,
    answer: Answer,
    profile: RecipientProfile,
    known: KnownWords,
) -> Iterator[Hit]:
    kind = _OF_FIELD.get(sensitivity)
    if kind is HitKind.PLACE and item.link_id in OF_PROVIDER:
        kind = HitKind.PROVIDER
    if sensitivity is Sensitivity.POLICE and profile.basis is Basis.PERSON:
        kind = (
            HitKind.POLICE
        )  # what the police have told is weighed before the person sees it (OSL 10 kap. 3 §)
    text = answer.value if isinstance(answer.value, str) and item.type in WRITTEN else answer.typed
    if kind is not None:
        if answer.value is not None or answer.typed:
            yield _hit(kind, text, address, item)
    elif sensitivity is not Sensitivity.IDENTITY and text and item.type in WRITTEN and not _is_official(item):
        clean = plain(text)
        for found in known.found_in(clean):
            around = _around(clean, found.start, found.end)
            yield _hit(HitKind(found.kind.value), clean[found.start : found.end], address, item, around)


def _is_official(item: Item) -> bool:
    """Tell whether a field is about who writes or who is written to: the municipality's own, or the police's."""
    return any(key is not None and key.startswith(OFFICIAL) for key in (item.binds, item.fills_from))


def _hit(kind: HitKind, words: str, address: Address, item: Item, around: str = "") -> Hit:
    place = "/".join((kind, *address))
    digest = hashlib.blake2b(
        f"{place}\n{words.lower()}".encode("utf-8", "replace"), digest_size=6
    ).hexdigest()
    return Hit(
        id=f"{place}#{digest}",
        kind=kind,
        words=words,
        address=address,
        text_key=item.text_key,
        around=around,
    )


def _around(text: str, start: int, end: int) -> str:
    """Return a line of the text on both sides of a place, cut at blanks."""
    begins = 0 if start <= _AROUND else text.rfind(" ", 0, start - _AROUND) + 1
    stops = text.find(" ", end + _AROUND)
    stops = len(text) if stops < 0 else stops
    return f"{'…' if begins else ''}{' '.join(text[begins:stops].split())}{'…' if stops < len(text) else ''}"
