"""Every print looks and reads as when somebody last looked at it. How to write the goldens anew: see ``golden.py``."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from desktop_app.domain.forms import FilledForm
from desktop_app.services.library import load_library
from tests.helpers.figures import tell
from tests.printing.golden import (
    GOLDEN,
    MOST_OTHER_DOTS,
    PAGE,
    Pages,
    Prints,
    by_form,
    differences,
    keep,
    kept,
    other_dots,
    prints_of,
    show,
)
from tests.printing.golden_forms import GoldenForm

LIBRARY = load_library()
FORMS = dict(by_form(LIBRARY))
MOST_BYTES = 3_000_000


@pytest.mark.parametrize("form_id", FORMS)
def test_each_print_of_a_form_is_as_it_was(form_id: str, tmp_path: Path) -> None:
    before, now = kept(form_id), prints_of(FORMS[form_id], LIBRARY)
    found = differences(before, now)
    shown = [f"{each} ({show(each, before, now, tmp_path)})" for each in found]
    assert shown == [], "look at the pictures; if they are right: python -m tests.printing.golden " + form_id


def test_the_goldens_are_of_the_forms_there_are_and_small() -> None:
    names = {path.name.split(".")[0] for path in GOLDEN.iterdir()}
    assert names == set(FORMS)
    size = sum(path.stat().st_size for path in GOLDEN.iterdir())
    assert size < MOST_BYTES
    prints = [each for forms in FORMS.values() for each in forms]
    tell("P6.10", f"golden prints: {len(prints)} of {len(FORMS)} forms, {size / 1e6:.1f} MB")


def test_every_form_has_a_blank_a_full_and_an_overflowing_print() -> None:
    for form_id, forms in FORMS.items():
        names = {each.name for each in forms}
        assert {f"{form_id}.{kind}" for kind in ("blank", "full", "overflowing")} <= names
    recipients = {each.filled.recipient for forms in FORMS.values() for each in forms}
    assert len(recipients) > 5


# The controls: what must be found, and what must not


@pytest.fixture(scope="module")
def consent() -> Prints:
    return prints_of(FORMS["F02"], LIBRARY)


def test_the_same_print_drawn_again_and_kept_and_read_back_is_the_same(
    consent: Prints, tmp_path: Path
) -> None:
    assert differences(consent, prints_of(FORMS["F02"], LIBRARY)) == []
    keep("F02", consent, tmp_path)
    assert differences(kept("F02", tmp_path), consent) == []
    assert differences({}, consent) != [], "a form without goldens is told"


def other_words(filled: FilledForm) -> FilledForm:
    """The form with another unit at its head."""
    return replace(filled, head=replace(filled.head, unit="Socialförvaltningen, enheten för vaxna"))


def test_one_letter_and_a_lost_section_are_found_and_shown(consent: Prints, tmp_path: Path) -> None:
    changed = [GoldenForm(each.name, other_words(each.filled)) for each in FORMS["F02"]]
    found = differences(consent, prints_of(changed, LIBRARY))
    assert {(each.page, each.what) for each in found} >= {(1, "words")}
    fewer = [
        GoldenForm(each.name, replace(each.filled, sections=each.filled.sections[1:]))
        for each in FORMS["F02"]
    ]
    now = prints_of(fewer, LIBRARY)
    lost = differences(consent, now)
    assert {each.name for each in lost} == set(consent)
    pictures = [each for each in lost if each.what == "picture"]
    assert pictures
    path = show(pictures[0], consent, now, tmp_path)
    with Image.open(path) as sheet:
        assert sheet.width > PAGE[0] * 8
    assert path.with_suffix(".before.txt").read_text("utf-8")


def test_a_box_that_has_moved_is_found_in_the_picture_alone(consent: Prints) -> None:
    """Three millimetres down the words read the same; the eye sees it, and so must the picture."""
    for name, pages in consent.items():
        moved = tuple(ImageChops.offset(picture, 0, 2) for picture in pages.pictures)
        found = differences({name: pages}, {name: Pages(pages.texts, moved)})
        assert [each.what for each in found] == ["picture"] * len(moved)


def test_a_renderer_that_smooths_otherwise_is_not_taken_for_a_change(consent: Prints) -> None:
    for pages in consent.values():
        for picture in pages.pictures:
            smoothed = picture.point([min(255, level + 12) for level in range(256)])
            assert other_dots(picture, smoothed) <= MOST_OTHER_DOTS
