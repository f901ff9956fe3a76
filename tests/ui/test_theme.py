"""The looks: text that can be read in light and dark, sizes that follow the zoom, icons in every colour."""

import re

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QLabel

from desktop_app.paths import RESOURCES
from ui.theme import Theme, mark
from ui.theme.stylesheet import stylesheet
from ui.theme.tokens import DARK, LIGHT, Tokens

READABLE = 4.5
SEEN = 3.0
GROUNDS = ("ground", "surface", "sunken", "accent_softer", "accent_soft")
BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOTH
@pytest.mark.parametrize("text", ["ink", "ink_soft", "accent", "danger", "waiting"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable_on_every_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= READABLE


@BOTH
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
        ("on_danger", "danger"),
        ("on_band", "band"),
        ("ink", "waiting_soft"),
        ("ink", "danger_soft"),
        ("waiting", "waiting_soft"),
        ("danger", "danger_soft"),
    ],
)
def test_text_is_readable_on_its_own_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= READABLE


@BOTH
@pytest.mark.parametrize("ground", ["ground", "surface", "sunken"])
def test_edges_of_fields_and_the_focus_are_seen(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.line_strong, getattr(tokens, ground)) >= SEEN
    assert contrast(tokens.accent, getattr(tokens, ground)) >= SEEN


@BOTH
def test_every_place_of_the_stylesheet_is_filled(tokens: Tokens) -> None:
    assert "$" not in stylesheet(tokens, lambda measure: measure)


def test_zoom_changes_the_size_of_type_and_stays_within_bounds(app: QApplication) -> None:
    theme = Theme(app)
    title = QLabel("Ärenden")
    mark(title, role="title")
    title.ensurePolished()
    before = title.fontMetrics().height()
    theme.set_zoom(200)
    title.ensurePolished()
    assert title.fontMetrics().height() > 1.8 * before
    theme.set_zoom(1000)
    assert theme.zoom == 200
    theme.set_zoom(1)
    assert theme.zoom == 80
    theme.set_zoom(100)


def test_the_scheme_can_be_chosen_and_told(app: QApplication) -> None:
    theme, told = Theme(app), []
    theme.changed.connect(lambda: told.append(theme.tokens.dark))
    theme.set_scheme("dark")
    theme.set_scheme("light")
    theme.set_scheme("nonsense")
    assert told[:2] == [True, False]
    assert theme.scheme == "system"


def test_every_icon_can_be_drawn(app: QApplication) -> None:
    theme = Theme(app)
    for path in (RESOURCES / "icons").glob("*.svg"):
        image = theme.pixmap(path.stem, "ink").toImage()
        drawn = any(
            image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
        )
        assert drawn, path.name


def test_the_stylesheet_holds_no_folder_name_and_finds_its_pictures(qapp: QApplication):
    """A program folder named ``tom mapp å`` once left the window without its looks."""
    Theme(qapp)
    for tokens in (LIGHT, DARK):
        sheet = stylesheet(tokens, round)
        assert str(RESOURCES) not in sheet
        pictures = re.findall(r"url\(([^)]+)\)", sheet)
        assert pictures
        assert all(not QPixmap(picture).isNull() for picture in pictures)
