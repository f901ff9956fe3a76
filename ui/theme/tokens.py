"""The colours and measures everything is drawn with. Names say what a colour is for, never what it looks like."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One set of colours, as ``#rrggbb``."""

    dark: bool
    ground: str  # the page
    surface: str  # cards, fields
    sunken: str  # sidebar, status line, quiet areas
    line: str  # thin borders
    line_strong: str  # borders of fields: 3:1 against the ground
    ink: str  # text
    ink_soft: str  # help, secondary text
    ink_faint: str  # disabled only
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str  # the chosen row
    accent_softer: str  # the row under the pointer
    danger: str  # danger to a person, loss of data; nothing else
    danger_soft: str
    on_danger: str
    waiting: str  # someone is waiting
    waiting_soft: str
    red_day: str  # Sundays and red days of the calendar, never told by colour alone
    band: str  # the practice band
    on_band: str


LIGHT = Tokens(
    dark=False,
    ground="#fbfaf7",
    surface="#ffffff",
    sunken="#f0f2ef",
    line="#d8dedb",
    line_strong="#7d8b88",
    ink="#1a2221",
    ink_soft="#4b5856",
    ink_faint="#87928f",
    accent="#0f5c63",
    accent_hover="#0b4c52",
    accent_pressed="#083c41",
    on_accent="#ffffff",
    accent_soft="#d9e9e9",
    accent_softer="#e8f0ef",
    danger="#a3261b",
    danger_soft="#fbeae7",
    on_danger="#ffffff",
    waiting="#815000",
    waiting_soft="#fcf1db",
    red_day="#a3261b",
    band="#f3c65a",
    on_band="#2a1e00",
)

DARK = Tokens(
    dark=True,
    ground="#151a19",
    surface="#1d2423",
    sunken="#101514",
    line="#313c3a",
    line_strong="#74827f",
    ink="#eceeea",
    ink_soft="#abb7b4",
    ink_faint="#6d7976",
    accent="#6fc3c8",
    accent_hover="#8cd3d7",
    accent_pressed="#a8e0e3",
    on_accent="#06282b",
    accent_soft="#1f4144",
    accent_softer="#243130",
    danger="#f2998e",
    danger_soft="#3b211d",
    on_danger="#3a0a05",
    waiting="#e6b663",
    waiting_soft="#382b14",
    red_day="#f2998e",
    band="#c99a2e",
    on_band="#1d1500",
)

SIZE_HELP = 13
SIZE_BODY = 14
SIZE_VALUE = 16
SIZE_TITLE = 20
SIZE_FIGURE = 26

STRONG = 600

CORNER = 6
GAP_FIELDS = 16
GAP_GROUPS = 24
MARGIN_PAGE = 32
