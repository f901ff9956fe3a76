"""P4.6: a saved paper carries case data on its pages alone: not in its name, not in any object of the file."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from desktop_app.domain.values import ItemType
from desktop_app.services.cases import list_cases
from desktop_app.services.forms import open_form
from desktop_app.services.library import load_library
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.helpers.clock import StillClock
from tests.helpers.figures import LONG, tell
from tests.helpers.practice import closed_practice, opened
from tests.helpers.read_paper import issue_read
from tests.printing.reading import text_of
from ui.dialogs.save_copy import free_name
from ui.presenters.case_presenter import copy_name

NEUTRAL_NAME = re.compile(r"(F\d\db?|K\d)-[KÖ]-\d{4}-\d{3,}(-\d+)?\.pdf")
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/AA",
    "/OpenAction",
    "/URI",
    "/EmbeddedFiles",
    "/EmbeddedFile",
    "/Launch",
}
#: Looks of case data wherever they stand: identity numbers, telephone numbers, mail, dates with a time.
LOOKS_LIKE_CASE_DATA = re.compile(
    r"\b(?:19|20)?\d{6}[-+]?\d{4}\b|\b0\d{1,3}[- ]\d{2,3}[ ]?\d{2}[ ]?\d{2}\b|\S@\S+\.\w|D:\d{8}"
)
FORMS = tuple(form.id for form in load_library().forms)
SHORTEST = 4
READ_ALOUD = "/ActualText"
"""What a screen reader says of a box that is drawn: words of the form, as much on the page as the box is."""
TYPED = (ItemType.TEXT, ItemType.PARAGRAPH, ItemType.PERSONAL_IDENTITY_NUMBER)


def loose_texts(pdf: bytes) -> Iterator[str]:
    """Every text, name and key in every object of a file; page content and fonts are streams and not among them."""
    reader = PdfReader(BytesIO(pdf))
    for number in range(1, reader.trailer["/Size"]):
        yield from _texts_of(IndirectObject(number, 0, reader).get_object())
    yield from _texts_of(reader.trailer)


def _texts_of(node: object) -> Iterator[str]:
    if isinstance(node, DictionaryObject):
        if isinstance(node, StreamObject) and node.get("/Subtype") == "/XML":
            yield node.get_data().decode("utf-8", "replace")
        for key in node:
            yield key
            if key != READ_ALOUD:
                yield from _texts_of(node.raw_get(key))
    elif isinstance(node, ArrayObject):
        for each in node:
            yield from _texts_of(each)
    elif isinstance(node, TextStringObject | NameObject):
        yield str(node)
    elif isinstance(node, ByteStringObject):
        yield node.decode("latin-1")
    elif isinstance(node, IndirectObject):
        return


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The practice store, open."""
    found = opened(closed_practice(tmp_path_factory.mktemp("övning") / "store"), StillClock())
    yield found
    lock(found)


def answers_of(session: Session, case_id: str) -> set[str]:
    """Every answer that a person wrote in a case, and each longer word of it."""
    written: set[str] = set()
    for form_id in FORMS:
        filled = open_form(session, case_id, form_id).filled
        for entry in filled.items():
            types = {"": entry.item.type, **{column.link_id: column.type for column in entry.item.columns}}
            answers = [("", entry.answer), *(cell for row in entry.rows for cell in row.cells.items())]
            for column, answer in answers:
                value = answer.value if isinstance(answer.value, str) else answer.typed
                if value and types.get(column) in TYPED:
                    written |= {value, *re.findall(r"\w{8,}", value)}
    return {each for each in written if len(each) >= SHORTEST}


def test_no_form_of_any_practice_case_carries_case_data_outside_its_pages(session: Session) -> None:
    cases = list_cases(session)
    objects = papers = on_page = 0
    titles = {session.library.texts.get(f"{form.text_key}.title") for form in session.library.forms}
    for case in cases if LONG else cases[::3]:
        written = answers_of(session, case.case_id)
        assert written
        for form_id in FORMS:
            document = issue_read(session, case.case_id, form_id)
            texts = list(loose_texts(document.pdf))
            whole = "\n".join(texts)
            assert not ACTIVE & set(texts), form_id
            assert not LOOKS_LIKE_CASE_DATA.search(whole), form_id
            assert not [
                each for each in written if each in whole and not any(each in title for title in titles)
            ], form_id
            assert NEUTRAL_NAME.fullmatch(document.file_name)
            assert document.file_name == copy_name(form_id, case.code)
            page = text_of(document.pdf)
            on_page += any(each in page for each in written)
            objects, papers = objects + len(texts), papers + 1
    assert on_page > papers / 2, "the answers stand on the pages, so they could have stood elsewhere"
    tell(
        "P4.6",
        f"{papers} papers ({len(FORMS)} forms, {len(cases)} cases), {objects} texts in objects: 0 with case data",
    )


def test_a_second_copy_gets_a_neutral_name_too(tmp_path: Path) -> None:
    name = copy_name("F01", "K-2026-001")
    for _round in range(3):
        name = free_name(tmp_path, copy_name("F01", "K-2026-001"))
        assert NEUTRAL_NAME.fullmatch(name)
        (tmp_path / name).touch()


@pytest.mark.parametrize("planted", ["title", "author", "attachment", "link", "deep"])
def test_the_walk_finds_what_is_planted(session: Session, planted: str) -> None:
    writer = PdfWriter(clone_from=BytesIO(issue_read(session, list_cases(session)[0].case_id, FORMS[0]).pdf))
    word = "Övning Övningsson"
    if planted == "title":
        writer.add_metadata({"/Title": f"Anmälan {word}"})
    elif planted == "author":
        writer.add_metadata({"/Author": word})
    elif planted == "attachment":
        writer.add_attachment(f"{word}.txt", b"")
    elif planted == "link":
        writer.add_uri(0, f"https://example.org/?{word}", [0, 0, 9, 9])
    else:
        writer.root_object[NameObject("/Told")] = ArrayObject([TextStringObject(f"till {word}")])
    made = BytesIO()
    writer.write(made)
    whole = list(loose_texts(made.getvalue()))
    assert any(word in each for each in whole)


@pytest.mark.parametrize(
    "text", ["19970516-2387", "970516+2387", "0303-70 30 00", "kim@example.se", "D:20261122"]
)
def test_the_look_of_case_data_is_known(text: str) -> None:
    assert LOOKS_LIKE_CASE_DATA.search(f"(x {text} y)")
