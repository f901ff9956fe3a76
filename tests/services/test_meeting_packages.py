"""A package of numbered copies: each with what its reader may see, all kept or none, followed until they are back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from desktop_app.domain.disclosure_errors import DisclosureNotTicked
from desktop_app.domain.errors import Cancelled
from desktop_app.domain.forms import Sensitivity
from desktop_app.domain.meeting_errors import NobodyCalled, NothingChosen
from desktop_app.services import audit, deadlines, meetings
from desktop_app.services.forms import finish
from desktop_app.services.kept_prints import issued, issued_pdf
from desktop_app.services.meeting_packages import Made, PackagePlan, check, make
from desktop_app.services.session import Session
from desktop_app.services.vault import lock
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case, typed_row
from tests.helpers.figures import rounds, tell
from tests.helpers.killing import killed
from tests.helpers.meeting_scene import (
    CALLED,
    CANARIES,
    KEPT,
    STARTS,
    met,
    noted,
    package_of,
    points_of,
    read_and_made,
)
from tests.helpers.practice import closed_store, opened
from tests.printing.reading import pages_of, spoken_text_of

FORMS = ("F05", "F03", "F06")
COPY_MADE = "events.meeting.copy_made"
SEES = {
    "local_police": set(CANARIES),
    "police_coordinator": set(CANARIES),
    "prison_service": set(CANARIES),
    "region": {Sensitivity.IDENTITY, Sensitivity.PLACE, Sensitivity.HEALTH},
    "school": {Sensitivity.IDENTITY, Sensitivity.PLACE},
    "client": set(CANARIES),
}
"""What each reader may have of a person who is not protected and has said yes to all."""


class StopsAt:
    """Asks the work to stop at a step."""

    def __init__(self, step: int) -> None:
        self._left = step

    def step(self, done: int, total: int, text_key: str) -> None:
        assert done <= total
        assert text_key
        if not self._left:
            raise Cancelled
        self._left -= 1


@pytest.fixture
def scene(session: Session) -> tuple[str, str]:
    case_id, meeting = met(session)
    noted(session, case_id)
    return case_id, meeting


def made(session: Session, scene: tuple[str, str], *forms: str) -> Made:
    return read_and_made(session, package_of(session, *scene, *(forms or FORMS)))


@cache
def plain(pdf: bytes) -> str:
    return spoken_text_of(pdf)


def found(pdf: bytes, words: str) -> bool:
    """Whether a word stands in a copy: in its text, or as it is in the file."""
    return words in plain(pdf) or words.encode() in pdf or words.encode("utf-16-be") in pdf


def test_each_copy_is_numbered_and_says_for_whom_on_every_page(session: Session, scene: tuple[str, str]):
    copies = made(session, scene).copies
    assert [copy.number for copy in copies] == [1, 2, 3, 4, 5, 6]
    for copy, (_, name, unit) in zip(copies, CALLED, strict=True):
        reader = f"{name}, {unit}" if unit else "Personen själv"
        pages = [" ".join(page.split()) for page in pages_of(copy.pdf)]
        assert len(pages) == copy.page_count
        for number, page in enumerate(pages, start=1):
            assert f"Exemplar {copy.number} av 6 · {reader}" in page
            assert f"Sida {number} av {len(pages)}" in page


def test_the_first_page_says_where_each_part_begins(session: Session, scene: tuple[str, str]):
    pages = [" ".join(page.split()) for page in pages_of(made(session, scene).copies[0].pdf)]
    titles = [session.library.texts.get(f"{session.library.form(form).text_key}.title") for form in FORMS]
    for title in titles:
        begins = next(number for number, page in enumerate(pages, start=1) if number > 1 and title in page)
        assert f"{title} K-2026-001 {begins}" in pages[0]


@pytest.mark.parametrize("protected", ["none", "confidentiality", "protected_registration"])
def test_no_copy_holds_what_its_reader_may_not_see(session: Session, protected: str):
    case_id, meeting = met(session, protected=protected)
    noted(session, case_id)
    typed_row(session, case_id, "F05", "called", recipient="relative", name="Rita Rot")
    hidden = set() if protected == "none" else {Sensitivity.IDENTITY, Sensitivity.PLACE}
    seen = withheld = 0
    for copy in made(session, (case_id, meeting), "F05", "F02", "F03", "F06").copies:
        may_see = SEES.get(copy.reader.recipient, set()) - hidden
        for kind, words in CANARIES.items():
            if copy.reader.recipient == "client" and kind is Sensitivity.IDENTITY:
                continue
            assert found(copy.pdf, words) == (kind in may_see), (copy.reader.recipient, kind)
            seen += kind in may_see
            withheld += kind not in may_see
        assert not any(found(copy.pdf, words) for words in KEPT)
    assert withheld
    if protected == "none":
        assert seen > withheld  # the control: what may be seen is found by the same search
        tell(
            "F6.1", f"copies of a meeting: {withheld} withheld values in 0 copies, {seen} allowed ones found"
        )


def test_a_point_that_is_withheld_says_so_once(session: Session, scene: tuple[str, str]):
    case_id, _ = scene
    rows = points_of(session, case_id)
    said = {"assessment": "Högt", "assessed_by": "Polisen", "measure": "Flytt", "due": "2026-12-01"}
    typed_row(session, case_id, "F06", "points", rows["threat"], **said)
    school = next(copy for copy in made(session, scene, "F06").copies if copy.reader.recipient == "school")
    words = plain(school.pdf)
    assert words.count("Lämnas inte ut till mottagaren") == 3, "threat, needs and family, each once"
    assert "2026-12-01" not in words


def test_without_a_consent_nothing_of_the_person_is_in_the_copy(session: Session):
    case_id, meeting = met(session)
    noted(session, case_id)
    typed_row(session, case_id, "F05", "called", recipient="provider", name="Ulla Utförare")
    last = made(session, (case_id, meeting)).copies[-1]
    assert last.reader.recipient == "provider"
    assert not any(found(last.pdf, words) for words in CANARIES.values())
    assert "samtycke" in plain(last.pdf).lower()


def test_several_cases_are_told_by_code_alone_and_the_person_reads_of_one(session: Session):
    first, meeting = met(session, kind="three_phase")
    second = opened_case(session)
    third = meetings.plan(
        session,
        [first, second],
        meetings.Planned(meeting_type="three_phase", starts=STARTS),
    ).meeting
    for recipient, name in (("local_police", "Per Palm"), ("client", "")):
        typed_row(session, first, "F05", "called", recipient=recipient, name=name)
    plan = PackagePlan(
        case_ids=(first, second),
        meeting=third,
        forms=("F05", "F03", "F06"),
        readers=package_of(session, first, third).readers,
    )
    police, client = read_and_made(session, plan).copies
    assert "K-2026-002" in plain(police.pdf)
    assert not found(police.pdf, CANARIES[Sensitivity.IDENTITY])
    assert "K-2026-002" not in plain(client.pdf)
    assert meeting != third
    for case_id in (first, second):
        register = {each.id: each.copies for each in meetings.of_case(session, case_id)}
        assert len(register[third]) == 2


def test_what_was_made_is_kept_with_sum_recipient_log_and_register(session: Session, scene: tuple[str, str]):
    case_id, meeting = scene
    copies = made(session, scene, "F05").copies
    kept = {each.document_id: each for each in issued(session, case_id)}
    lines = {each.document_id: each for each in meetings.of_case(session, case_id)[0].copies}
    told = [event for event in audit.events(session, case_id) if event.text_key == COPY_MADE]
    assert len(kept) == len(lines) == len(told) == 6
    for copy in copies:
        assert issued_pdf(session, copy.document_id) == copy.pdf
        assert kept[copy.document_id].sha256 == hashlib.sha256(copy.pdf).hexdigest()
        assert kept[copy.document_id].recipient == copy.reader.recipient
        assert lines[copy.document_id].name == copy.reader.words
    assert meeting


def test_copies_are_ticked_off_until_none_is_out(session: Session, scene: tuple[str, str]):
    case_id, _ = scene
    made(session, scene, "F05")

    def out() -> int:
        return sum(copy.is_out for copy in meetings.of_case(session, case_id)[0].copies)

    rows = [copy.row_id for copy in meetings.of_case(session, case_id)[0].copies]
    meetings.mark_copies(session, case_id, rows, "handed_out_on", session.today)
    assert out() == 6
    waited = [
        row for row in deadlines.of_case(session, case_id) if row.state == "open" and "exemplar" in row.title
    ]
    assert len(waited) == 6, "each copy that is out is watched"
    meetings.mark_copies(session, case_id, rows[:4], "collected_on", session.today)
    meetings.mark_copies(session, case_id, rows[4:], "shredded_on", session.today)
    assert out() == 0
    assert not [
        row for row in deadlines.of_case(session, case_id) if row.state == "open" and "exemplar" in row.title
    ]
    meetings.mark_copies(session, case_id, rows[:1], "collected_on", None)
    assert out() == 1


@pytest.mark.parametrize("step", [0, 7, 12])
def test_a_package_that_is_stopped_leaves_nothing(session: Session, scene: tuple[str, str], step: int):
    case_id, _ = scene
    before = len(audit.events(session, case_id))
    with pytest.raises(Cancelled):
        read_and_made(session, package_of(session, *scene, "F05"), StopsAt(step))
    assert issued(session, case_id) == ()
    assert meetings.of_case(session, case_id)[0].copies == ()
    assert len(audit.events(session, case_id)) == before


def test_equal_input_gives_equal_copies(session: Session, scene: tuple[str, str]):
    first, second = made(session, scene, "F05"), made(session, scene, "F05")
    assert [copy.pdf for copy in first.copies] == [copy.pdf for copy in second.copies]
    assert len({copy.pdf for copy in first.copies}) == 6


def test_a_package_without_readers_or_forms_is_refused(session: Session, scene: tuple[str, str]):
    plan = package_of(session, *scene)
    with pytest.raises(NobodyCalled):
        make(session, PackagePlan(case_ids=plan.case_ids, meeting=plan.meeting, forms=plan.forms, readers=()))
    with pytest.raises(NothingChosen):
        make(
            session, PackagePlan(case_ids=plan.case_ids, meeting=plan.meeting, forms=(), readers=plan.readers)
        )


def test_nothing_is_made_before_what_it_tells_is_ticked(session: Session, scene: tuple[str, str]):
    case_id, _ = scene
    plan = package_of(session, *scene, *FORMS)
    told = check(session, plan)
    assert told.hits
    with pytest.raises(DisclosureNotTicked):
        make(session, plan)
    with pytest.raises(DisclosureNotTicked):
        make(session, plan, frozenset(hit.id for hit in told.hits[1:]))
    assert issued(session, case_id) == ()
    make(session, plan, frozenset(hit.id for hit in told.hits))
    read = [
        event for event in audit.events(session, case_id) if event.text_key == "events.disclosure.checked"
    ]
    assert read, "that it was read and ticked stands in the log"


def test_a_tick_falls_when_somebody_else_is_to_read_it(session: Session, scene: tuple[str, str]):
    plan = package_of(session, *scene, *FORMS)
    few = replace(plan, readers=plan.readers[:1])
    assert not {hit.id for hit in check(session, few).hits} & {hit.id for hit in check(session, plan).hits}


def test_finished_minutes_go_out_filled_and_unbegun_ones_for_the_pen(session: Session):
    case_id, meeting = met(session)
    blank = plain(made(session, (case_id, meeting), "F06").copies[0].pdf)
    assert "Ansvar och kontaktvägar" in blank  # the points to write at
    assert "Per Palm" in blank
    noted(session, case_id)
    finish(session, case_id, "F06")
    filled = plain(made(session, (case_id, meeting), "F06").copies[0].pdf)
    assert CANARIES[Sensitivity.POLICE] in filled
    assert "Ansvar och kontaktvägar" not in filled  # nothing was said there


def test_killed_while_packages_are_made_all_copies_of_one_are_there_or_none(tmp_path: Path):
    folder = closed_store(tmp_path / "valv")
    session = opened(folder, StillClock())
    case_id, _ = met(session)
    lock(session)
    finished = 0
    for kill in range(rounds(2, 12)):
        finished += len(killed("package", folder, 0.6 + 0.37 * kill))
        session = opened(folder, StillClock())
        copies = len(meetings.of_case(session, case_id)[0].copies)
        told = [each for each in audit.events(session, case_id) if each.text_key == COPY_MADE]
        assert copies == len(issued(session, case_id)) == len(told)
        assert copies % len(CALLED) == 0
        assert copies >= finished * len(CALLED)
        lock(session)
    tell("F6.2", f"{rounds(2, 12)} kills while packages were made ({finished} finished): 0 half ones")
