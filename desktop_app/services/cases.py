"""Cases: open a new one, list them, and see what needs doing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop_app.domain.answers import answered
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.cases import Case, FirstContactClock, Stage, first_contact_clock, read_case_code
from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.derived import findings_of
from desktop_app.domain.explanation import outcome_words
from desktop_app.domain.forms import Address, Item
from desktop_app.domain.guide import FormProgress, GuideStep, StepStatus, next_step, stage_now, step_status
from desktop_app.domain.reminders import Reminder as CaseReminder
from desktop_app.domain.reminders import Urgency, moment_of, reminders_of
from desktop_app.domain.stored_answers import CASE_HOLDER, PlacedAnswer, to_stored
from desktop_app.services.case_reading import ReadCase, read_case
from desktop_app.services.form_reading import is_protected
from desktop_app.services.new_cases import CaseMade as CaseMade
from desktop_app.services.new_cases import new_case as new_case
from desktop_app.services.session import Session
from desktop_app.storage.answer_store import Writer
from desktop_app.storage.unit_of_work import StoreSet, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """One line of the list of cases. ``name`` is ``None`` when it is unknown, or not known to be unprotected.

    ``protection`` and ``municipal_role`` are codes of their tables, empty while nobody has answered.
    """

    case_id: str
    code: str
    kind: str
    protection: str
    municipal_role: str
    name: str | None
    protected: bool
    stage_key: str
    next_step_key: str | None
    next_form_id: str | None
    clock: FirstContactClock
    outcome: str | None
    opened_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the rail."""

    id: str
    form_id: str
    text_key: str
    status: str
    status_key: str


@dataclass(frozen=True, slots=True)
class CaseOverview:
    """A case with its steps."""

    summary: CaseSummary
    steps: tuple[StepView, ...]
    next_step: StepView | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to do, with the case it belongs to."""

    case_id: str
    code: str
    text_key: str
    params: Mapping[str, str]
    due: date | None
    form_id: str | None


@dataclass(frozen=True, slots=True)
class StartPage:
    """The four short lists of the start page."""

    overdue: tuple[Reminder, ...]
    today: tuple[Reminder, ...]
    week: tuple[Reminder, ...]
    waiting: tuple[Reminder, ...]
    open_cases: int


def mark_first_contact(session: Session, case_id: str, at: datetime) -> ChangeSet:
    """Stop the clock: the caseworker answered at ``at`` (local time without zone)."""
    with session.act() as work:
        _write_moment(session, work, case_id, "intake.first_contact_at", at)
        work.audit("case.first_contact", case_id=case_id, fields=("intake.first_contact_at",))
        work.commit()
    return changed(Kind.CASE, Kind.FACT, case_id=case_id)


def _write_moment(session: Session, work: UnitOfWork, case_id: str, key: str, moment: datetime) -> None:
    item: Item = session.library.schema.facts[key]
    stored = to_stored(item, answered(moment.replace(second=0, microsecond=0, tzinfo=None)))
    work.answers.put(Writer(case_id, work.now, work.actor), PlacedAnswer(CASE_HOLDER, Address(key), stored))


def case_id_of(session: Session, code: str) -> str:
    """Return the id of the case with a code; ``CaseNotFound`` when there is none."""
    with session.reading() as stores:
        return stores.cases.by_code(read_case_code(code)).id


def list_cases(session: Session) -> tuple[CaseSummary, ...]:
    """Return every case, by code."""
    with session.reading() as stores:
        return tuple(_look(session, stores, case).summary for case in stores.cases.all())


def overview(session: Session, case_id: str) -> CaseOverview:
    """Return a case with its steps; ``CaseNotFound`` when there is none."""
    with session.reading() as stores:
        return _look(session, stores, stores.cases.by_id(case_id))


def _look(session: Session, stores: StoreSet, case: Case) -> CaseOverview:
    read = read_case(session, stores, case)
    steps = tuple(_steps(session, stores, read.file))
    upcoming = next_step([(step, status) for step, status, _ in steps])
    views = tuple(view for _, _, view in steps)
    next_view = next((view for view in views if upcoming and view.id == upcoming.id), None)
    stage = stage_now(case.stage, [(step, status) for step, status, _ in steps], read.file)
    return CaseOverview(_summary(session, stores, read, next_view, stage), views, next_view)


def _steps(
    session: Session, stores: StoreSet, file: CaseFile
) -> list[tuple[GuideStep, StepStatus, StepView]]:
    progress: dict[str, FormProgress] = {}
    for record in stores.forms.of_case(file.case.id):
        former = progress.get(record.form_id)
        saved = record.revision > 0 or (former is not None and former.was_saved)
        progress[record.form_id] = FormProgress(record.status, saved)
    found: list[tuple[GuideStep, StepStatus, StepView]] = []
    for step in session.library.definitions.guide:
        status = step_status(step, progress, file)
        view = StepView(
            step.id, step.form_id, f"steps.{step.id}", status.value, f"steps.status.{status.value}"
        )
        found.append((step, status, view))
    return found


def _summary(
    session: Session, stores: StoreSet, read: ReadCase, upcoming: StepView | None, stage: Stage
) -> CaseSummary:
    file = read.file
    name = file.value("client.name") or file.value("client.alias")
    clock = first_contact_clock(
        moment_of(file, "intake.contacted_at"), moment_of(file, "intake.first_contact_at"), session.wall_clock
    )
    return CaseSummary(
        case_id=file.case.id,
        code=file.case.code,
        kind=file.case.kind.value,
        protection=str(file.value("client.protected_identity") or ""),
        municipal_role=str(file.value("file.municipal_role") or ""),
        name=str(name) if name and file.may_name_client else None,
        protected=is_protected(file),
        stage_key=f"stages.{stage.value}",
        next_step_key=upcoming.text_key if upcoming else None,
        next_form_id=upcoming.form_id if upcoming else None,
        clock=clock,
        outcome=_outcome(session, read),
        opened_at=file.case.opened_at.astimezone(),
        changed_at=(stores.answers.last_change(file.case.id) or file.case.opened_at).astimezone(),
    )


def _outcome(session: Session, read: ReadCase) -> str | None:
    """Return where the evidence points, once somebody has begun to answer; the caseworker's word goes first."""
    decided = read.file.value("assessment.decided")
    if isinstance(decided, str):
        return outcome_words(decided, None, session.library.texts)
    if read.file.value("fact.role") is None:
        return None
    findings = findings_of(read.file, read.rules, session.today)
    return outcome_words(findings.outcome, findings.criterion, session.library.texts)


