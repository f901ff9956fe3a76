"""The one style sheet: measures in points, on A4, black on white. Nothing here depends on colour or grey tones.

An old office printer turns grey hairlines and grey small type into dots, so text and rules are black; the
hierarchy comes from size, weight and air alone. Only the UTKAST mark is grey, and large enough to stand it.
"""

from __future__ import annotations

from functools import cache

MM = 72 / 25.4

PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
SIDE_MARGIN = 18 * MM
TOP_MARGIN = 15 * MM
BODY_BOTTOM = PAGE_HEIGHT - 20 * MM
FOOT_TOP = PAGE_HEIGHT - 17 * MM
BODY_WIDTH = PAGE_WIDTH - 2 * SIDE_MARGIN

TITLE_SIZE = 16.0
MUNICIPALITY_SIZE = 12.0
UNIT_SIZE = 9.0
FACT_SIZE = 10.0
RUNNING_SIZE = 9.0
SECTION_SIZE = 11.0
VALUE_SIZE = 10.5
INFO_SIZE = 9.5
LABEL_SIZE = 8.0
SMALL_SIZE = 7.5
FOOT_SIZE = 7.5
REPEAT_TITLE_SIZE = 9.0
TABLE_SIZE = 9.5
NARROW_TABLE_SIZE = 8.5

LEADING = 1.3
"""Distance between lines, in sizes."""

FRAME_WEIGHT = 0.8
RULE_WEIGHT = 0.4
LINE_WEIGHT = 0.6

PAD_X = 5.0
PAD_TOP = 4.0
PAD_BOTTOM = 5.0
LABEL_GAP = 2.0

SECTION_GAP = 14.0
"""Air above a section title."""

BOX_HEIGHT = 30.0
"""The least height of a box with a label: room to write by hand."""

WRITING_ROW = 24.0
"""The height of an empty table row."""

PARAGRAPH_HEIGHT = 44.0
SHORT_WRITING_HEIGHT = 76.0
LONG_WRITING_HEIGHT = 116.0
LONG_TEXT = 1_000
"""From this many allowed characters a blank paragraph gets the larger box."""

TICK_SIZE = 8.5
TICK_GAP = 5.0
TICK_SPACING = 18.0
MOST_TICKS = 8
"""The longest list of codes that is shown in full; of a longer one only what was chosen."""

MOST_BLANK_TICKS = 24
"""On a blank form a longer list is shown in full too: who ticks by hand needs the choices."""

DRAFT_GREY = 0.92
DRAFT_SIZE = 150.0

BAND_SIZE = 9.5
"""Type in the warnings under the head."""

FACT_HEIGHT = 29.0

STAMP_WIDTH = 170.0
STAMP_HEIGHT = 62.0


@cache
def leading(size: float) -> float:
    """Return the line height for a type size."""
    return round(size * LEADING, 2)
