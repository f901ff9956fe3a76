"""Files of every bad kind, handed to the process that draws: a picture or one of our errors, soon, and never a fall."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop_app.domain.document_errors import DocumentTooSlow, ViewerFailed
from desktop_app.domain.documents import MediaType
from desktop_app.domain.errors import AppError
from desktop_app.restart import DRAWING
from desktop_app.services.document_intake import look_at
from tests.helpers.figures import rounds, tell
from tests.helpers.good_files import pdf, picture
from tests.helpers.hostile_files import FOR_THE_PROCESS, SHOWN, Hostile, mutated, one_page
from ui.system.drawing import Drawing, Pages, Picture
from ui.system.drawing_talk import MOST_PAGES, MOST_POINTS, TalkEnded, hear, page_size, picture_size, say

PATIENCE = 60
"""Seconds: the process stops itself after 20 and 10; the rest is a busy computer."""


@contextmanager
def drawing() -> Iterator[Drawing]:
    made = Drawing()
    try:
        yield made
    finally:
        made.close()


def shown(content: bytes) -> tuple[Pages, Picture]:
    with drawing() as draws:
        pages = draws.open(content, look_at(content).media_type)
        width, height = picture_size(*(4 * side for side in pages.sizes[0]))
        return pages, draws.draw(0, min(width, 900), min(height, 900))


@pytest.mark.parametrize("hostile", FOR_THE_PROCESS, ids=lambda each: each.name)
def test_a_hostile_file_is_refused_by_its_code_or_stands_still(hostile: Hostile) -> None:
    assert hostile.marks <= look_at(hostile.content).marks
    began = time.monotonic()
    code = SHOWN
    try:
        pages, got = shown(hostile.content)
        assert 0 < len(pages.sizes) <= MOST_PAGES
        assert len(got.points) == 4 * got.width * got.height <= 4 * MOST_POINTS
    except AppError as refused:
        code = refused.code
    assert code in hostile.code.split("|")
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("kind", ["PDF", "PNG", "JPEG", "WEBP"])
def test_good_files_are_drawn_and_changed_ones_never_fell_us(kind: str) -> None:
    """The control is the first round: the file as it was is drawn, so what is refused was refused for its changes."""
    good = pdf(2) if kind == "PDF" else picture(kind, (120, 90))
    pages, got = shown(good)
    assert pages.count == (2 if kind == "PDF" else 1)
    assert len(set(got.points)) > 3
    drawn = refused = 0
    codes: set[str] = set()
    for number in range(rounds(3, 2_500)):
        began = time.monotonic()
        try:
            shown(mutated(good, number))
            drawn += 1
        except AppError as fault:
            codes.add(fault.code)
            refused += 1
        assert time.monotonic() - began < PATIENCE, number
    assert all(code.startswith("document.") for code in codes), codes
    tell("documents", f"{drawn + refused} changed {kind}: {drawn} drawn, {refused} refused, 0 falls")


def test_a_turned_photo_is_shown_upright() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112] = 6
    pages, _ = shown(picture("JPEG", (200, 100), exif=exif.tobytes()))
    assert pages.sizes == ((100.0, 200.0),)


# The process itself


def test_who_stops_it_gets_an_error_and_no_wait() -> None:
    with drawing() as draws:
        draws.open(pdf(1), MediaType.PDF)
        draws.stop()
        with pytest.raises(ViewerFailed):
            draws.draw(0, 100, 100)


def test_it_stops_itself_when_a_page_takes_too_long() -> None:
    endless = b"0 0 9 9 re f\n" * 4_000_000
    began = time.monotonic()
    with drawing() as draws:
        draws.open(one_page(content=endless[: 45 << 20]), MediaType.PDF)
        with pytest.raises(DocumentTooSlow):
            draws.draw(0, 2000, 2000)
    assert time.monotonic() - began < PATIENCE


@pytest.mark.skipif(sys.platform != "linux", reason="Windows has no such limits")
def test_once_it_reads_it_can_open_no_file_and_no_connection() -> None:
    """The control comes first: before it is shut in, the same acts succeed."""
    script = (
        "import os, socket\n"
        "from desktop_app.hardening.confinement import shut_in\n"
        "def acts():\n"
        "    told = []\n"
        "    for act in (lambda: open('/etc/passwd'), lambda: open('x', 'w'), lambda: os.listdir('/')):\n"
        "        try: act(); told.append('done')\n"
        "        except OSError: told.append('refused')\n"
        "    return told\n"
        "import tempfile; os.chdir(tempfile.mkdtemp())\n"
        "print(*acts()); shut = shut_in(); print(shut, *acts(), flush=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    before, after = done.stdout.splitlines()
    assert before == "done done done"
    if after.startswith("False"):
        pytest.skip("this kernel has no Landlock")
    assert after == "True refused refused refused"


def test_what_was_handed_over_stands_on_no_command_line_and_in_no_environment() -> None:
    with drawing() as draws:
        draws.open(pdf(1, "Zebraqvist"), MediaType.PDF)
        assert draws._process is not None
        words = [str(each) for each in draws._process.args]
    assert words[1:] in ([DRAWING], ["-m", "desktop_app", DRAWING])


# The talk


def test_the_talk_carries_what_was_said_and_refuses_lengths_without_end() -> None:
    out, into = os.pipe()
    say(lambda data: os.write(into, data), {"page": 1}, b"abc")
    assert hear(lambda most: os.read(out, most)) == ({"page": 1}, b"abc")
    for head in (b"\xff" * 8, b"\x00\x00\x00\x02\x00\x00\x00\x00[]", b"\x00\x00\x00\x01\x00\x00\x00\x00{"):
        os.write(into, head)
        with pytest.raises(TalkEnded):
            hear(lambda most: os.read(out, most))
        os.set_blocking(out, False)
        while _left(out):
            pass
        os.set_blocking(out, True)
    os.close(into)
    with pytest.raises(TalkEnded):
        hear(lambda most: os.read(out, most))
    os.close(out)


def _left(out: int) -> bytes:
    try:
        return os.read(out, 99)
    except BlockingIOError:
        return b""


@pytest.mark.parametrize(
    "size", [(0, 5), (-1, 5), (float("nan"), 5), (float("inf"), 5), ("a", 5), (None, None), (True, "b")]
)
def test_a_page_that_cannot_be_is_taken_for_an_a4(size: tuple[object, object]) -> None:
    assert page_size(*size) == (595.0, 842.0)


def test_no_picture_is_larger_than_its_ceiling() -> None:
    for width, height in ((1e9, 1e9), (1, 1e9), (1e9, 1), (3000, 4000), (0, 0)):
        across, down = picture_size(width, height)
        assert 1 <= across * down <= MOST_POINTS
