"""Small numbers are hidden before they are shown to anybody: in a small municipality each of them is somebody.

No law says how small is too small (2026-11-22). Norms seen elsewhere hide fewer than 5; the threshold ``k`` is set
in each report. This covers one table with its total at a time, and single figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

DEFAULT_K = 5
MONEY_STEP = Decimal(10_000)
"""Kronor a sum of money is rounded to."""
MOST_OF_ONE = Decimal("0.8")
"""A sum of which one case makes up more than this share is that case's own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of a table as it may be shown. ``count`` is ``None`` when it is hidden; ``is_small`` says it is under k.

    A cell that is hidden and not small would give a small one away.
    """

    count: int | None
    is_small: bool = False


def suppressed(counts: Mapping[str, int], k: int = DEFAULT_K) -> Mapping[str, Shown]:
    """Return a table whose total is known to the reader, with nothing left that gives a number under ``k`` away.

    Each count from 1 to k - 1 is hidden. While what is hidden can be reckoned back from the total — one cell alone, or
    several that together are fewer than ``k`` — the smallest cell left is hidden too; a zero only when nothing else is.
    """
    hidden = {key for key, count in counts.items() if 0 < count < k}
    left = sorted(
        (key for key in counts if key not in hidden), key=lambda key: (counts[key] == 0, counts[key])
    )
    while hidden and left and _can_be_reckoned(counts, hidden, k):
        hidden.add(left.pop(0))
    return {
        key: Shown(None, is_small=0 < count < k) if key in hidden else Shown(count)
        for key, count in counts.items()
    }


def small_hidden(counts: Mapping[str, int], k: int = DEFAULT_K) -> Mapping[str, Shown]:
    """Return a table whose total nobody is told: each count from 1 to ``k`` - 1 is hidden, and nothing else."""
    return {
        key: Shown(None, is_small=True) if 0 < count < k else Shown(count) for key, count in counts.items()
    }


def shown_total(total: int, k: int = DEFAULT_K) -> Shown:
    """Return a total as it may be shown: fewer than ``k`` are hidden, and then there are no tables at all."""
    return Shown(None, is_small=True) if 0 < total < k else Shown(total)


def shown_median(values: Sequence[int], k: int = DEFAULT_K) -> int | None:
    """Return the middle one of at least ``k`` values, a half rounded up; ``None`` for fewer."""
    return int(median(values) + 0.5) if len(values) >= k else None


def shown_sum(parts: Iterable[Decimal], k: int = DEFAULT_K) -> Decimal | None:
    """Return a sum of money to the nearest ``MONEY_STEP``, each case's part being above nought or left out.

    ``None`` where fewer than ``k`` cases stand behind it, or where one of them is most of it.
    """
    known = [part for part in parts if part > 0]
    total = sum(known, Decimal(0))
    if len(known) < max(k, 1) or max(known) > MOST_OF_ONE * total:
        return None
    return (total / MONEY_STEP).quantize(Decimal(1), ROUND_HALF_UP) * MONEY_STEP


def _can_be_reckoned(counts: Mapping[str, int], hidden: set[str], k: int) -> bool:
    return len(hidden) == 1 or sum(counts[key] for key in hidden) < k
