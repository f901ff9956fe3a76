"""What a passphrase is worth: names, months and runs are worth nothing, whatever is put after them."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import PassphraseTooWeak
from desktop_app.services.library import load_library
from desktop_app.services.passphrases import (
    blocked,
    generate_passphrase,
    judge_passphrase,
    without_repeats,
    without_runs,
)
from desktop_app.storage.unlock_secrets import Passphrase, require_good_passphrase
from tests.helpers.practice import PROFILE

LIBRARY = load_library()
MUNICIPALITIES = [place.name for place in LIBRARY.municipalities]
MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
SEASONS = ["vår", "sommar", "höst", "vinter", "våren", "sommaren", "hösten", "vintern"]
OURS = [
    *PROFILE.caseworker.split(),
    PROFILE.caseworker,
    PROFILE.unit,
    PROFILE.committee,
    "Utväg",
    PROFILE.municipality,
]

names = st.sampled_from([*MUNICIPALITIES, *MONTHS, *SEASONS, *OURS])
decorations = st.text("0123456789!?._-#", max_size=6)
years = st.integers(1940, 2030).map(str)


def refused(text: str) -> bool:
    judged = judge_passphrase(LIBRARY, text, PROFILE)
    try:
        require_good_passphrase(Passphrase(text), blocked(LIBRARY, text, PROFILE))
    except PassphraseTooWeak:
        return not judged.acceptable
    return False


def test_there_are_290_municipalities_and_all_are_known():
    assert len(MUNICIPALITIES) == 290
    for name in MUNICIPALITIES:
        long = (name + " ") * (16 // len(name) + 1)
        for text in (long.upper(), long + "2026!"):
            assert refused(text), text


@given(st.lists(names, min_size=1, max_size=4), years, decorations)
@example(["Ale", "Åre", "Eda", "Hjo"], "2026", "!")
@settings(max_examples=150)
def test_names_months_and_seasons_with_year_and_signs_are_refused(parts: list[str], year: str, more: str):
    for text in (" ".join(parts) + year + more, "".join(parts) + more + year, "-".join(parts)[:60]):
        assert refused(text), text


@given(names, st.sampled_from(["o0", "a4", "e3", "s$", "i1"]), decorations)
def test_a_name_in_disguise_is_the_same_name(name: str, disguise: str, more: str):
    text = (name * 6).lower().replace(*disguise) + more
    assert refused(text), text


@pytest.mark.parametrize(
    "text",
    [
        "abcdefghijklmnopqrstuvwxyz",
        "12345678901234567890123456",
        "qwertyuiopåasdfghjklöä",
        "mnbvcxz lkjhgfdsa poiuytrewq",
        "hästkorvhästkorvhästkorvhästkorv",
        "aaaabbbbccccddddeeeeffffgggg",
        "zyxwvutsrqponmlkjihgfedcba987",
    ],
)
def test_runs_and_repeats_are_refused_however_long(text: str):
    assert refused(text)


def test_what_counts_of_runs_and_repeats():
    assert without_runs("xabcdey") == "xay"
    assert without_runs("lista") == "lista"
    assert without_repeats("korvkorvkor") == "korvkor"
    assert without_repeats("en mening om havet") == "en mening om havet"


@given(st.text(max_size=80))
def test_nothing_is_gained_by_writing_the_same_again(text: str):
    once, twice = judge_passphrase(LIBRARY, text, PROFILE), judge_passphrase(LIBRARY, text + text, PROFILE)
    assert twice.bits <= once.bits + 10


def test_a_pasted_book_is_judged_by_its_beginning():
    book = "".join(chr(0x21 + (number * 7919) % 5000) for number in range(1_000_000))
    assert (
        judge_passphrase(LIBRARY, book, PROFILE).bits == judge_passphrase(LIBRARY, book[:256], PROFILE).bits
    )
    assert refused("Göteborg" * 100_000)


@pytest.mark.parametrize(
    "text",
    [
        "min moster cyklar aldrig baklänges i regn",
        "tre gröna stövlar under köksbordet",
        "Ale är fint men Bryssel luktar choklad",
        "korrekt häst batteri häftapparat",
    ],
)
def test_control_a_sentence_of_one_s_own_is_accepted(text: str):
    assert judge_passphrase(LIBRARY, text, PROFILE).acceptable
    assert not refused(text)


def test_control_a_suggested_one_is_always_accepted():
    for _ in range(200):
        text = generate_passphrase(LIBRARY)
        assert judge_passphrase(LIBRARY, text, PROFILE).level >= 3
        assert not refused(text)
