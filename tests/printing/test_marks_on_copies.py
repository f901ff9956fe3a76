"""A kept print that is taken out again says on every page that it is a copy, and is as sound as it was."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.domain.answers import answered
from desktop_app.domain.values import ItemType
from desktop_app.printing.form_print import render_form
from desktop_app.printing.marks_on_copies import marked
from tests.printing.aloud import outline_of
from tests.printing.reading import complaints_of, pages_of
from tests.printing.samples import form_with, item_of


@pytest.fixture
def kept(texts) -> bytes:
    long = answered("\n".join(f"rad {number}" for number in range(90)))
    return render_form(form_with([(item_of(ItemType.PARAGRAPH), long)]), texts)


@pytest.mark.parametrize("words", ["KOPIA", "Exemplar 12 av 14", "Łódź №3"])
def test_every_page_says_it(kept, words):
    pages = pages_of(marked(kept, words))
    assert len(pages) > 1
    assert all(words in page for page in pages)
    assert not any(words in page for page in pages_of(kept))


def test_what_stood_there_stands_there_still(kept):
    for before, after in zip(pages_of(kept), pages_of(marked(kept, "KOPIA")), strict=True):
        assert [line for line in after.splitlines() if "KOPIA" not in line] == before.splitlines()


def test_the_mark_is_not_read_aloud(kept):
    assert outline_of(marked(kept, "KOPIA")) == outline_of(kept)


def test_the_same_print_gives_the_same_copy(kept):
    assert marked(kept, "KOPIA") == marked(kept, "KOPIA")
    assert marked(kept, "KOPIA") != marked(kept, "Kopia")


def test_it_says_no_more_of_itself_than_before(kept):
    copy = PdfReader(BytesIO(marked(kept, "KOPIA")))
    assert dict(copy.metadata or {}) == dict(PdfReader(BytesIO(kept)).metadata or {})


@pytest.mark.needs("qpdf")
def test_qpdf_finds_nothing_wrong(kept, tmp_path):
    assert complaints_of(marked(kept, "KOPIA"), tmp_path) == ""
