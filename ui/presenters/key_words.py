"""What is said of passphrase, paper and cards: since when, who holds them, when they were last tried. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.domain.texts import Texts
    from desktop_app.services.recovery import CopyToDestroy, Holder, KeysView

PLAIN, SOFT, WAITING = "", "soft", "waiting"

Fact = tuple[str, str, str]
"""Name, words, and the role of the theme that the words are shown in."""


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card in the list of them."""

    number: int
    cells: tuple[str, ...]


def since_words(day: date | None, today: date, texts: Texts) -> str:
    """Return since when something opens the store."""
    if day is None:
        return texts.get("window.keys.since_unknown")
    if day == today:
        return texts.get("window.keys.since_today")
    return texts.get("window.keys.since", day=day.isoformat())


def sheet_facts(view: KeysView, today: date, texts: Texts) -> list[Fact]:
    """Return what is known of the recovery paper."""
    return [
        (texts.get("window.keys.sheet.since"), since_words(view.sheet_since, today, texts), PLAIN),
        *_holder_facts(view.sheet, today, texts),
    ]


def _holder_facts(holder: Holder | None, today: date, texts: Texts) -> list[Fact]:
    who = holder.holder if holder is not None else ""
    place = holder.place if holder is not None else ""
    handed = holder.handed_on if holder is not None else None
    checked = holder.checked_on if holder is not None else None
    unknown = texts.get("window.keys.not_noted")
    facts = [
        (texts.get("window.keys.holder"), who or unknown, PLAIN if who else WAITING),
        (texts.get("window.keys.place"), place or unknown, PLAIN if place else WAITING),
    ]
    if handed is not None:
        facts.append((texts.get("window.keys.handed_on"), handed.isoformat(), PLAIN))
    facts.append(
        (
            texts.get("window.keys.checked_on"),
            checked_words(checked, today, texts),
            PLAIN if checked else WAITING,
        )
    )
    return facts


def checked_words(day: date | None, today: date, texts: Texts) -> str:
    """Return when a paper was last tried."""
    if day is None:
        return texts.get("window.keys.never_checked")
    return texts.get("window.keys.checked_today") if day == today else day.isoformat()


def card_rows(cards: Sequence[Holder], today: date, texts: Texts) -> list[CardRow]:
    """Return the cards as they stand in their list."""
    unknown = texts.get("window.keys.not_noted")
    return [
        CardRow(
            card.card_number,
            (
                texts.get("window.keys.cards.name", number=card.card_number),
                card.holder or unknown,
                card.place or unknown,
                checked_words(card.checked_on, today, texts),
            ),
        )
        for card in cards
    ]


def rehearsal_words(view: KeysView, texts: Texts) -> str:
    """Return when the papers should next be tried."""
    key = "overdue" if view.rehearsal_overdue else "due"
    return texts.get(f"window.keys.rehearsal.{key}", day=view.rehearsal_due_on.isoformat())


def cost_words(view: KeysView, texts: Texts) -> str:
    """Return what one guess at the passphrase costs whoever has taken the computer."""
    return texts.get("window.keys.cost", memory=view.memory_mib, passes=view.passes)


def destroy_words(copies: Sequence[CopyToDestroy], texts: Texts) -> list[str]:
    """Return the copies that an older key opens, a line each: made when, on what, by what name."""
    return [
        texts.get(
            "window.keys.destroy.line",
            made=f"{copy.made_at:%Y-%m-%d %H:%M}",
            medium=copy.medium or copy.path.parent,
            name=copy.path.name,
        )
        for copy in copies
    ]
