"""P5.2: every field of every form survives what breaks other programs: kept, printed, never a crash."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop_app.domain.answers import Answer, AnswerState
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.values import ItemType, storable
from desktop_app.services import settings
from desktop_app.services.audit import check_store
from desktop_app.services.cases import list_cases
from desktop_app.services.forms import Edit, add_row, open_form, read, save
from desktop_app.services.library import load_library
from desktop_app.services.printing import preview
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case
from tests.helpers.figures import LONG, tell
from tests.helpers.practice import PROFILE, closed_store, opened
from tests.printing.reading import names_in, text_of

HOSTILE = {
    "SQL": "'; DROP TABLE answer; --",
    "SQL, other quotes": '"; DELETE FROM client_case; /* ` */',
    "formula": "=cmd|' /C calc'!A0",
    "formula with at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "script": "<script>alert(1)</script>",
    "markup": "<b>FET</b> <font size=99>STOR</font> <img src='file:///etc/passwd'> &amp; <para>",
    "placeholder": "{name} %s %(x)s ${HOME} {0}",
    "NUL": "före\x00efter",
    "control signs": "a\x07b\x1b[31mröd\x7f\r\n\x85c",
    "right to left": "‮bakvänt‬ עברית ‏",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
    "half a sign": "före\ud83defter",
    "combining": "a" + "\u0301" * 200,
    "PDF": "(hej\\) Tj ET Q endstream endobj \\222 )",
    "path": "../../../../windows/system32/aux:con",
}
MEGABYTE = "Å" * 1_000_000
KEPT_TO_THE_LETTER = {
    "SQL",
    "formula",
    "formula with at",
    "script",
    "markup",
    "placeholder",
    "emoji",
    "PDF",
    "path",
}
#: What a person can type in; the others are chosen from a list.
TYPED = {
    ItemType.TEXT,
    ItemType.PARAGRAPH,
    ItemType.DATE,
    ItemType.DATETIME,
    ItemType.NUMBER,
    ItemType.MONEY,
    ItemType.PERSONAL_IDENTITY_NUMBER,
}
ACTIVE = {"/JavaScript", "/JS", "/AA", "/OpenAction", "/URI", "/EmbeddedFiles", "/Launch"}
ITEM = load_library().form("F03").item("reason")
_tally: dict[str, int] = {}
FORMS = tuple(form.id for form in load_library().forms)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    found = opened(closed_store(tmp_path_factory.mktemp("fält") / "store"), StillClock())
    yield found
    lock(found)


def fields(session: Session, case_id: str, form_id: str) -> list[tuple[Address, Item]]:
    """Every field of a form that takes an answer, choices too; tables get a row."""
    definition = open_form(session, case_id, form_id).filled.definition
    found: list[tuple[Address, Item]] = []
    for item in (item for section in definition.sections for item in section.items if not item.read_only):
        if item.columns and item.takes_rows:
            add_row(session, case_id, form_id, item.link_id)
    rows = {entry.item.link_id: entry.rows for entry in open_form(session, case_id, form_id).filled.items()}
    for item in (item for section in definition.sections for item in section.items if not item.read_only):
        if item.type in TYPED:
            found.append((Address(item.link_id), item))
        for row in rows.get(item.link_id, ())[:1]:
            found += [
                (Address(item.link_id, row.id, column.link_id), column)
                for column in item.columns
                if column.type in TYPED and not column.read_only
            ]
    return found


def type_everywhere(
    session: Session, case_id: str, form_id: str, text: str, *, one_of_each: bool = False
) -> dict[Address, Answer]:
    """Save one text in every field at once (or in one of each type); return what each should now hold."""
    found = fields(session, case_id, form_id)
    if one_of_each:
        found = list({item.type: (address, item) for address, item in found}.values())
    wanted = {
        address: read(session.library, item, text, address.row_id or None, today=session.today)
        for address, item in found
    }
    revision = open_form(session, case_id, form_id).revision
    save(session, case_id, form_id, revision, [Edit(address, answer) for address, answer in wanted.items()])
    return wanted


def standing(session: Session, case_id: str, form_id: str) -> dict[Address, Answer]:
    """The answers of all fields that are shown."""
    found: dict[Address, Answer] = {}
    for entry in open_form(session, case_id, form_id).filled.items():
        found[Address(entry.item.link_id)] = entry.answer
        for row in entry.rows:
            found |= {
                Address(entry.item.link_id, row.id, column): answer for column, answer in row.cells.items()
            }
    return found


def words_of(answer: Answer) -> str:
    """What stands in a field."""
    return answer.typed if answer.state is AnswerState.AS_TYPED else str(answer.value)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_in_every_field_is_kept_and_printed(session: Session, name: str) -> None:
    text = HOSTILE[name]
    case_id = opened_case(session)
    intake(session, case_id, protected_identity="none")
    count = seen = 0
    turn = list(HOSTILE).index(name)
    for form_id in FORMS if LONG else FORMS[turn % 8 :: 8]:
        wanted = type_everywhere(session, case_id, form_id, text)
        now = standing(session, case_id, form_id)
        for address, answer in wanted.items():
            count += 1
            if address in now:
                seen += 1
                assert now[address] == answer, address
                if name in KEPT_TO_THE_LETTER:
                    assert words_of(answer) == text, address
        paper = preview(session, case_id, form_id)
        assert not ACTIVE & names_in(paper), form_id
        if name == "markup" and form_id == "F12":
            assert "<b>FET</b>" in text_of(paper)
    assert count > (60 if LONG else 3)
    assert seen > count / 3
    check = check_store(session)
    assert check.audit is not None
    assert check.audit.whole
    assert any(case.case_id == case_id for case in list_cases(session)), "no table was dropped"
    _tally[name] = count
    if len(_tally) == len(HOSTILE):
        tell("P5.2", f"{len(HOSTILE)} hostile texts in {sum(_tally.values())} fields: all kept and printed")


def test_a_megabyte_in_every_field_is_kept_as_typed_and_said_to_be_too_long(session: Session) -> None:
    case_id = opened_case(session)
    for form_id in FORMS if LONG else ("F01",):
        wanted = type_everywhere(session, case_id, form_id, MEGABYTE, one_of_each=not LONG)
        assert {answer.state for answer in wanted.values()} == {AnswerState.AS_TYPED}
        now = standing(session, case_id, form_id)
        assert all(now[address].typed == MEGABYTE for address in wanted if address in now)


def test_a_megabyte_in_one_field_can_be_printed(session: Session) -> None:
    case_id = opened_case(session)
    type_one = Edit(Address("reason"), read(session.library, ITEM, MEGABYTE[:100_000], today=session.today))
    save(session, case_id, "F03", open_form(session, case_id, "F03").revision, [type_one])
    assert preview(session, case_id, "F03").startswith(b"%PDF")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_as_search_word_or_setting_is_only_a_text(session: Session, text: str) -> None:
    settings.save_profile(session, replace(PROFILE, caseworker=text, unit=text))
    assert settings.profile(session).unit == storable(text)
    paper = preview(session, opened_case(session), "F03")
    assert not ACTIVE & names_in(paper)
    settings.save_profile(session, PROFILE)
