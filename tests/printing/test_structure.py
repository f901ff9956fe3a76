"""What a screen reader meets in a print: everything once, in order, and nothing that only parts things for the eye."""

import os
import subprocess
import sys
from contextlib import nullcontext
from functools import cache
from io import BytesIO

import pikepdf
import pytest

from desktop_app.definitions.all import read_definitions
from desktop_app.domain.answers import answered
from desktop_app.domain.filling import blank
from desktop_app.domain.forms import FilledForm, Row
from desktop_app.domain.values import ItemType
from desktop_app.paths import RESOURCES
from desktop_app.printing.form_print import render_form
from desktop_app.printing.pen import Pen
from desktop_app.printing.structure import Tag
from tests.helpers.figures import tell
from tests.printing.aloud import outline_of
from tests.printing.reading import pages_of, spoken_text_of
from tests.printing.samples import BLANK_HEAD, HEAD, filled_with_samples, form_with, form_with_rows, item_of

pytestmark = pytest.mark.needs("pdftotext")

DEFINITIONS = read_definitions(RESOURCES)
TEXTS = DEFINITIONS.texts
FORMS = {f"{form.id}-v{form.version}": form for form in DEFINITIONS.forms}
FIXED_ROWS = {register.id: register.fixed_rows for register in DEFINITIONS.schema.registers.values()}
PASSED_OVER = ("paper.stamp", "paper.case_code")
"""What stands on paper alone: the room for a stamp, the running head."""
ACTS = {
    "/JS",
    "/JavaScript",
    "/AA",
    "/OpenAction",
    "/Annots",
    "/AcroForm",
    "/EmbeddedFiles",
    "/Names",
    "/URI",
}


@cache
def full_print(name: str) -> bytes:
    return render_form(filled_with_samples(FORMS[name], HEAD, row_ids=FIXED_ROWS), TEXTS)


@cache
def blank_print(name: str) -> bytes:
    return render_form(blank(FORMS[name], DEFINITIONS.schema, BLANK_HEAD), TEXTS)


def unread(pdf: bytes, name: str) -> set[str]:
    """The words on paper that no screen reader would say, but for those of running heads and page numbers."""
    printed = set(spoken_text_of(pdf).split())
    spoken = [word for _, _, words, _ in outline_of(pdf) for word in words.split()]
    running = " ".join(TEXTS.get(key) for key in PASSED_OVER)
    numbers = TEXTS.get("paper.page", page=1, count=1)
    continued = TEXTS.get("paper.continued", title="")
    known = set(f"{running} {numbers} {continued} {HEAD.case_code}".split())
    together = "".join(spoken)  # cells break words, and narrow spaces are none to some
    return {word for word in printed - set(spoken) - known if not word.isdigit() and word not in together}


@pytest.mark.parametrize("name", FORMS)
def test_all_that_is_printed_is_read(name):
    assert unread(full_print(name), name) == set()
    assert unread(blank_print(name), name) == set()


def test_a_label_without_a_tag_is_found(monkeypatch):
    """The control: labels are drawn, but said to be nothing."""
    tagged = Pen.tagged

    def forgetful(pen: Pen, tag, **said):
        return pen.artifact() if tag is Tag.LBL else tagged(pen, tag, **said)

    monkeypatch.setattr(Pen, "tagged", forgetful)
    pdf = render_form(filled_with_samples(FORMS["F03-v1"], HEAD, row_ids=FIXED_ROWS), TEXTS)
    assert len(unread(pdf, "F03-v1")) > 5


@pytest.mark.parametrize("name", FORMS)
def test_titles_are_headings_in_the_order_of_the_form(name):
    outline = outline_of(full_print(name))
    heads = [words for _, tag, words, _ in outline if tag == "H1"]
    titles = [words for _, tag, words, _ in outline if tag == "H2"]
    form = FORMS[name]
    assert heads == [TEXTS.get(f"{form.text_key}.title")]
    assert titles == [TEXTS.get(f"{section.text_key}.title") for section in form.sections]


def long_table() -> FilledForm:
    columns = tuple(item_of(ItemType.TEXT, name) for name in ("kolumnett", "kolumntvå"))
    rows = tuple(
        Row(f"r{n}", {"kolumnett": answered(f"rad{n}"), "kolumntvå": answered("x")}) for n in range(90)
    )
    return form_with_rows(item_of(ItemType.REPEAT, "tabell", columns=columns), rows)


def test_a_table_over_three_pages_is_one_table_whose_heads_are_read_once(texts):
    pdf = render_form(long_table(), texts)
    outline, pages = outline_of(pdf), pages_of(pdf)
    assert len(pages) >= 3
    assert all("kolumnett" in page for page in pages)
    assert [tag for _, tag, _, _ in outline].count("Table") == 1
    assert [words for _, tag, words, _ in outline if tag == "TH"] == ["kolumnett", "kolumntvå"]
    assert [tag for _, tag, words, _ in outline if "tabell" in words] == ["P"]
    assert outline[[tag for _, tag, _, _ in outline].index("Caption") + 1].words == "tabell"
    assert [words for _, tag, words, _ in outline if tag == "TD"][::2] == [f"rad{n}" for n in range(90)]


