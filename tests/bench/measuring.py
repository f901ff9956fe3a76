"""How something is measured: in turns with its floor, told as a ratio."""

import math
import time
from collections.abc import Callable
from typing import NamedTuple


class Measure(NamedTuple):
    """One thing measured, what it is held against, and how many times that it may cost."""

    name: str
    work: Callable[[], object]
    floor_name: str
    floor: Callable[[], object]
    ceiling: float
    rounds: int
    share: float = 0.5
    """Which of the rounds counts: the one in the middle, or 0.95 for the slow ones."""
    before: Callable[[], object] = lambda: None
    """Done before each go at the work and at its floor, and not timed: neither is to find the machine warmer."""
    clock: Callable[[], float] = time.perf_counter
    """``time.process_time`` for what waits for nothing: then other programs on the machine do not count."""


def seconds(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """How long one go takes."""
    started = clock()
    work()
    return clock() - started


def medians(measure: Measure) -> tuple[float, float]:
    """The work and its floor in turns, so that a slow moment of the machine hits both."""
    measure.before()
    measure.work()
    measure.floor()
    pairs: list[tuple[float, float]] = []
    for _ in range(measure.rounds):
        measure.before()
        took = seconds(measure.work, measure.clock)
        measure.before()
        pairs.append((took, seconds(measure.floor, measure.clock)))
    return _of_rank([pair[0] for pair in pairs], measure.share), _of_rank(
        [pair[1] for pair in pairs], measure.share
    )


def _of_rank(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def report(measure: Measure) -> bool:
    """Measure, print one line, and tell whether it kept under its ceiling."""
    took, floor = medians(measure)
    ratio = took / floor
    kept = ratio <= measure.ceiling
    has_bar = measure.ceiling < math.inf
    mark = ("OK    " if kept else "FAILED") if has_bar else "      "
    bar = f"at most {measure.ceiling:g} x" if has_bar else "no bar"
    print(
        f"  {mark}  {measure.name:<26}{took * 1000:9.1f} ms   {ratio:6.1f} x {measure.floor_name}"
        f" ({floor * 1000:.1f} ms), {bar}",
        flush=True,
    )
    return kept
