"""Running text for a screen that others may see: the names go, every other word stays."""

import re

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.hidden_names import COVER, covered, is_name

NAMES = frozenset({"zebedeus", "quist", "åsa", "19970516", "2387"})
OTHERS = ("ringde", "igen", "asa", "quistig", "kvist", "2026-11-22", "polisen", "Zeb")


def test_a_name_is_covered_in_every_spelling_and_with_an_ending():
    text = "ZEBEDEUS Quists bror Åsa, 19970516-2387, kom 2026-11-22."
    assert covered(text, NAMES) == f"{COVER} {COVER} bror {COVER}, {COVER}-{COVER}, kom 2026-11-22."


def test_words_that_only_begin_alike_stand():
    assert covered("Kvisten och Asa", NAMES) == "Kvisten och Asa"
    assert covered("Zebedeus", frozenset()) == "Zebedeus", "no names: nothing is covered"


@given(st.lists(st.sampled_from((*OTHERS, "Zebedeus", "Quists", "åsas")), max_size=12))
def test_no_name_is_left_and_nothing_else_goes(words: list[str]):
    shown = covered(" ".join(words), NAMES)
    assert not [word for word in re.findall(r"\w+", shown) if is_name(word, NAMES)]
    kept = [word for word in shown.split() if word != COVER]
    assert kept == [word for word in words if not is_name(word, NAMES)]
