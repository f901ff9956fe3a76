"""Small numbers: what is shown never gives a number under the threshold away."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.suppression import shown_median, shown_sum, shown_total, small_hidden, suppressed

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1)
K = st.sampled_from((3, 4, 5, 10))


def given_away(counts: dict[str, int], shown, k: int) -> list[str]:
    """The small cells that a reader who knows the total can name exactly, or knows to be some of very few."""
    hidden = [key for key, cell in shown.items() if cell.count is None]
    total = sum(counts.values()) - sum(cell.count for cell in shown.values() if cell.count is not None)
    if len(hidden) == 1 or total < k:
        return [key for key in hidden if 0 < counts[key] < k]
    return []


@given(counts=COUNTS, k=K)
def test_a_small_number_is_hidden_and_cannot_be_reckoned_back(counts: dict[str, int], k: int):
    shown = suppressed(counts, k)
    assert set(shown) == set(counts)
    for key, cell in shown.items():
        assert cell.count in (None, counts[key])
        assert not (cell.count is not None and 0 < cell.count < k)
        assert cell.is_small == (0 < counts[key] < k)
    # Where all there is are fewer than k in all, nothing more can be hidden; then no tables are shown at all.
    if sum(counts.values()) >= k and len(counts) > 1:
        assert given_away(counts, shown, k) == []


def test_the_control_hiding_only_the_small_one_gives_it_away():
    counts = {"a": 2, "b": 9, "c": 0}
    naive = {key: (None if 0 < count < 5 else count) for key, count in counts.items()}
    assert sum(counts.values()) - sum(count for count in naive.values() if count is not None) == 2
    shown = suppressed(counts, 5)
    assert {key: cell.count for key, cell in shown.items()} == {"a": None, "b": None, "c": 0}
    assert not shown["b"].is_small


def test_zero_is_shown_until_it_gives_something_away():
    assert {key: cell.count for key, cell in suppressed({"a": 7, "b": 0}, 5).items()} == {"a": 7, "b": 0}
    assert {key: cell.count for key, cell in suppressed({"a": 3, "b": 0}, 5).items()} == {
        "a": None,
        "b": None,
    }


def test_where_no_total_is_told_only_the_small_ones_are_hidden():
    shown = small_hidden({"a": 1, "b": 9, "c": 0}, 5)
    assert {key: cell.count for key, cell in shown.items()} == {"a": None, "b": 9, "c": 0}


def test_a_total_under_the_threshold_is_told_as_fewer():
    assert (shown_total(4, 5).count, shown_total(5, 5).count, shown_total(0, 5).count) == (None, 5, 0)


MONEY = st.lists(st.integers(0, 900_000).map(Decimal), max_size=12)


@given(parts=MONEY, k=K)
def test_a_sum_of_money_is_told_of_enough_cases_and_when_none_is_most_of_it(parts: list[Decimal], k: int):
    told, known = shown_sum(parts, k), [part for part in parts if part]
    of_one = known and max(known) * 5 > sum(known) * 4
    assert (told is None) == (len(known) < k or bool(of_one))
    if told is not None:
        assert told % 10_000 == 0
        assert abs(told - sum(parts)) <= 5_000


def test_the_control_one_case_of_five_that_is_nearly_all_of_it():
    few = [Decimal(1_000)] * 4
    assert shown_sum([*few, Decimal(900_000)], 5) is None
    assert shown_sum([*few, Decimal(15_000)], 5) == Decimal(20_000)
    assert shown_sum([*few, Decimal(0)], 5) is None, "a case without money stands for nothing"


def test_a_median_needs_as_many_values_as_a_number():
    assert shown_median([3, 1, 9, 7], 5) is None
    assert shown_median([3, 1, 9, 7, 4], 5) == 4
    assert shown_median([1, 2, 3, 4], 3) == 3, "a half is rounded up"
