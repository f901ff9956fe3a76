"""Small numbers: what is shown never gives a number under the threshold away."""

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.suppression import shown_total, small_hidden, suppressed

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
