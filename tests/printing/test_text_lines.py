"""Lines that fit, whatever is in them."""

from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.printing.fonts import Face, measure
from desktop_app.printing.text_lines import clean, wrap


@given(st.text(max_size=300), st.floats(min_value=20, max_value=500), st.sampled_from([7.5, 10.5]))
@example("000\u0508\u00ad0", 21.0, 10.5)
@example("000\u0508\u00ad0", 21.0, 7.5)
def test_no_line_is_wider_than_its_column(text, width, size):
    for line in wrap(text, Face.REGULAR, size, width):
        assert measure(line, Face.REGULAR, size) <= width + 0.01 or len(line) == 1


@given(st.text(max_size=300), st.floats(min_value=20, max_value=500))
def test_nothing_but_white_space_is_lost(text, width):
    lines = wrap(text, Face.BOLD, 9.0, width)
    soft = clean(text).replace("\u00ad", "")
    if soft == clean(text):
        assert "".join("".join(lines).split()) == "".join(soft.split())


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_words_are_kept_whole_where_they_fit():
    assert wrap("ett två tre", Face.REGULAR, 10, measure("ett två", Face.REGULAR, 10)) == ("ett två", "tre")


def test_a_long_word_breaks_after_a_hyphen_or_a_stroke_first():
    width = measure("socialtjänst-xx", Face.REGULAR, 10)
    assert wrap("socialtjänst-polissamverkan", Face.REGULAR, 10, width)[0] == "socialtjänst-"


def test_a_soft_hyphen_shows_only_where_it_breaks():
    width = measure("verksamhet-", Face.REGULAR, 10)
    assert wrap("avhoppar\u00adverksamhet", Face.REGULAR, 10, width) == ("avhoppar-", "verksamhet")
    assert wrap("avhoppar\u00adverksamhet", Face.REGULAR, 10, 500) == ("avhopparverksamhet",)


def test_line_ends_of_every_kind_end_a_line():
    assert wrap("a\r\nb\rc\u2028d", Face.REGULAR, 10, 100) == ("a", "b", "c", "d")


def test_a_million_letters_without_a_space_are_broken_in_good_time():
    lines = wrap("x" * 1_000_000, Face.REGULAR, 10, 480)
    assert sum(map(len, lines)) == 1_000_000
