"""The forms of a meeting's package as one reader may see them: read once, put together anew for each reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_app.domain.answers import answered
from desktop_app.domain.filling import Disclosure, blank, fill
from desktop_app.domain.forms import (
    FilledForm,
    FilledItem,
    FilledSection,
    FormDefinition,
    FormResponse,
    PageHead,
    ResponseStatus,
    Row,
    Sensitivity,
)
from desktop_app.domain.meetings import AGENDA_FORM, MEETINGS, MINUTES_FORM
from desktop_app.domain.own_words import worded
from desktop_app.domain.texts import Texts
from desktop_app.services.form_reading import OpenForm, load
from desktop_app.services.meeting_rows import response_about
from desktop_app.services.meetings import must_exist
from desktop_app.services.print_disclosure import disclosure_for
from desktop_app.services.session import Session
from desktop_app.storage.form_store import ResponseRecord
from desktop_app.storage.unit_of_work import StoreSet

OF_MEETING = (AGENDA_FORM, MINUTES_FORM)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets a copy: the row of the participant, the recipient, and how the copy says who it is."""

    row_id: str
    recipient: str
    words: str


@dataclass(frozen=True, slots=True)
class Part:
    """One form of a package: as the reader may see it, its words, and the case it is about."""

    opened: OpenForm
    filled: FilledForm
    disclosure: Disclosure
    texts: Texts

    @property
    def case_code(self) -> str:
        """The code of the case."""
        return self.opened.case.file.case.code


