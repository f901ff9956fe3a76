"""Forms on paper, read back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.domain.answers import EMPTY, AnswerState, answered, without_value
from desktop_app.domain.filling import WITHHELD
from desktop_app.domain.forms import Address, FilledForm, FilledItem, FilledSection, Row, Width
from desktop_app.domain.protection import Protection
from desktop_app.domain.values import VALUE_TYPES, ItemType
from desktop_app.printing.columns import COLUMN_TYPES
from desktop_app.printing.form_print import lay_out_form, render_form
from desktop_app.printing.items import PAPER_TYPES
from desktop_app.printing.styles import BODY_BOTTOM, BODY_WIDTH, SIDE_MARGIN
from tests.printing.reading import complaints_of, names_in, pages_of, spoken_text_of, text_of
from tests.printing.samples import (
    BLANK_HEAD,
    HEAD,
    SmallTexts,
    as_typed,
    form_of,
    form_with,
    form_with_rows,
    item_of,
    sample_value,
)

DRAFT = replace(HEAD, is_draft=True)
CHOICE = {"table": "colours", "codes": ("red", "green", "blue")}


def one(kind: ItemType, answer, head=HEAD, **more) -> FilledForm:
    return form_with([(item_of(kind, **more), answer)], head)


def lines_of(count: int) -> FilledForm:
    text = "\n".join(f"rad {number}" for number in range(count))
    return one(ItemType.PARAGRAPH, answered(text), DRAFT)


class TestRegistry:
    def test_every_item_type_has_a_row(self):
        assert set(PAPER_TYPES) == set(ItemType)

    def test_every_row_is_a_field_or_takes_the_whole_width(self):
        assert all((row.field is None) != (row.whole is None) for row in PAPER_TYPES.values())

    def test_every_type_with_a_value_can_be_a_column(self):
        assert set(VALUE_TYPES) - set(COLUMN_TYPES) == {ItemType.REPEAT, ItemType.INFO}


class TestAnswers:
    @pytest.mark.parametrize(
        ("kind", "value", "printed"),
        [
            (ItemType.TEXT, "Kvarngatan 7", "Kvarngatan 7"),
            (ItemType.PARAGRAPH, "Första raden\nAndra raden", "Första raden Andra raden"),
            (ItemType.DATE, date(2026, 11, 22), "2026-11-22"),
            (ItemType.NUMBER, Decimal("2.5"), "2,5"),
            (ItemType.MONEY, Decimal(1_234_567), "1 234 567 kr"),
            (ItemType.PERSONAL_IDENTITY_NUMBER, "19900101-2384", "19900101-2384"),
        ],
    )
    def test_a_value_is_printed_as_people_write_it(self, texts, kind, value, printed):
        assert printed in text_of(render_form(one(kind, answered(value)), texts))

    def test_every_type_prints_with_a_value_in_a_row_of_thirds(self, texts):
        items = [
            item_of(kind, width=Width.THIRD, **CHOICE) for kind in ItemType if kind is not ItemType.REPEAT
        ]
        words = {f"items.{kind.value}.body": "Läs det här" for kind in ItemType}
        filled = form_with([(item, answered(sample_value(item, 1) or "x")) for item in items])
        assert complaints_free(render_form(filled, SmallTexts({**texts._words, **words})))

    @pytest.mark.parametrize(
        ("state", "words"),
        [
            (AnswerState.UNKNOWN, "Vet inte"),
            (AnswerState.NOT_ASKED, "Ej frågat"),
            (AnswerState.DECLINED, "Vill inte svara"),
            (AnswerState.NOT_APPLICABLE, "Ej aktuellt"),
        ],
    )
    @pytest.mark.parametrize("kind", [ItemType.DATE, ItemType.YES_NO])
    def test_having_no_value_is_said_in_words(self, texts, kind, state, words):
        filled = one(kind, without_value(state), table="yes_no", codes=("yes", "no"))
        assert words in text_of(render_form(filled, texts))

    def test_what_could_not_be_read_stands_as_typed_with_a_mark(self, texts):
        printed = text_of(render_form(one(ItemType.DATE, as_typed("i våras"), DRAFT), texts))
        assert "i våras (kontrollera)" in printed

    @pytest.mark.parametrize(("head", "dash"), [(HEAD, True), (DRAFT, False), (BLANK_HEAD, False)])
    def test_a_gap_is_a_dash_only_in_a_finished_form(self, texts, head, dash):
        assert ("–" in text_of(render_form(one(ItemType.TEXT, EMPTY, head), texts))) is dash

    def test_all_options_of_a_short_choice_stand_there_and_one_is_crossed(self, texts):
        printed = text_of(render_form(one(ItemType.CHOICE, answered("green"), **CHOICE), texts))
        assert "red × green blue" in printed

    def test_of_a_long_choice_only_the_chosen_stands_there(self, texts):
        codes = tuple(f"option{number}" for number in range(30))
        filled = one(ItemType.CHOICE, answered("option7"), table="long", codes=codes)
        printed = text_of(render_form(filled, texts))
        assert "option7" in printed
        assert "option8" not in printed

    def test_of_a_long_list_each_chosen_stands_there_crossed(self, texts):
        codes = tuple(f"option{number}" for number in range(30))
        filled = one(ItemType.MULTI_CHOICE, answered(("option3", "option9")), table="long", codes=codes)
        assert "× option3 × option9" in text_of(render_form(filled, texts))

    def test_withheld_is_said_and_shows_no_boxes(self, texts):
        for kind in (ItemType.TEXT, ItemType.CHOICE, ItemType.PERSONAL_IDENTITY_NUMBER):
            printed = text_of(render_form(one(kind, answered(WITHHELD), **CHOICE), texts))
            assert "Lämnas separat (nyckelblad)" in printed
            assert "green" not in printed
            assert WITHHELD not in printed

    def test_a_name_is_printed_on_its_signature_line(self, texts):
        printed = text_of(render_form(one(ItemType.SIGNATURE, answered("Åsa Öberg")), texts))
        for words in ("Ort och datum", "Underskrift", "Namnförtydligande", "Åsa Öberg"):
            assert words in printed


class TestHardText:
    @pytest.mark.parametrize(
        "text", ["åäö ÅÄÖ é ł Łukasz ß ğ ș", "<script>alert(1)</script> & <b>x</b> &amp;"]
    )
    def test_letters_and_signs_come_out_as_they_went_in(self, texts, text):
        for kind in (ItemType.TEXT, ItemType.PARAGRAPH):
            assert text in text_of(render_form(one(kind, answered(text)), texts))

    def test_decomposed_letters_are_composed(self, texts):
        assert "Åsa" in text_of(render_form(one(ItemType.TEXT, answered("A\u030asa")), texts))

    def test_control_characters_and_halves_of_pairs_do_not_stop_a_print(self, texts):
        text = "före\x00\x01\x1b\ud800\u202eefter\tslut"
        printed = text_of(render_form(one(ItemType.TEXT, answered(text)), texts))
        assert "före" in printed
        assert "efter slut" in printed

    @pytest.mark.needs("pdftotext")
    def test_signs_the_face_lacks_are_marked_and_can_still_be_read_aloud(self, texts):
        pdf = render_form(one(ItemType.TEXT, answered("שלום 👋 漢字")), texts)
        spoken = spoken_text_of(pdf)
        assert set("שלום") < set(spoken)  # right to left, so not in the order of writing
        assert "👋" in spoken
        assert "漢字" in spoken
        assert "� står för ett tecken" in spoken

    def test_a_long_word_is_broken_inside_its_box(self, texts):
        pdf = render_form(one(ItemType.TEXT, answered("W" * 500), width=Width.THIRD), texts)
        assert text_of(pdf).replace(" ", "").count("W") == 500
        assert rightmost_of(pdf) <= SIDE_MARGIN + BODY_WIDTH

    def test_a_million_characters_are_printed_whole(self, texts):
        words = " ".join(f"ord{number}" for number in range(120_000))
        form = lay_out_form(one(ItemType.PARAGRAPH, answered(words), DRAFT), texts)
        assert len(words) > 1_000_000
        assert form.page_count > 100
        assert form.pdf.startswith(b"%PDF-")


class TestPages:
    def test_a_paragraph_goes_over_thirty_pages_without_losing_a_line(self, texts):
        pdf = render_form(lines_of(1_500), texts)
        pages = pages_of(pdf)
        assert len(pages) >= 30
        printed = [line.rstrip() for page in pages for line in page.splitlines() if line.startswith("rad ")]
        assert printed == [f"rad {number}" for number in range(1_500)]
        assert all("(fortsättning)" in page for page in pages[1:])

    def test_every_page_carries_its_marks(self, texts):
        head = replace(DRAFT, protection=Protection.ASSUMED_IDENTITY, consent_warning=True, is_practice=True)
        filled = replace(lines_of(200), head=head)
        pages = pages_of(render_form(filled, texts))
        assert len(pages) > 2
        for number, page in enumerate(pages, start=1):
            words = " ".join(page.split())
            for mark in (
                "K-2026-014",
                "Blankett F99, version 3",
                "2026-11-22",
                f"Sida {number} av {len(pages)}",
                "Sekretess enligt 26 kap. 1 § offentlighets- och sekretesslagen",
                "UTKAST",
                "Skyddade personuppgifter: fingerade personuppgifter",
                "Giltigt samtycke saknas",
                "ÖVNING – påhittade personer",
            ):
                assert mark in words

    def test_a_finished_form_has_none_of_the_warnings(self, texts):
        printed = text_of(render_form(one(ItemType.TEXT, answered("x")), texts))
        for mark in ("UTKAST", "Utkast", "Skyddade", "samtycke", "ÖVNING"):
            assert mark not in printed

    def test_a_form_with_nothing_in_it_is_one_page(self, texts):
        definition = form_of()
        empty = FilledForm(definition=definition, head=HEAD, sections=())
        assert lay_out_form(empty, texts).page_count == 1

    def test_a_title_never_stands_alone_at_the_foot_of_a_page(self, texts):
        item = item_of(ItemType.PARAGRAPH)
        definition = form_of(item)
        section = definition.sections[0]
        for lines in range(20, 60):
            text = "\n".join("x" * 5 for _ in range(lines))
            sections = tuple(FilledSection(section, (FilledItem(item, answered(text)),)) for _ in range(2))
            pages = pages_of(
                render_form(FilledForm(definition=definition, head=HEAD, sections=sections), texts)
            )
            for page in pages:
                body = page.split("Sekretess enligt")[0].split()
                assert body[-1] != "only"


class TestBlank:
    def test_there_is_room_to_write_and_no_dash(self, texts):
        items = [item_of(ItemType.TEXT, "short"), item_of(ItemType.PARAGRAPH, "long", max_length=4_000)]
        form = lay_out_form(form_with([(item, EMPTY) for item in items], BLANK_HEAD), texts)
        heights = {place.address.link_id: place.height for place in form.places}
        assert heights["short"] >= 28
        assert heights["long"] >= 100
        assert "K-2026" not in text_of(form.pdf)
        assert "Utskriven" not in text_of(form.pdf)

    def test_a_repeat_has_its_empty_rows(self, texts):
        item = item_of(
            ItemType.REPEAT, columns=(item_of(ItemType.YES_NO, table="yes_no", codes=("ja", "nej")),)
        )
        item = replace(item, blank_rows=6)
        printed = text_of(render_form(form_with_rows(item, (), BLANK_HEAD), texts))
        assert printed.count("ja nej") == 6


class TestTables:
    COLUMNS = (
        item_of(ItemType.DATE, "when"),
        item_of(ItemType.TEXT, "what"),
        item_of(ItemType.MONEY, "amount", sums=True),
    )

    def rows(self, count: int) -> tuple[Row, ...]:
        return tuple(
            Row(
                f"r{number}",
                {
                    "when": answered(date(2026, 1, 1 + number % 28)),
                    "what": answered(f"händelse {number}"),
                    "amount": answered(Decimal(1_000 + number)),
                },
            )
            for number in range(count)
        )

    def test_three_hundred_rows_with_heads_on_every_page_and_a_sum(self, texts):
        item = item_of(ItemType.REPEAT, columns=self.COLUMNS)
        pages = pages_of(render_form(form_with_rows(item, self.rows(300)), texts))
        printed = " ".join(" ".join(pages).split())
        assert all(f"händelse {number} " in printed for number in range(300))
        assert all("amount" in page for page in pages)
        assert "344 850 kr" in printed

    def test_without_rows_it_says_so(self, texts):
        item = item_of(ItemType.REPEAT, columns=self.COLUMNS)
        assert "Inget antecknat" in text_of(render_form(form_with_rows(item, ()), texts))

    def test_fixed_rows_are_named(self, texts):
        item = item_of(ItemType.REPEAT, columns=self.COLUMNS, fixed_rows="criteria")
        printed = text_of(render_form(form_with_rows(item, (Row("belongs"), Row("wants"))), texts))
        assert "belongs" in printed
        assert "wants" in printed

    @pytest.mark.parametrize("count", [8, 12, 20])
    def test_a_wide_table_keeps_every_value_on_the_page(self, texts, count):
        columns = tuple(item_of(ItemType.MONEY, f"column{number}", sums=True) for number in range(count))
        item = item_of(ItemType.REPEAT, columns=columns)
        rows = (
            Row("a", {f"column{number}": answered(Decimal(111_000 + number)) for number in range(count)}),
            Row("b", {"column0": answered(Decimal(1_000_000))}),
        )
        pdf = render_form(form_with_rows(item, rows), texts)
        printed = text_of(pdf)
        assert all(f"111 {number:03} kr" in printed for number in range(count))
        assert "1 111 000 kr" in printed
        assert rightmost_of(pdf) <= SIDE_MARGIN + BODY_WIDTH

    def test_a_cell_longer_than_a_page_goes_on_over_it(self, texts):
        item = item_of(ItemType.REPEAT, columns=self.COLUMNS)
        long = "\n".join(f"rad{number}" for number in range(150))
        rows = (Row("a", {"what": answered(long)}),)
        printed = text_of(render_form(form_with_rows(item, rows), texts)).split()
        assert [word for word in printed if word.startswith("rad")] == long.split()


class TestPlaces:
    def test_each_answer_has_a_place_inside_the_page(self, texts):
        item = item_of(ItemType.REPEAT, columns=TestTables.COLUMNS)
        form = lay_out_form(form_with_rows(item, TestTables().rows(60)), texts)
        assert {place.page for place in form.places} == set(range(1, form.page_count + 1))
        assert Address("repeat", "r59", "amount") in {place.address for place in form.places}
        for place in form.places:
            assert place.x >= SIDE_MARGIN - 0.01
            assert place.x + place.width <= SIDE_MARGIN + BODY_WIDTH + 0.01
            assert place.top + place.height <= BODY_BOTTOM + 0.01


class TestFile:
    def test_the_same_form_gives_the_same_bytes(self, texts):
        assert render_form(lines_of(100), texts) == render_form(lines_of(100), texts)

    def test_metadata_names_the_form_and_no_one_and_no_time(self, texts):
        words = SmallTexts({**texts._words, "forms.small.title": "Hänvisning"})
        reader = PdfReader(BytesIO(render_form(one(ItemType.TEXT, answered("Hemligsson")), words)))
        assert dict(reader.metadata or {}) == {"/Title": "Hänvisning", "/Producer": "Utväg"}
        assert reader.trailer["/Root"]["/Lang"] == "sv-SE"
        assert reader.xmp_metadata is not None
        assert reader.xmp_metadata.dc_title == {"x-default": "Hänvisning"}
        assert reader.xmp_metadata.dc_creator == []
        assert reader.xmp_metadata.xmp_create_date is None

    def test_nothing_in_it_can_act(self, texts):
        form = one(ItemType.TEXT, answered("https://example.org javascript:alert(1)"))
        acting = {"/JS", "/JavaScript", "/AA", "/A", "/OpenAction", "/Annots", "/AcroForm", "/EmbeddedFiles"}
        assert not names_in(render_form(form, texts)) & acting

    def test_only_our_own_faces_are_used_and_embedded(self, texts):
        reader = PdfReader(BytesIO(render_form(lines_of(10), texts)))
        fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
        assert all("NotoSans" in font["/BaseFont"] for font in fonts)
        assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)

    @pytest.mark.needs("qpdf")
    def test_qpdf_finds_nothing_wrong(self, texts, tmp_path):
        assert complaints_of(render_form(lines_of(100), texts), tmp_path) == ""


def complaints_free(pdf: bytes) -> bool:
    return bool(PdfReader(BytesIO(pdf), strict=True).pages)


def rightmost_of(pdf: bytes) -> float:
    """How far right any text reaches, from where each piece begins and how wide it is."""
    from desktop_app.printing.fonts import Face, measure

    ends: list[float] = []

    def visit(text: str, matrix: list[float], text_matrix: list[float], font: object, size: float) -> None:
        if text.strip() and text_matrix[1] == 0 and matrix[1] == 0:
            ends.append(matrix[4] + text_matrix[4] + measure(text.strip(), Face.REGULAR, size))

    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return max(ends)
