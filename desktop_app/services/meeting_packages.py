"""The package of a meeting: all its forms as one numbered copy for each participant, with what that one may see."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.disclosure_check import DisclosureCheck
from desktop_app.domain.forms import OF_ROW, FilledForm, ResponseStatus, Row
from desktop_app.domain.meeting_errors import NobodyCalled, NothingChosen
from desktop_app.domain.meetings import COPIES, MEETINGS, PARTICIPANTS, rows_of
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.printing.package_print import lay_out_package
from desktop_app.services.disclosure_check import must_be_ticked, note
from desktop_app.services.meeting_forms import OF_MEETING, PackageForms, Reader
from desktop_app.services.meetings import must_exist, put_row
from desktop_app.services.package_check import check_package
from desktop_app.services.session import Session
from desktop_app.storage.document_store import IssuedRecord
from desktop_app.storage.unit_of_work import UnitOfWork

PACKAGE_FORM = "F47"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoice:
    """A form that may go in the package. ``status`` is ``None`` when it has not been begun: it then goes blank."""

    form_id: str
    status: ResponseStatus | None
    proposed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the dialog begins with. ``others`` are the other cases that the meeting is about, by id and code."""

    readers: tuple[Reader, ...]
    without_copy: tuple[Reader, ...]
    forms: tuple[FormChoice, ...]
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePlan:
    """What is to be made: the case the meeting was planned in first, the forms in order, and for whom."""

    case_ids: tuple[str, ...]
    meeting: str
    forms: tuple[str, ...]
    readers: tuple[Reader, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCopy:
    """One copy as it was made and kept."""

    document_id: str
    number: int
    reader: Reader
    pdf: bytes
    page_count: int


@dataclass(frozen=True, slots=True)
class Made:
    """All copies of a package, kept in one act."""

    copies: tuple[MadeCopy, ...]
    changes: ChangeSet


def propose(session: Session, case_id: str, meeting: str) -> Proposal:
    """Return what a package of a meeting would hold. Raises ``MeetingNotFound``, ``CaseNotFound``."""
    with session.reading() as stores:
        file = must_exist(session, stores, case_id, meeting)
        others = [
            (each, stores.cases.by_id(each).code)
            for each in stores.answers.cases_with_row("case", MEETINGS, meeting)
            if each != case_id
        ]
    types = session.library.definitions.meetings
    kind = types.of(file.row(MEETINGS, meeting).cell("meeting_type").value)
    forms = PackageForms(session, (case_id,), meeting)
    called = rows_of(file.rows(PARTICIPANTS), meeting)
    readers = {row.id: _reader(session, row) for row in called if row.cell("recipient").is_value}
    without = {row.id for row in called if row.cell("own_copy").value == "no"}
    return Proposal(
        readers=tuple(reader for row_id, reader in readers.items() if row_id not in without),
        without_copy=tuple(reader for row_id, reader in readers.items() if row_id in without),
        forms=tuple(
            FormChoice(
                form_id=form_id,
                status=(status := forms.status(case_id, form_id)),
                # What nobody has begun goes along empty only where it belongs to the meeting itself.
                proposed=kind is not None
                and form_id in kind.forms
                and (status is not None or form_id in OF_MEETING),
            )
            for form_id in types.choosable
        ),
        others=tuple(others),
    )


def _reader(session: Session, row: Row) -> Reader:
    recipient = str(row.cell("recipient").value)
    words = session.library.texts.get(f"tables.recipients.{recipient}")
    name, unit = (str(row.cell(column).value or "") for column in ("name", "unit"))
    profile = session.library.recipient_profiles.of(recipient)
    if not profile.authority or profile.authority == "relative":
        name = ""  # the person and those around are told by what they are, never by name
    return Reader(row.id, recipient, ", ".join(part for part in (name, unit or words) if part))


def make(
    session: Session,
    plan: PackagePlan,
    ticked: frozenset[str] = frozenset(),
    *,
    progress: Progress | None = None,
) -> Made:
    """Make a copy for each reader and keep them all, with their lines in the log and the register, in one commit.

    ``ticked`` has the hits of ``check`` that somebody has read. Stopped by ``progress``, or ended from outside,
    nothing is left: the copies are drawn before anything is written.

    Raises:
        NobodyCalled: there is no reader.
        NothingChosen: there is no form.
        DisclosureNotTicked: a copy would tell what nobody has read and ticked.
        MeetingNotFound: a case does not have the meeting.
        Cancelled: the person asked it to stop.

    """
    forms, steps = _forms(session, plan), progress or NoProgress()
    told = check_package(session, forms, plan.forms, plan.readers, steps)
    must_be_ticked(told.whole, ticked)
    copies = _drawn(session, plan, forms, steps)
    steps.step(len(copies), len(copies), "meetings.keeping")
    with session.act() as work:
        for copy in copies:
            _keep(session, work, plan, copy, len(copies))
            note(
                work,
                plan.case_ids[0],
                PACKAGE_FORM,
                copy.document_id,
                told.by_recipient[copy.reader.recipient],
            )
        work.commit()
    kinds = (Kind.DOCUMENT, Kind.REGISTER, Kind.FACT)
    return Made(copies, changed(*kinds, case_id=plan.case_ids[0]))


def preview(session: Session, plan: PackagePlan, number: int = 1) -> bytes:
    """Return a copy as it would be made, without keeping it. ``number`` counts from 1."""
    return _draw(session, plan, _forms(session, plan), number).pdf


def check(session: Session, plan: PackagePlan) -> DisclosureCheck:
    """Return what the copies would tell and withhold, to be read and ticked. Raises as ``make`` does."""
    return check_package(session, _forms(session, plan), plan.forms, plan.readers, NoProgress()).whole


def _forms(session: Session, plan: PackagePlan) -> PackageForms:
    if not plan.readers:
        raise NobodyCalled
    if not plan.forms:
        raise NothingChosen
    return PackageForms(session, plan.case_ids, plan.meeting)


def _drawn(
    session: Session, plan: PackagePlan, forms: PackageForms, progress: Progress
) -> tuple[MadeCopy, ...]:
    copies: list[MadeCopy] = []
    for number in range(1, len(plan.readers) + 1):
        progress.step(number - 1, len(plan.readers), "meetings.making")
        copies.append(_draw(session, plan, forms, number))
    return tuple(copies)


def _draw(session: Session, plan: PackagePlan, forms: PackageForms, number: int) -> MadeCopy:
    texts, reader = session.library.texts, plan.readers[number - 1]
    mark = texts.get("meetings.copy_for", number=number, count=len(plan.readers), reader=reader.words)
    found = forms.parts(plan.forms, reader)
    number_words = texts.get("meetings.copy", number=number, count=len(plan.readers))
    cover = _marked(forms.cover(PACKAGE_FORM, found, reader, number_words), mark)
    parts = [_marked(part.filled, mark) for part in found]
    paper = lay_out_package(cover, parts, texts, [part.texts for part in found])
    return MadeCopy(
        document_id=secrets.token_hex(8),
        number=number,
        reader=reader,
        pdf=paper.pdf,
        page_count=paper.page_count,
    )


def _marked(filled: FilledForm, mark: str) -> FilledForm:
    return replace(filled, head=replace(filled.head, mark=mark))


def _keep(session: Session, work: UnitOfWork, plan: PackagePlan, copy: MadeCopy, count: int) -> None:
    """Keep one copy under the case the meeting was planned in, and a line in the register of each case."""
    definition = session.library.form(PACKAGE_FORM)
    lead = plan.case_ids[0]
    record = IssuedRecord(
        document_id=copy.document_id,
        case_id=lead,
        form_id=definition.id,
        form_version=definition.version,
        recipient=copy.reader.recipient,
        status=ResponseStatus.FINISHED.value,
        made_at=session.clock(),
        sha256=hashlib.sha256(copy.pdf).hexdigest(),
    )
    work.documents.add(record, work.actor, copy.pdf)
    fields = (copy.reader.recipient, *plan.forms)
    work.audit(
        "meeting.copy_made",
        case_id=lead,
        entity=definition.id,
        entity_id=copy.document_id,
        fields=fields,
    )
    cells: Mapping[str, str] = {
        "number": session.library.texts.get("meetings.copy", number=copy.number, count=count),
        "name": copy.reader.words,
        "recipient": copy.reader.recipient,
        "document": copy.document_id,
    }
    for case_id in plan.case_ids:
        row_id = f"{plan.meeting}{OF_ROW}{copy.document_id}"
        put_row(session, work, case_id, COPIES, row_id, {**cells, "made_on": session.today})