def test_heads_that_are_read_on_every_page_would_be_found(texts, monkeypatch):
    """The control: without artifacts the heads are read three times."""
    monkeypatch.setattr(Pen, "artifact", lambda pen: nullcontext())
    outline = outline_of(render_form(long_table(), texts))
    read = " ".join(words for _, tag, words, _ in outline if tag == "TH")
    assert read.count("kolumnett") > 1


def test_an_answer_over_two_pages_is_one_paragraph_under_one_label(texts):
    long = answered("\n".join(f"rad{number}" for number in range(80)))
    pdf = render_form(form_with([(item_of(ItemType.PARAGRAPH, "berättelse"), long)]), texts)
    found = outline_of(pdf)
    assert len(pages_of(pdf)) == 2
    assert [words for _, tag, words, _ in found if words == "berättelse"] == ["berättelse"]
    assert [words for _, tag, words, _ in found if "rad0" in words] == [
        " ".join(f"rad{n}" for n in range(80))
    ]


def test_a_tick_box_says_whether_it_is_ticked(texts):
    item = item_of(ItemType.CHOICE, table="colours", codes=("red", "green"))
    outline = outline_of(render_form(form_with([(item, answered("green"))]), texts))
    assert [element.actual for element in outline if element.actual] == ["red, tom ruta", "green, ikryssad"]


def strings_outside_pages(pdf: bytes) -> tuple[set[str], set[str]]:
    """All keys, and all texts that stand anywhere but in what is drawn."""
    keys: set[str] = set()
    words: set[str] = set()
    with pikepdf.open(BytesIO(pdf)) as opened:
        for thing in (*opened.objects, opened.trailer):
            waiting = [thing]
            while waiting:
                node = waiting.pop()
                if isinstance(node, pikepdf.Stream) and node.get("/Type") == "/Metadata":
                    words.add(node.read_bytes().decode())
                if isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
                    keys |= set(node.keys())
                    waiting += [each for _, each in node.items() if _is_within(each)]
                elif isinstance(node, pikepdf.Array):
                    waiting += [each for each in node if _is_within(each)]
                elif isinstance(node, pikepdf.String):
                    words.add(str(node))
    return keys, words


def _is_within(thing: object) -> bool:
    return isinstance(thing, pikepdf.Object) and not thing.is_indirect


def named(name: str) -> FilledForm:
    """A form in which everything that can be written says the same name."""
    typed = (ItemType.TEXT, ItemType.PARAGRAPH)

    def answer(item, turn, row_id=""):
        return answered("Hemligsson" if item.type in typed else None)

    return filled_with_samples(FORMS[name], HEAD, row_ids=FIXED_ROWS, answer=answer)


def test_no_name_stands_anywhere_but_on_the_pages_and_nothing_acts():
    for name in FORMS:
        pdf = render_form(named(name), TEXTS)
        keys, words = strings_outside_pages(pdf)
        assert not keys & ACTS, name
        assert not [text for text in words if "Hemligsson" in text], name
    tell("P6.6", f"{len(FORMS)} forms full of a name: nowhere outside what is drawn; 0 keys that act")


def test_a_name_in_the_title_would_be_found():
    """The control: a document called by a person's name, with a link in it."""
    pen = Pen("Akten Hemligsson")
    pen.end_page()
    with pikepdf.open(BytesIO(pen.end())) as opened:
        opened.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://x")])
        out = BytesIO()
        opened.save(out)
    keys, words = strings_outside_pages(out.getvalue())
    assert {"/Annots", "/URI"} <= keys & ACTS
    assert [text for text in words if "Hemligsson" in text]


PRINTED = """
import hashlib, tomllib
from desktop_app.domain.answers import answered
from desktop_app.domain.forms import Row
from desktop_app.domain.values import ItemType
from desktop_app.paths import RESOURCES
from desktop_app.printing.form_print import render_form
from tests.printing.conftest import _flat
from tests.printing.samples import SmallTexts, form_with_rows, item_of
paper = {}
for name in ("paper", "paper_aloud"):
    paper |= _flat(tomllib.loads((RESOURCES / "texts" / "sv" / f"{name}.toml").read_text("utf-8")))
columns = (item_of(ItemType.TEXT, "ett"), item_of(ItemType.MONEY, "kronor", sums=True))
rows = tuple(Row(f"r{n}", {"ett": answered("Łukasz Ö")}) for n in range(40))
pdf = render_form(form_with_rows(item_of(ItemType.REPEAT, "tabell", columns=columns), rows), SmallTexts(paper))
print(hashlib.sha256(pdf).hexdigest())
"""


def test_another_process_prints_the_same_bytes():
    found = [
        subprocess.run(
            [sys.executable, "-c", PRINTED],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1] != b""
