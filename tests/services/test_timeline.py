"""Everything in a case that has a day stands in one line of time, once, with where it came from."""

from __future__ import annotations

from datetime import date, datetime

from desktop_app.domain.journal import NoteContent
from desktop_app.domain.timeline import EntryKind
from desktop_app.services import timeline
from desktop_app.services.forms import open_form, remove_row
from desktop_app.services.journal import Draft, sign, write_draft
from desktop_app.services.printing import issue
from desktop_app.services.session import Session
from desktop_app.services.timeline import TIMELINE_FORM, TimelineEntry
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import intake, opened_case, typed, typed_row


def told(session: Session, case_id: str, kind: EntryKind) -> list[TimelineEntry]:
    return [entry for entry in timeline.of_case(session, case_id) if entry.kind is kind]


def noted(session: Session, case_id: str, body: str, event: str = "2026-11-20 10:00") -> None:
    content = NoteContent(event_typed=event, kind="measure", source="own_observation", body=body)
    written = write_draft(session, case_id, Draft(note_id=f"note-{event[:10]}", revision=0, content=content))
    sign(session, case_id, written.note.id, written.note.revision)


def test_a_new_case_has_the_day_it_was_opened(session: Session, clock: StillClock) -> None:
    (entry,) = timeline.of_case(session, opened_case(session))
    assert entry.kind is EntryKind.CASE
    assert entry.day == clock().date()
    assert entry.title == "Ärendet öppnades"


def test_each_sort_of_thing_is_told_once(session: Session) -> None:
    case_id = opened_case(session)
    intake(session, case_id)
    typed_row(
        session, case_id, "F02", "consents", recipient="police", may_disclose="yes", valid_from="2026-11-22"
    )
    typed_row(session, case_id, "F41", "meetings", meeting_type="first", starts="2026-12-01 13:00")
    typed_row(session, case_id, "F12", "cost_lines", cost_type="K01", starts="2026-12-10")
    noted(session, case_id, "Ringde frivården om boendet.")
    issue(session, case_id, "F01")
    kinds = [entry.kind for entry in timeline.of_case(session, case_id)]
    for kind in (
        EntryKind.CONTACT,
        EntryKind.CONSENT,
        EntryKind.MEETING,
        EntryKind.MONEY,
        EntryKind.NOTE,
        EntryKind.PRINT,
    ):
        assert kinds.count(kind) == 1, kind


def test_codes_are_told_in_words(session: Session) -> None:
    case_id = opened_case(session)
    typed_row(
        session, case_id, "F02", "consents", recipient="police", may_disclose="yes", valid_from="2026-11-22"
    )
    (entry,) = told(session, case_id, EntryKind.CONSENT)
    assert entry.title == "Samtycke börjar gälla: Polismyndigheten"
    assert (entry.target.form_id, entry.day) == ("F02", date(2026, 11, 22))


def test_newest_first_and_what_is_to_come_is_marked(session: Session, clock: StillClock) -> None:
    case_id = opened_case(session)
    typed_row(session, case_id, "F41", "meetings", meeting_type="sig", starts="2026-11-22 12:01")
    typed_row(session, case_id, "F41", "meetings", meeting_type="first", starts="2026-11-22 11:59")
    noted(session, case_id, "Det äldsta", "2026-10-01")
    entries = timeline.of_case(session, case_id)
    moments = [datetime.combine(entry.day, entry.time or datetime.min.time()) for entry in entries]
    assert moments == sorted(moments, reverse=True)
    ahead = {entry.title: entry.is_ahead for entry in entries if entry.kind is EntryKind.MEETING}
    assert ahead == {"Social insatsgrupp (SIG)": True, "Första mötet": False}
    assert entries[-1].words == "Det äldsta"


def test_a_long_note_is_cut_short(session: Session) -> None:
    case_id = opened_case(session)
    noted(session, case_id, "ord " * 300)
    (entry,) = told(session, case_id, EntryKind.NOTE)
    assert len(entry.words) < 250
    assert entry.words.endswith("…")


def test_a_removed_row_leaves_the_timeline(practice: Session) -> None:
    case_id = opened_case(practice)
    row = typed_row(practice, case_id, "F41", "meetings", meeting_type="first", starts="2026-12-01 13:00")
    assert told(practice, case_id, EntryKind.MEETING)
    remove_row(practice, case_id, "F41", "meetings", row)
    assert not told(practice, case_id, EntryKind.MEETING)


def printed_rows(session: Session, case_id: str) -> list[tuple[str, ...]]:
    form = open_form(session, case_id, TIMELINE_FORM)
    entry = next(e for e in form.filled.items() if e.item.link_id == "timeline")
    return [tuple(str(row.cell(name).value) for name in ("when", "kind", "what")) for row in entry.rows]


def test_on_paper_the_oldest_stands_first_and_only_what_was_chosen(session: Session) -> None:
    case_id = opened_case(session)
    noted(session, case_id, "Första samtalet", "2026-10-01")
    typed_row(session, case_id, "F41", "meetings", meeting_type="first", starts="2026-12-01 13:00")
    rows = printed_rows(session, case_id)
    assert [row[1] for row in rows] == ["Journal", "Ärendet", "Möte"]
    assert rows[0][0] == "2026-10-01"
    typed(session, case_id, TIMELINE_FORM, kinds="meeting")
    assert [row[1] for row in printed_rows(session, case_id)] == ["Möte"]
