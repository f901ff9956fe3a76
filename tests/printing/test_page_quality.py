"""What belongs together stands together: signatures, sums, and the number of a row that goes on over the page."""

from desktop_app.definitions.all import read_definitions
from desktop_app.domain.answers import answered
from desktop_app.domain.filling import blank
from desktop_app.domain.forms import FilledForm, Row
from desktop_app.domain.values import ItemType
from desktop_app.paths import RESOURCES
from desktop_app.printing import form_print
from desktop_app.printing.boxes import Cell, Strip, side_by_side
from desktop_app.printing.flow import Block, Placed, deal
from desktop_app.printing.pieces import TextLine
from desktop_app.printing.setting import setting_of
from desktop_app.printing.styles import BODY_BOTTOM, PAGE_HEIGHT
from tests.helpers.figures import tell
from tests.printing.reading import pages_of
from tests.printing.samples import BLANK_HEAD, HEAD, filled_with_samples, form_with_rows, item_of

DEFINITIONS = read_definitions(RESOURCES)
FIXED_ROWS = {register.id: register.fixed_rows for register in DEFINITIONS.schema.registers.values()}


def every_form() -> list[FilledForm]:
    """All forms, blank and filled in."""
    return [
        filled
        for form in DEFINITIONS.forms
        for filled in (
            blank(form, DEFINITIONS.schema, BLANK_HEAD),
            filled_with_samples(form, HEAD, row_ids=FIXED_ROWS),
        )
    ]


def split_signatures(forms: list[FilledForm]) -> list[str]:
    """The sections whose signatures stand on more than one page."""
    found: list[str] = []
    for filled in forms:
        signed = [
            {item.item.link_id for item in section.items if item.item.type is ItemType.SIGNATURE}
            for section in filled.sections
        ]
        if not any(signed):
            continue
        places = form_print.lay_out_form(filled, DEFINITIONS.texts).places
        for section, ids in zip(filled.sections, signed, strict=True):
            pages = {place.page for place in places if place.address.link_id in ids}
            if len(pages) > 1:
                found.append(f"{filled.definition.id} {section.section.id}")
    return found


def test_signatures_of_a_section_stand_on_one_page(monkeypatch):
    forms = every_form()
    assert split_signatures(forms) == []
    monkeypatch.setattr(form_print, "signatures_kept", list)  # the control
    torn = split_signatures(forms)
    assert torn
    tell("P6.7", f"0 signature blocks torn in {len(forms)} prints; {len(torn)} without the rule")


def pages_with_sums(count: int, texts) -> list[list[Placed]]:
    columns = (item_of(ItemType.TEXT, "vad"), item_of(ItemType.MONEY, "kronor", sums=True))
    rows = tuple(Row(f"r{n}", {"vad": answered(f"rad {n}"), "kronor": answered(n)}) for n in range(count))
    filled = form_with_rows(item_of(ItemType.REPEAT, "tabell", columns=columns), rows)
    blocks = form_print.form_blocks(filled, setting_of(filled, texts))
    return deal(blocks, lambda _: 100.0, BODY_BOTTOM)


def has_a_row(page: list[Placed]) -> bool:
    return any(cell.address is not None for body, _ in page if isinstance(body, Strip) for cell in body.cells)


def test_a_sum_never_stands_alone_on_a_page(texts):
    dealt = [pages_with_sums(count, texts) for count in range(20, 70)]
    assert {len(pages) for pages in dealt} >= {1, 2, 3}
    assert all(has_a_row(pages[-1]) for pages in dealt)


def test_a_sum_alone_would_be_found():
    """The control: rows that do not keep the sum with them leave it alone where the page is full."""
    row = Strip((Cell(100.0, least=20.0),))
    pages = deal([Block(row)] * 4, lambda _: PAGE_HEIGHT - 60.0, PAGE_HEIGHT)
    assert [len(page) for page in pages] == [3, 1]
    assert not has_a_row(pages[-1])


def test_a_row_that_goes_on_over_the_page_says_its_number_again(texts):
    columns = (
        item_of(ItemType.TEXT, "vem"),
        item_of(ItemType.PARAGRAPH, "varför"),
        item_of(ItemType.PARAGRAPH, "sedan"),
    )
    for lines in (4, 30):  # a row that is parted between its lines, and one whose answer is cut
        long = answered("\n".join(f"skäl {n}" for n in range(lines)))
        rows = tuple(Row(f"r{n}", {"vem": answered("A"), "varför": long, "sedan": long}) for n in range(9))
        item = item_of(ItemType.REPEAT, "rader", columns=columns, as_records=True)
        pages = pages_of(form_print.render_form(form_with_rows(item, rows), texts))
        numbers = [int(page.splitlines()[2].split()[0]) for page in pages[1:]]  # below head and section title
        assert len(numbers) >= 2
        assert numbers == sorted(numbers)


def test_what_stands_below_labels_of_different_height_begins_at_one_height():
    one, two = (TextLine("kort", 8.0),), (TextLine("lång", 8.0), TextLine("etikett", 8.0))
    value = (TextLine("svar"),)
    cells = (Cell(100.0, label=one, pieces=value), Cell(100.0, label=two, pieces=value))
    assert len({drawn_at(cell) for cell in cells}) == 2  # the control
    assert len({drawn_at(cell) for cell in side_by_side(cells).cells}) == 1


def drawn_at(cell: Cell) -> float:
    """How far down the first line below the label is drawn."""
    return cell.cut(10_000.0)[0].height - sum(piece.height for piece in cell.pieces)


def test_a_row_too_high_for_half_a_page_begins_below_its_heading(texts):
    long = "Hon berättar om flytten. " * 160
    columns = tuple(item_of(ItemType.PARAGRAPH, f"del{number}") for number in range(6))
    cells = {column.link_id: answered(long) for column in columns}
    filled = form_with_rows(item_of(ItemType.REPEAT, "tabell", columns=columns), (Row("r0", cells),))
    blocks = form_print.form_blocks(filled, setting_of(filled, texts))
    first, *rest = deal(blocks, lambda _: 200.0, BODY_BOTTOM)
    assert rest
    assert has_a_row(first)


def test_a_row_that_goes_on_over_the_page_is_named_again(texts):
    columns = (item_of(ItemType.TEXT, "vem"), item_of(ItemType.PARAGRAPH, "varför"))
    long = answered("\n".join(f"skäl {n}" for n in range(90)))
    rows = (Row("r0", {"vem": answered("Grannen"), "varför": long}),)
    filled = form_with_rows(item_of(ItemType.REPEAT, "tabell", columns=columns), rows)
    pages = pages_of(form_print.render_form(filled, texts))
    assert len(pages) > 1
    assert all("Grannen" in page for page in pages)