def reveal_name(session: Session, case_id: str) -> str:
    """Return the person's name, or what they are called; asking is logged. Empty when neither is known."""
    with session.act() as work:
        read = read_case(session, work, work.cases.by_id(case_id))
        work.audit("case.name_shown", case_id=case_id, fields=("client.name",))
        work.commit()
    return str(read.file.value("client.name") or read.file.value("client.alias") or "")


def start_page(session: Session) -> StartPage:
    """Return what needs the caseworker now."""
    lists: dict[Urgency, list[Reminder]] = {urgency: [] for urgency in Urgency}
    with session.reading() as stores:
        cases = stores.cases.all()
        for case in cases:
            read = read_case(session, stores, case)
            waits = any(status is StepStatus.WAITING for _, status, _ in _steps(session, stores, read.file))
            for reminder in reminders_of(read.file, session.wall_clock, waits_for_police=waits):
                lists[reminder.urgency(session.today)].append(_placed(session, case, reminder))
    ordered = {urgency: tuple(sorted(found, key=_by_day)) for urgency, found in lists.items()}
    return StartPage(
        overdue=ordered[Urgency.OVERDUE],
        today=ordered[Urgency.TODAY],
        week=ordered[Urgency.WEEK],
        waiting=ordered[Urgency.WAITING],
        open_cases=len(cases),
    )


def _placed(session: Session, case: Case, reminder: CaseReminder) -> Reminder:
    params = dict(reminder.params)
    if "authority" in params:
        params["authority"] = session.library.texts.get(f"tables.authorities.{params['authority']}")
    return Reminder(case.id, case.code, reminder.text_key, params, reminder.due, reminder.form_id)


def _by_day(reminder: Reminder) -> tuple[date, str]:
    return reminder.due or date.max, reminder.code
