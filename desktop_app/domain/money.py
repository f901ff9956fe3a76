"""Money in Swedish kronor, as ``Decimal``, and the one way to round and to share it out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

KRONA = Decimal(1)
ORE = Decimal("0.01")


def to_krona(amount: Decimal) -> Decimal:
    """Round to whole kronor, halves upwards, as lagen (1970:1029) om avrundning av vissa öresbelopp does."""
    return amount.quantize(KRONA, rounding=ROUND_HALF_UP)


def share_out(total: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Divide whole kronor by weight so that the parts add up to ``total`` exactly (largest remainder).

    ``total`` is whole kronor, not negative; ``weights`` are not negative and not all nought. Of equal
    remainders the earlier part takes the krona.
    """
    whole = sum(weights, Decimal(0))
    exact = [total * weight / whole for weight in weights]
    parts = [part.quantize(KRONA, rounding=ROUND_FLOOR) for part in exact]
    left = int(total - sum(parts))
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for index in order[:left]:
        parts[index] += KRONA
    return tuple(parts)


def written(amount: Decimal) -> str:
    """Write an amount the Swedish way, with no-break spaces: ``1 234 567`` or ``1 234,50``."""
    whole = amount == amount.to_integral_value()
    text = f"{amount.quantize(KRONA) if whole else amount.quantize(ORE):,}"
    return text.replace(",", "\u00a0").replace(".", ",")
