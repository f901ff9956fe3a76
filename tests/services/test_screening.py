"""The first questions, instruments and evidence: on screen, on paper and in the store, each answer as it was given."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop_app.definitions.toml_file import read_toml
from desktop_app.domain.answers import NO_VALUE_STATES, AnswerState, answered, without_value
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.screening import COUNTED, SCREENING, count_screening
from desktop_app.domain.values import ItemType
from desktop_app.paths import RESOURCES
from desktop_app.services import search, timeline
from desktop_app.services.case_reading import stored_file
from desktop_app.services.forms import Edit, begin_anew, finish, open_form, save
from desktop_app.services.printing import preview
from desktop_app.services.session import Session
from tests.helpers.desk_work import answers, opened_case, typed, typed_row
from tests.helpers.figures import tell


def screening_items(session: Session) -> list[Item]:
    return [item for item in session.library.form("F43").items() if (item.binds or "").startswith(SCREENING)]


def paper(session: Session, case_id: str, form_id: str) -> str:
    pages = PdfReader(BytesIO(preview(session, case_id, form_id))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


# The first questions


@pytest.mark.parametrize("state", NO_VALUE_STATES)
def test_each_way_of_having_no_answer_is_kept_on_screen_on_paper_in_the_store_and_in_the_count(
    session: Session, state: AnswerState
):
    case_id = opened_case(session)
    asked = [item for item in screening_items(session) if item.enable_when is None]
    view = open_form(session, case_id, "F43")
    edits = [Edit(Address(item.link_id), without_value(state)) for item in asked]
    shown = answers(save(session, case_id, "F43", view.revision, edits).view)
    assert {shown[item.link_id].state for item in asked} == {state}
    word = session.library.texts.get(f"answers.states.{state.value}")
    said = paper(session, case_id, "F43").count(word)
    assert said == len(asked) + 1, "once for each question, and once where it is explained"
    with session.reading() as stores:
        file = stored_file(session, stores, stores.cases.by_id(case_id))
    counts = {each.key: each for each in count_screening([file], session.library.schema.facts)}
    counted = [item.binds or "" for item in asked if item.type in COUNTED]
    assert {counts[key].states[state] for key in counted} == {1}
    assert sum(counts[key].with_value for key in counted) == 0
    tell(
        "screening",
        f"{len(asked)} questions keep {state.value} on screen, paper, in the store and in the count",
    )


def test_a_finished_one_keeps_its_answers_and_a_new_one_starts_from_them(session: Session):
    case_id = opened_case(session)
    required = {
        item.link_id: "no" if item.type is ItemType.YES_NO else item.codes[-1]
        for item in session.library.form("F43").items()
        if item.required and item.codes
    }
    typed(session, case_id, "F43", asked_on="2026-11-22", **required)
    finish(session, case_id, "F43")
    typed(session, case_id, "F01", children_in_household="yes")
    assert answers(open_form(session, case_id, "F43"))["children_in_household"].value == "no", (
        "as it was asked"
    )
    begin_anew(session, case_id, "F43")
    again = answers(open_form(session, case_id, "F43"))
    assert again["debts"] == answered("no")
    assert again["children_in_household"].value == "yes"


def test_every_question_says_why_it_is_asked_where_that_comes_from_and_how_an_answer_may_look(
    session: Session,
):
    texts, told = session.library.texts, 0
    for item in screening_items(session):
        if item.link_id == "asked_on":
            continue
        for part in ("why", "source", "example"):
            assert texts.has(f"{item.text_key}.{part}"), f"{item.link_id} has no {part}"
        told += 1
    tell("screening", f"{told} first questions, each with why, source and an example")


def test_everybody_is_asked_the_same_whatever_the_sex(session: Session):
    form = session.library.form("F43")
    conditions = [
        part.enable_when for part in (*form.sections, *form.items()) if part.enable_when is not None
    ]
    assert conditions
    assert {key for condition in conditions for key in condition.asked()} <= {
        item.link_id for item in form.items()
    }


# Instruments

SCALE_WORDS = re.compile(
    r"\b(poäng\w*|skala 1|skala 0|instämmer|stämmer (helt|delvis)|0\s*[-–]\s*[1-9]\b|cut-?off|totalpoäng"
    r"|aldrig\s*/\s*sällan|låg/medel|medelhög|riskfaktor \d|delskala|item \d|gränsvärde)",
    re.IGNORECASE,
)
MAY_SAY = re.compile(r"(ingen|aldrig en|ger ingen|blir aldrig en) poäng", re.IGNORECASE)


def scale_words(text: str) -> list[str]:
    return [found[0] for found in SCALE_WORDS.finditer(MAY_SAY.sub("", text))]


def texts_of(name: str) -> str:
    root = RESOURCES / "texts" / "sv"
    return "\n".join(path.read_text("utf-8") for path in sorted(root.glob(f"**/{name}*")) if path.is_file())


def test_no_text_holds_a_scale_or_an_item_of_an_instrument():
    texts = texts_of("instruments.toml") + texts_of("screening.toml") + texts_of("evidence.toml")
    texts += (RESOURCES / "texts/sv/forms/instruments/v1.toml").read_text("utf-8")
    texts += (RESOURCES / "texts/sv/forms/screening/v1.toml").read_text("utf-8")
    assert scale_words(texts) == []
    assert scale_words("1. Aldrig / sällan (0 – 4 poäng)"), "the control finds them"
    columns = read_toml(RESOURCES / "case_file" / "v1.toml").child("registers").child("instruments")
    kinds = {column.text("link_id"): column.text("type") for column in columns.children("column")}
    assert "number" not in kinds.values(), "there is nowhere to write a score"


def test_each_instrument_says_what_may_stand_here_and_by_which_source(session: Session):
    texts = session.library.texts
    notes = " ".join(
        texts.get(f"{item.text_key}.body")
        for item in session.library.form("F45").items()
        if item.type is ItemType.INFO
    )
    for code in session.library.table("instruments"):
        name = texts.get(f"tables.instruments.{code}").split(" ")[0].split("-")[0]
        assert name == "Annat" or name in notes, f"{name} has no note"
    assert notes.count("Källa:") + notes.count("ingen källa") == 8
    count = len(session.library.table("instruments")) - 1
    tell("instruments", f"{count} instruments, each with what may be recorded and its source")


def test_an_instrument_is_found_printed_and_told_in_the_timeline(session: Session):
    case_id = opened_case(session)
    typed_row(
        session, case_id, "F45", "instruments",
        instrument="patriark", version="2", used_on="2026-11-20", used_by="Alva Alm", trained="yes",
        result="Bedömaren ser tecken på kontroll.", kept_at="Pärm 7",
    )  # fmt: skip
    words = paper(session, case_id, "F45")
    for expected in ("PATRIARK", "2026-11-20", "Alva Alm", "Bedömaren ser tecken på kontroll.", "Pärm 7"):
        assert expected in words
    found = search.find(session, "tecken på kontroll").groups
    assert [hit.target.form_id for group in found for hit in group.hits] == ["F45"]
    assert "Standardiserad bedömning: PATRIARK" in [
        entry.title for entry in timeline.of_case(session, case_id)
    ]


# Evidence


def test_evidence_stands_by_its_criterion_the_strongest_first(session: Session):
    case_id = opened_case(session)
    late = {"criterion": "wants_to_leave", "source": "observation", "strength": "weak", "words": "Kom sent."}
    number = {
        "criterion": "wants_to_leave",
        "source": "kriminalvarden",
        "strength": "strong",
        "dated": "2026-10-01",
        "words": "Bytte nummer.",
    }
    home = {"criterion": "support_need", "source": "own_account", "words": "Saknar bostad."}
    for cells in (late, number, home):
        typed_row(session, case_id, "F07", "evidence", **cells)
    [table] = [e for e in open_form(session, case_id, "F07").filled.items() if e.item.link_id == "criteria"]
    lines = {row.id: row.cell("evidence_lines").value for row in table.rows}
    assert lines["wants_to_leave"] == (
        "2026-10-01: Kriminalvården, stark: Bytte nummer.\nEgen iakttagelse, svag: Kom sent."
    )
    assert lines["support_need"] == "Personens egen berättelse, styrka inte angiven: Saknar bostad."
    assert lines["evidence_person"] is None
    words = paper(session, case_id, "F07")
    assert words.count("Bytte nummer.") == 1, "on paper it stands in the table of evidence alone"


def test_what_speaks_for_a_criterion_stays_in_the_file(session: Session):
    kept = {name for name, register in session.library.schema.registers.items() if register.kept_in_file}
    assert {"evidence", "threats", "instruments"} <= kept
    for form in session.library.forms:
        if form.recipients:
            shown = {item.rows_from for item in form.items()}
            columns = {column.link_id for item in form.items() for column in item.columns}
            assert not shown & {"evidence", "threats", "instruments"}, form.id
            assert "evidence_lines" not in columns, form.id
            assert not {"fact.network_name", "fact.rival_networks"} & {item.binds for item in form.items()}, (
                form.id
            )


# GVI

MAPPED = {
    "mapped, no own will yet": ("yes", "", True),
    "own will shown": ("yes", "2026-11-20", False),
    "not mapped": ("no", "", False),
    "nobody knows": ("", "", False),
}


@pytest.mark.parametrize(("mapped", "will", "told"), MAPPED.values(), ids=list(MAPPED))
def test_one_who_is_only_mapped_waits_for_the_own_will(session: Session, mapped: str, will: str, told: bool):
    case_id = opened_case(session)
    typed(session, case_id, "F07", gvi_mapped=mapped, own_will_on=will)
    shown = {entry.item.link_id for entry in open_form(session, case_id, "F07").filled.items()}
    assert ("gvi_waits" in shown) is told