class PackageForms:
    """The forms of one or several cases for one meeting. The first case is the one it was planned in."""

    def __init__(self, session: Session, case_ids: Sequence[str], meeting: str) -> None:
        self._session, self._case_ids, self._meeting = session, tuple(case_ids), meeting
        self._read: dict[tuple[str, str], OpenForm] = {}
        with session.reading() as stores:
            self._files = [must_exist(session, stores, case_id, meeting) for case_id in case_ids]
        self._row = self._files[0].row(MEETINGS, meeting)
        kind = session.library.definitions.meetings.of(self._row.cell("meeting_type").value)
        self._code_only = len(case_ids) > 1 or (kind is not None and kind.code_only)

    def status(self, case_id: str, form_id: str) -> ResponseStatus | None:
        """Return how far a form is, ``None`` when it has not been begun."""
        with self._session.reading() as stores:
            record = self._record(stores, case_id, self._session.library.form(form_id))
        return record.status if record is not None else None

    def parts(self, forms: Sequence[str], reader: Reader) -> list[Part]:
        """Return the forms for a reader with their words: the meeting's own once, then what there is of each case.

        The person and those around are in the meeting for one case only, the first: they read of no other.
        """
        profile = self._session.library.recipient_profiles.of(reader.recipient)
        is_one = not profile.authority or profile.authority == "relative"
        lead, cases = self._case_ids[0], self._case_ids[:1] if is_one else self._case_ids
        own = [(lead, form_id) for form_id in forms if form_id == AGENDA_FORM]
        of_cases = [(case_id, form_id) for case_id in cases for form_id in forms if form_id not in OF_MEETING]
        minutes = [(case_id, form_id) for case_id in cases for form_id in forms if form_id == MINUTES_FORM]
        return [self._part(case_id, form_id, reader) for case_id, form_id in (*own, *of_cases, *minutes)]

    def cover(self, form_id: str, parts: Sequence[Part], reader: Reader, number: str) -> FilledForm:
        """Return the first page: which copy it is and what is in it. The pages are filled in as it is laid out."""
        texts, definition = self._session.library.texts, self._session.library.form(form_id)
        opened = self._open(self._case_ids[0], AGENDA_FORM)
        kind, starts = (self._row.cell(name).value for name in ("meeting_type", "starts"))
        meeting = [texts.get(f"tables.meeting_types.{kind}") if kind else ""]
        meeting.append(f"{starts:%Y-%m-%d %H:%M}" if isinstance(starts, datetime) else "")
        codes = dict.fromkeys(part.case_code for part in parts)
        words = {
            "number": number,
            "reader": reader.words,
            "meeting": " ".join(part for part in meeting if part),
            "cases": ", ".join(codes),
        }
        rows = tuple(_contents_row(str(place), part, texts) for place, part in enumerate(parts))
        response = FormResponse(
            id=self._meeting,
            case_id=self._case_ids[0],
            form_id=definition.id,
            form_version=definition.version,
            answers={name: answered(each) for name, each in words.items()},
            rows={"contents": rows},
        )
        _, head = disclosure_for(self._session, opened, reader.recipient)
        plain = replace(head, is_draft=False, consent_warning=False, registry_number=None)
        disclosure = Disclosure(recipient=reader.recipient, on_paper=True)
        return fill(definition, response, opened.case.file, plain, disclosure)

    def _part(self, case_id: str, form_id: str, reader: Reader) -> Part:
        opened = self._open(case_id, form_id)
        disclosure, head = disclosure_for(self._session, opened, reader.recipient)
        if self._code_only:
            disclosure = replace(disclosure, withheld=disclosure.withheld | {Sensitivity.IDENTITY})
        filled = replace(opened, head=head).filled(disclosure)
        if opened.record.revision < 0:
            filled = self._for_pen(opened, filled)
        return Part(opened, filled, disclosure, worded(self._session.library.texts, opened.words))

    def _for_pen(self, opened: OpenForm, filled: FilledForm) -> FilledForm:
        """Return a form that nobody has begun, to be written by hand; minutes with points and those called."""
        empty = blank(opened.definition, self._session.library.schema, _without_case(opened.head))
        empty = replace(empty, recipient=filled.recipient)
        if opened.definition.id not in OF_MEETING:
            return empty
        known = {entry.item.link_id: entry for entry in filled.items()}
        sections = tuple(
            FilledSection(
                section.section,
                tuple(_prepared(entry, known) for entry in section.items if _may_stand(entry, filled)),
            )
            for section in empty.sections
        )
        return replace(empty, sections=sections)

    def _open(self, case_id: str, form_id: str) -> OpenForm:
        if (case_id, form_id) not in self._read:
            definition = self._session.library.form(form_id)
            with self._session.reading() as stores:
                record = self._record(stores, case_id, definition) or self._unbegun(case_id, definition)
                self._read[case_id, form_id] = load(self._session, stores, record)
        return self._read[case_id, form_id]

    def _record(self, stores: StoreSet, case_id: str, definition: FormDefinition) -> ResponseRecord | None:
        if definition.id in OF_MEETING:
            return response_about(stores, case_id, definition.id, self._meeting)
        return stores.forms.newest(case_id, definition.id)

    def _unbegun(self, case_id: str, definition: FormDefinition) -> ResponseRecord:
        """Return a record for what is not in the store: nothing is begun by looking at it."""
        return ResponseRecord(
            id=self._meeting,
            case_id=case_id,
            form_id=definition.id,
            form_version=definition.version,
            status=ResponseStatus.DRAFT,
            revision=-1,
            saved_at=self._session.clock(),
            finished_at=None,
        )


def _contents_row(row_id: str, part: Part, texts: Texts) -> Row:
    title = texts.get(f"{part.filled.definition.text_key}.title")
    return Row(row_id, {"title": answered(title), "case_code": answered(part.case_code)})


def _without_case(head: PageHead) -> PageHead:
    return replace(
        head,
        caseworker="",
        case_code=None,
        registry_number=None,
        dated=None,
        is_draft=False,
        consent_warning=False,
    )


def _may_stand(entry: FilledItem, filled: FilledForm) -> bool:
    """Leave out of somebody's copy what stays in the file even when it is empty: nobody is to write it there."""
    return filled.recipient is None or not entry.item.kept_in_file


def _prepared(entry: FilledItem, known: dict[str, FilledItem]) -> FilledItem:
    found = known.get(entry.item.link_id)
    if found is None:
        return entry
    return replace(entry, rows=found.rows) if found.rows else replace(entry, answer=found.answer)
