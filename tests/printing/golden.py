"""Golden prints: every form as it looked when somebody last looked at it, as text and as a small grey picture.

After a change of a form, its words or the paper's layout, ``tests/printing/test_golden.py`` names the prints and pages
that look otherwise. Look at them (the test says where it wrote the pictures), and when they are right write all anew:

    .venv/bin/python -m tests.printing.golden            every form
    .venv/bin/python -m tests.printing.golden F04 F12    these alone

Each form has three files in ``tests/data/golden``: ``F04.txt`` (the words of the blank and the full prints in the order
of the layout), ``F04.long.txt.gz`` (those of the overflowing one) and ``F04.png`` (all pages of all its prints, small).
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter
from PIL.PngImagePlugin import PngInfo

from desktop_app.printing.form_print import render_form
from desktop_app.services.library import Library, load_library
from tests.printing.golden_forms import GoldenForm, golden_forms

GOLDEN = Path(__file__).resolve().parents[1] / "data" / "golden"
DOTS_PER_INCH = 20
PAGE = (166, 234)
IN_A_ROW = 12
GREYS = 8
"""Greys a picture is kept in: a page of text is then about 2 kB."""

SEES_FROM = 56
"""How much blacker or whiter a blurred dot must be before it counts as another (of 255)."""
MOST_OTHER_DOTS = 8
"""So many dots may be other than before: another version of the renderer smooths letters otherwise."""

_OTHER = [255 * (level >= SEES_FROM) for level in range(256)]
_PAGE_LINE = "──── {name} sida {page} ────"


@dataclass(frozen=True)
class Pages:
    """One print as it looks: the words of each page, and its picture."""

    texts: tuple[str, ...]
    pictures: tuple[Image.Image, ...]


Prints = Mapping[str, Pages]
"""The prints of one form by name."""


def prints_of(forms: Iterable[GoldenForm], library: Library) -> Prints:
    """Draw prints and read them back as a reader's program would."""
    return {each.name: seen(render_form(each.filled, library.texts)) for each in forms}


def by_form(library: Library, wanted: Iterable[str] = ()) -> Iterator[tuple[str, list[GoldenForm]]]:
    """Yield the golden forms of each form id; all of them when none is named."""
    chosen = set(wanted)
    for form_id, group in groupby(golden_forms(library), lambda each: each.filled.definition.id):
        if not chosen or form_id in chosen:
            yield form_id, list(group)


def seen(pdf: bytes) -> Pages:
    """Return how a PDF reads and looks."""
    words = _run("pdftotext", "-layout", "-enc", "UTF-8", "-", "-", given=pdf).decode("utf-8")
    texts = tuple(_squeezed(page) for page in words.split("\f")[:-1])
    with tempfile.TemporaryDirectory() as folder:
        _run("pdftoppm", "-gray", "-r", str(DOTS_PER_INCH), "-", f"{folder}/p", given=pdf)
        pictures = tuple(_small(path) for path in sorted(Path(folder).glob("p*.pgm")))
    return Pages(texts, pictures)


def _small(path: Path) -> Image.Image:
    """Return a page in a few greys, on a sheet of the same size whatever the renderer rounds it to."""
    with Image.open(path) as read:
        sheet = Image.new("L", PAGE, 255)
        sheet.paste(read, (0, 0))
    return sheet.point(_to_grey)


def _to_grey(level: float) -> float:
    return round(level / 255 * (GREYS - 1)) * 255 / (GREYS - 1)


def _squeezed(page: str) -> str:
    """Return a page without the air between columns beyond what tells them apart."""
    lines = [re.sub(r" {3,}", "   ", line.strip()) for line in page.splitlines()]
    return "\n".join(line for line in lines if line)


def _run(program: str, *words: str, given: bytes) -> bytes:
    path = shutil.which(program)
    assert path is not None, program
    return subprocess.run([path, *words], input=given, capture_output=True, check=True).stdout


# Kept and read back


def keep(form_id: str, prints: Prints, folder: Path = GOLDEN) -> None:
    """Write the goldens of one form over the former ones."""
    folder.mkdir(parents=True, exist_ok=True)
    short = {name: pages for name, pages in prints.items() if not _is_long(name)}
    long = {name: pages for name, pages in prints.items() if _is_long(name)}
    (folder / f"{form_id}.txt").write_text(_as_text(short), "utf-8")
    (folder / f"{form_id}.long.txt.gz").write_bytes(gzip.compress(_as_text(long).encode(), mtime=0))
    _keep_picture(folder / f"{form_id}.png", prints)


def kept(form_id: str, folder: Path = GOLDEN) -> Prints:
    """Return the goldens of one form; none when it has no files."""
    if not (folder / f"{form_id}.png").exists():
        return {}
    words = (folder / f"{form_id}.txt").read_text("utf-8")
    words += gzip.decompress((folder / f"{form_id}.long.txt.gz").read_bytes()).decode()
    texts = _from_text(words)
    with Image.open(folder / f"{form_id}.png") as sheet:
        counts: dict[str, int] = json.loads(str(sheet.info["prints"]))
        whole = sheet.convert("L")
    pictures = iter([_cut(whole, place) for place in range(sum(counts.values()))])
    return {
        name: Pages(texts.get(name, ()), tuple(next(pictures) for _page in range(count)))
        for name, count in counts.items()
    }


def _is_long(name: str) -> bool:
    return name.endswith(".overflowing")


