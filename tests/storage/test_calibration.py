"""What one try at a passphrase shall cost, chosen by measuring: here the measuring is made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.errors import MemoryShort
from desktop_app.storage import key_slots
from desktop_app.storage.calibration import (
    LEAST_SECONDS,
    MOST_SECONDS,
    WISH,
    calibrated_cost,
    seconds_of_a_try,
)
from desktop_app.storage.keys import KdfCost
from tests.helpers.figures import tell
from tests.helpers.vaults import CHEAP, quick_derivation

MIB = 1024


def computer(seconds_of_wish: float, memory_kib: int = 1024 * MIB):
    """A computer that takes so long for 256 MiB and 3 passes, in proportion for others, and has so much memory."""

    def measure(cost: KdfCost) -> float:
        if cost.memory_kib > memory_kib:
            raise MemoryShort(mebibytes=cost.memory_kib // MIB)
        return seconds_of_wish * cost.memory_kib / WISH.memory_kib * cost.passes / WISH.passes

    return measure


def test_the_usual_computer_gets_the_wish():
    assert KdfCost(256 * MIB, 3) == WISH
    for seconds in (LEAST_SECONDS, 0.75, 1.0, MOST_SECONDS):
        assert calibrated_cost(computer(seconds)) == WISH


@pytest.mark.parametrize(
    ("seconds", "memory_mib"), [(2.1, 192), (2.6, 192), (3.0, 128), (5.0, 96), (7.9, 64), (60.0, 64)]
)
def test_a_slow_computer_gets_less_memory_and_never_less_than_the_floor(seconds: float, memory_mib: int):
    assert calibrated_cost(computer(seconds)) == KdfCost(memory_mib * MIB, 3)


@pytest.mark.parametrize(("seconds", "passes"), [(0.49, 5), (0.3, 8), (0.1, 20), (0.0, 20)])
def test_a_quick_computer_makes_more_passes(seconds: float, passes: int):
    assert calibrated_cost(computer(seconds)) == KdfCost(256 * MIB, passes)


@pytest.mark.parametrize(("free_mib", "memory_mib"), [(255, 192), (130, 128), (100, 96), (64, 64)])
def test_memory_that_cannot_be_had_is_not_asked_for(free_mib: int, memory_mib: int):
    cost = calibrated_cost(computer(1.0, free_mib * MIB))
    assert cost.memory_kib == memory_mib * MIB


def test_below_the_floor_no_store_is_made():
    with pytest.raises(MemoryShort) as caught:
        calibrated_cost(computer(1.0, 63 * MIB))
    assert caught.value.params == {"mebibytes": 64}


def test_a_hiccup_is_measured_again():
    took = iter([9.0, 0.8])
    assert calibrated_cost(lambda _: next(took)) == WISH


@given(st.floats(0, 600), st.integers(64 * MIB, 1024 * MIB))
def test_every_computer_unlocks_within_bounds_or_stands_at_a_limit(seconds: float, memory_kib: int):
    measure = computer(seconds, memory_kib)
    cost = calibrated_cost(measure)
    assert cost.memory_kib >= 64 * MIB
    assert cost.passes >= 3
    took = measure(cost)
    assert took <= MOST_SECONDS or cost == CHEAP
    assert (
        took >= LEAST_SECONDS or cost.passes == 20 or cost.memory_kib < 256 * MIB or seconds > LEAST_SECONDS
    )


def test_control_the_wish_unmeasured_is_too_slow_for_some():
    assert computer(5.0)(WISH) > MOST_SECONDS
    tell(
        "P1.4", "calibrated to 0.5–2 s on made-up computers from 0 to 600 s, never under 64 MiB and 3 passes"
    )


def test_a_try_here_is_a_real_derivation(monkeypatch):
    asked: list[tuple[int, int]] = []
    with quick_derivation():
        quick = key_slots.wrapping_key
        monkeypatch.setattr(
            "desktop_app.storage.calibration.wrapping_key",
            lambda secret, salt, memory_kib, passes: (
                asked.append((memory_kib, passes)) or quick(secret, salt, memory_kib, passes)
            ),
        )
        assert seconds_of_a_try(CHEAP) >= 0
    assert asked == [(64 * MIB, 3)]


@pytest.mark.parametrize("error", [MemoryError, key_slots.nacl.exceptions.RuntimeError])
def test_no_memory_for_the_derivation_is_said_as_it_is(monkeypatch, error):
    def fail(*_args: object, **_kwargs: object) -> bytes:
        raise error

    monkeypatch.setattr(key_slots.nacl.pwhash.argon2id, "kdf", fail)
    with pytest.raises(MemoryShort):
        seconds_of_a_try(CHEAP)
