"""Chooses, when a store is made, what one try at its passphrase shall cost on this computer.

Memory is what hurts a guesser most, so it is kept as long as it can be had and unlocking stays bearable; a quick
computer makes more passes instead. The store must open on the next computer too, so it never asks for more memory
than the usual one has.
"""

import math
import secrets
import time
from collections.abc import Callable
from typing import Final

from desktop_app.domain.errors import MemoryShort
from desktop_app.storage.key_slots import CEILING_PASSES, FLOOR_KIB, FLOOR_PASSES, KdfCost, wrapping_key
from desktop_app.storage.unlock_secrets import CARD_SECRET_BYTES, CardSecret

WISH: Final = KdfCost()
LEAST_SECONDS: Final = 0.5
MOST_SECONDS: Final = 2.0

_AIM_SECONDS: Final = 0.75
_LEAST_MEASURED: Final = 0.001
_MEMORY_KIB: Final = (256 * 1024, 192 * 1024, 128 * 1024, 96 * 1024, FLOOR_KIB)
_FLOOR: Final = KdfCost(FLOOR_KIB, FLOOR_PASSES)

Measure = Callable[[KdfCost], float]
"""Returns the seconds one try takes; raises MemoryShort when the memory cannot be had."""


def calibrated_cost(measure: Measure | None = None) -> KdfCost:
    """Return a cost of 0.5–2 seconds a try here, wishing for 256 MiB and 3 passes.

    Too slow or too much: less memory, down to 64 MiB and 3 passes, whatever that takes. Too quick: more passes. Takes
    1 to 5 seconds. Raises MemoryShort when not even 64 MiB can be had.
    """
    measure = measure or seconds_of_a_try
    for memory_kib in _MEMORY_KIB:
        cost = KdfCost(memory_kib, FLOOR_PASSES)
        seconds = _seconds(measure, cost)
        if seconds is not None and seconds <= MOST_SECONDS:
            return _with_passes(cost, seconds)
        if seconds is None and cost == _FLOOR:
            raise MemoryShort(mebibytes=FLOOR_KIB // 1024)
    return _FLOOR


def seconds_of_a_try(cost: KdfCost) -> float:
    """Return how long one derivation takes on this computer just now. Raises MemoryShort."""
    stand_in = CardSecret(secrets.token_bytes(CARD_SECRET_BYTES))
    began = time.perf_counter()
    wrapping_key(stand_in, secrets.token_bytes(16), cost.memory_kib, cost.passes)
    return time.perf_counter() - began


def _seconds(measure: Measure, cost: KdfCost) -> float | None:
    try:
        seconds = measure(cost)
        # The computer may just have been busy with something else; the quicker of two tries tells.
        return seconds if seconds <= MOST_SECONDS else min(seconds, measure(cost))
    except MemoryShort:
        return None


def _with_passes(cost: KdfCost, seconds: float) -> KdfCost:
    if seconds >= LEAST_SECONDS:
        return cost
    wanted = cost.passes * _AIM_SECONDS / max(seconds, _LEAST_MEASURED)
    return KdfCost(cost.memory_kib, min(math.ceil(wanted), CEILING_PASSES))