def _as_text(prints: Prints) -> str:
    return "".join(
        f"{_PAGE_LINE.format(name=name, page=number)}\n{text}\n"
        for name, pages in prints.items()
        for number, text in enumerate(pages.texts, start=1)
    )


def _from_text(words: str) -> dict[str, tuple[str, ...]]:
    parts = re.split(r"^──── (\S+) sida \d+ ────\n", words, flags=re.MULTILINE)[1:]
    found: dict[str, tuple[str, ...]] = {}
    for name, text in zip(parts[::2], parts[1::2], strict=True):
        found[name] = (*found.get(name, ()), text.removesuffix("\n"))
    return found


def _keep_picture(path: Path, prints: Prints) -> None:
    pictures = [picture for pages in prints.values() for picture in pages.pictures]
    width, height = PAGE
    sheet = Image.new(
        "L", (width * min(IN_A_ROW, len(pictures)), height * -(-len(pictures) // IN_A_ROW)), 255
    )
    for place, picture in enumerate(pictures):
        sheet.paste(picture, _corner(place))
    about = PngInfo()
    about.add_text("prints", json.dumps({name: len(pages.pictures) for name, pages in prints.items()}))
    sheet.quantize(GREYS).save(path, optimize=True, pnginfo=about)


def _corner(place: int) -> tuple[int, int]:
    return place % IN_A_ROW * PAGE[0], place // IN_A_ROW * PAGE[1]


def _cut(sheet: Image.Image, place: int) -> Image.Image:
    x, y = _corner(place)
    return sheet.crop((x, y, x + PAGE[0], y + PAGE[1]))


# Compared


@dataclass(frozen=True)
class Difference:
    """One page that is not as it was: in which print, from 1, and in what (``words``, ``picture`` or ``pages``)."""

    name: str
    page: int
    what: str

    def __str__(self) -> str:
        """Say it in a line."""
        return f"{self.name} page {self.page}: other {self.what}"


def differences(before: Prints, now: Prints) -> list[Difference]:
    """Return every page that reads or looks otherwise, and every print that is new or gone."""
    found = [Difference(name, 0, "pages") for name in sorted(set(before) ^ set(now))]
    for name in sorted(set(before) & set(now)):
        old, new = before[name], now[name]
        if len(old.pictures) != len(new.pictures) or len(old.texts) != len(new.texts):
            found.append(Difference(name, min(len(old.texts), len(new.texts)), "pages"))
        texts = enumerate(zip(old.texts, new.texts, strict=False), start=1)
        found += [Difference(name, page, "words") for page, (one, other) in texts if one != other]
        pictures = enumerate(zip(old.pictures, new.pictures, strict=False), start=1)
        found += [
            Difference(name, page, "picture")
            for page, (one, other) in pictures
            if other_dots(one, other) > MOST_OTHER_DOTS
        ]
    return found


def other_dots(one: Image.Image, other: Image.Image) -> int:
    """Count the dots that are other in two pictures of a page, each seen a little out of focus."""
    return _difference(one, other).histogram()[255]


def _difference(one: Image.Image, other: Image.Image) -> Image.Image:
    blurred = (each.filter(ImageFilter.BoxBlur(1)) for each in (one, other))
    return ImageChops.difference(*blurred).point(_OTHER)


def show(difference: Difference, before: Prints, now: Prints, folder: Path) -> Path:
    """Write a picture of a page as it was, as it is and where it differs, with its words; return the picture."""
    page = difference.page - 1
    old, new = (_picture(prints, difference.name, page) for prints in (before, now))
    wide, high = PAGE[0] * 4, PAGE[1] * 4
    sheet = Image.new("L", (wide * 3 + 40, high), 128)
    marked = ImageChops.invert(_difference(old, new))
    for place, picture in enumerate((old, new, marked)):
        sheet.paste(picture.resize((wide, high), Image.Resampling.NEAREST), (place * (wide + 20), 0))
    path = folder / f"{difference.name}.{difference.page}.png"
    sheet.save(path)
    for word, prints in (("before", before), ("now", now)):
        texts = prints[difference.name].texts if difference.name in prints else ()
        path.with_suffix(f".{word}.txt").write_text(texts[page] if 0 <= page < len(texts) else "", "utf-8")
    return path


def _picture(prints: Prints, name: str, page: int) -> Image.Image:
    pictures = prints[name].pictures if name in prints else ()
    return pictures[page] if 0 <= page < len(pictures) else Image.new("L", PAGE, 255)


def write_anew(wanted: Iterable[str]) -> None:
    """Write the goldens of some forms, or of all; then those of forms that are no more go too."""
    library, chosen = load_library(), list(wanted)
    for form_id, forms in by_form(library, chosen):
        prints = prints_of(forms, library)
        found = differences(kept(form_id), prints)
        keep(form_id, prints)
        pages = sum(len(each.pictures) for each in prints.values())
        sys.stdout.write(
            f"{form_id:<6}{len(prints):3} prints {pages:4} pages, {len(found)} other than before\n"
        )
    if not chosen:
        known = {form.id for form in library.forms}
        for path in GOLDEN.iterdir():
            if path.name.split(".")[0] not in known:
                path.unlink()
    size = sum(path.stat().st_size for path in GOLDEN.iterdir())
    sys.stdout.write(f"{size / 1e6:.2f} MB in {GOLDEN}\n")


if __name__ == "__main__":
    write_anew(sys.argv[1:])
