"""What is said of rehearsals that were made: one row each, and the words beside the receipt. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.domain.texts import Texts
    from desktop_app.services.backups import PastRehearsal

_WITH = {"passphrase": "passphrase", "recovery_key": "paper", "cards": "cards"}


def past_cells(past: PastRehearsal, texts: Texts) -> tuple[str, str, str, str, str]:
    """Return the row of a rehearsal: when, which copy, on what, opened with what, how it went."""
    return (
        f"{past.at:%Y-%m-%d %H:%M}",
        str(past.sequence),
        past.medium_name,
        texts.get(f"window.backups.rehearse.what.{_WITH[past.opened_with]}"),
        texts.get(f"window.backups.past.{past.outcome.value}"),
    )


def past_lines(past: PastRehearsal, texts: Texts) -> tuple[str, ...]:
    """Return what stands beside a receipt: how it went as a heading, then when, which copy and what opened it."""
    at, number, medium, opened_with, outcome = past_cells(past, texts)
    area = "window.backups.past"
    copy = "copy" if medium else "copy_of_file"
    lines = (
        outcome,
        texts.get(f"{area}.at", at=at),
        texts.get(f"{area}.{copy}", number=number, medium=medium),
    )
    return (*lines, texts.get(f"{area}.opened_with", what=opened_with)) if past.is_whole else lines
