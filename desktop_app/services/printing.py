"""Forms on paper: preview, issue, print, save. Bytes stay in memory until somebody names a file."""

from __future__ import annotations

import errno
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.errors import DiskFull, TargetExists, TargetNotWritable
from desktop_app.domain.field_names import answer_sections
from desktop_app.domain.filling import Disclosure, blank
from desktop_app.domain.forms import FilledForm, PageHead, Sensitivity
from desktop_app.domain.own_words import worded
from desktop_app.domain.printed_content import content_digest
from desktop_app.domain.profile import Profile
from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import FieldPlace
from desktop_app.printing.fillable import lay_out_fillable
from desktop_app.printing.form_print import FormPrint, lay_out_form, render_form
from desktop_app.printing.marks_on_copies import marked
from desktop_app.services.disclosure_check import check_filled, must_be_ticked
from desktop_app.services.disclosure_check import note as note_checked
from desktop_app.services.form_reading import OpenForm, load
from desktop_app.services.former_assessments import rule_set_of
from desktop_app.services.forms import open_form
from desktop_app.services.library import Library
from desktop_app.services.print_disclosure import disclosure_for, known_recipient
from desktop_app.services.protection import names_in_case, note_opened
from desktop_app.services.session import Session
from desktop_app.storage.document_store import IssuedRecord

__all__ = [
    "Drawn",
    "FieldPlace",
    "FormPrint",
    "Issued",
    "IssuedSummary",
    "Reprint",
    "blank_fillable",
    "blank_form",
    "draw",
    "draw_fillable",
    "issue",
    "issued",
    "issued_pdf",
    "known_recipient",
    "note_printed",
    "preview",
    "preview_pages",
    "reprint",
    "save_issued",
    "write_new_file",
]


LayOut = Callable[[OpenForm, FilledForm, Texts], FormPrint]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form as it was drawn for somebody to look at, and what it was drawn from."""

    paper: FormPrint
    filled: FilledForm
    words: Mapping[str, str]
    lay_out: LayOut = field(default_factory=lambda: _for_paper, compare=False)
    """How it is drawn anew, should the form have changed before it is issued."""

    @property
    def pdf(self) -> bytes:
        """Its bytes."""
        return self.paper.pdf

    def is_of(self, filled: FilledForm, words: Mapping[str, str]) -> bool:
        """Tell whether this form, in these words, would be drawn the same: equal input gives equal bytes."""
        return self.filled == filled and self.words == words


@dataclass(frozen=True, slots=True)
class Issued:
    """A document as it was issued and kept. ``file_name`` is neutral: form and case code, nothing else.

    ``as_seen`` is false when it was looked at before and had to be drawn anew, since something has changed.
    """

    document_id: str
    pdf: bytes
    file_name: str
    changes: ChangeSet
    as_seen: bool = True


@dataclass(frozen=True, slots=True)
class Reprint:
    """A kept print marked as a copy, to be printed."""

    pdf: bytes
    changes: ChangeSet


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedSummary:
    """One line of the list of issued documents."""

    document_id: str
    form_id: str
    title_key: str
    version: int
    recipient: str | None
    made_at: datetime
    status: str
    sha256: str
    rule_set: str | None = None
    rule_set_version: int | None = None


NAMES = frozenset({Sensitivity.IDENTITY})
"""What a preview leaves out in diskret läge."""

TELLING = frozenset({Sensitivity.IDENTITY, Sensitivity.PLACE, Sensitivity.THIRD_PARTY})
"""What the paper beside a protected person's key sheet leaves out: it stands on the sheet that is printed."""


def preview(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None = None,
    unseen: frozenset[Sensitivity] = frozenset(),
) -> bytes:
    """Return the form as it would be issued now, as PDF, but for what is ``unseen``."""
    return preview_pages(session, case_id, form_id, recipient, unseen).pdf


def preview_pages(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None = None,
    unseen: frozenset[Sensitivity] = frozenset(),
) -> FormPrint:
    """Return the form as it would be issued now, with the place of each answer on its pages."""
    return draw(session, case_id, form_id, recipient, unseen).paper


def draw(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None = None,
    unseen: frozenset[Sensitivity] = frozenset(),
) -> Drawn:
    """Return the form as it would be issued now; handed to ``issue``, the very bytes are what is kept."""
    form, filled = _filled(session, case_id, form_id, recipient, unseen)
    paper = _for_paper(form, filled, worded(session.library.texts, form.words))
    return Drawn(paper, filled, form.words)


def draw_fillable(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None = None,
    unseen: frozenset[Sensitivity] = frozenset(),
) -> Drawn:
    """Return the form as ``draw`` does, with the part that others answer left open to be written on a computer."""
    form, filled = _filled(session, case_id, form_id, recipient, unseen)
    paper = _for_screen(form, filled, worded(session.library.texts, form.words))
    return Drawn(paper, filled, form.words, _for_screen)


def _for_paper(form: OpenForm, filled: FilledForm, texts: Texts) -> FormPrint:
    return lay_out_form(filled, texts)


def _for_screen(form: OpenForm, filled: FilledForm, texts: Texts) -> FormPrint:
    return lay_out_fillable(filled, texts, form.record.id, answer_sections(form.definition))


def issue(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None = None,
    *,
    seen: Drawn | None = None,
    ticked: frozenset[str] = frozenset(),
) -> Issued:
    """Make the document, keep it byte for byte with its audit line, and return it.

    Where nothing has changed since it was ``seen``, the bytes that were seen are those that are kept. ``ticked`` has
    the hits of the disclosure check that somebody has read.

    Raises:
        RecipientUnknown: the form is not made out to such a recipient.
        DisclosureNotTicked: it would tell somebody outside what nobody has read and ticked.

    """
    form, filled, disclosure = _disclosed(session, case_id, form_id, recipient)
    told = check_filled(session, form, filled, disclosure)
    must_be_ticked(told, ticked)
    as_seen = seen is not None and seen.is_of(filled, form.words)
    texts = worded(session.library.texts, form.words)
    lay_out = seen.lay_out if seen is not None else _for_paper
    pdf = seen.pdf if seen is not None and as_seen else lay_out(form, filled, texts).pdf
    now = session.clock()
    rule_set, rule_set_version = rule_set_of(form) or (None, None)
    record = IssuedRecord(
        document_id=secrets.token_hex(8),
        case_id=case_id,
        form_id=form.definition.id,
        form_version=form.definition.version,
        recipient=filled.recipient,
        status=form.record.status.value,
        made_at=now,
        sha256=hashlib.sha256(pdf).hexdigest(),
        rule_set=rule_set,
        rule_set_version=rule_set_version,
        response_id=form.record.id,
        content_digest=content_digest(filled),
    )
    with session.act() as work:
        work.documents.add(record, work.actor, pdf)
        work.audit(
            "document.issued",
            case_id=case_id,
            entity=form.definition.id,
            entity_id=record.document_id,
            fields=(filled.recipient or "case_file",),
        )
        note_checked(work, case_id, form.definition.id, record.document_id, told)
        work.commit()
    name = f"{form.definition.id}-{form.case.file.case.code}.pdf"
    changes = changed(Kind.DOCUMENT, case_id=case_id)
    return Issued(record.document_id, pdf, name, changes, as_seen or seen is None)


def _filled(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None,
    unseen: frozenset[Sensitivity] = frozenset(),
) -> tuple[OpenForm, FilledForm]:
    form, filled, _disclosure = _disclosed(session, case_id, form_id, recipient, unseen)
    return form, filled


def _disclosed(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None,
    unseen: frozenset[Sensitivity] = frozenset(),
) -> tuple[OpenForm, FilledForm, Disclosure]:
    view = open_form(session, case_id, form_id)
    to_whom = known_recipient(view.filled.definition, recipient)
    with session.reading() as stores:
        record = stores.forms.newest(case_id, view.filled.definition.id)
        if record is None:
            raise KeyError(view.response_id)
        form = load(session, stores, record)
    disclosure, head = disclosure_for(session, form, to_whom)
    if unseen:
        disclosure = replace(disclosure, unseen=unseen, names=names_in_case(session, case_id))
    return form, replace(form, head=head).filled(disclosure), disclosure


def note_printed(session: Session, document_id: str) -> ChangeSet:
    """Note that a document went to a printer."""
    return _note(session, document_id, "document.printed")


def save_issued(session: Session, document_id: str, path: Path) -> ChangeSet:
    """Write a document to a file the person named. The file is not encrypted; the act is logged, its name is not.

    Raises:
        TargetExists: something is there already; it is left as it is.
        TargetNotWritable: the place cannot be written; nothing is left behind.
        DiskFull: there was no room; nothing is left behind.

    """
    with session.reading() as stores:
        pdf = stores.documents.pdf(document_id)
    write_new_file(path, pdf)
    try:
        return _note(session, document_id, "document.saved_to_file")
    except BaseException:
        path.unlink(missing_ok=True)  # no copy outside the store without its line in the log
        raise


def write_new_file(path: Path, content: bytes) -> None:
    """Write a file that must not exist. Raises ``TargetExists``, ``TargetNotWritable`` or ``DiskFull``."""
    try:
        file = path.open("xb")
    except FileExistsError:
        raise TargetExists(place=str(path)) from None
    except (OSError, ValueError):
        raise TargetNotWritable(place=str(path)) from None
    try:
        with file:
            file.write(content)
    except OSError as failed:
        path.unlink(missing_ok=True)
        full = failed.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (DiskFull() if full else TargetNotWritable(place=str(path))) from None


def _note(session: Session, document_id: str, kind: str) -> ChangeSet:
    with session.act() as work:
        record = work.documents.record(document_id)
        work.audit(kind, case_id=record.case_id, entity=record.form_id, entity_id=document_id)
        work.commit()
    return changed(Kind.DOCUMENT, case_id=record.case_id)


def issued(session: Session, case_id: str) -> tuple[IssuedSummary, ...]:
    """Return what has been issued in a case, newest first."""
    with session.reading() as stores:
        records = stores.documents.of_case(case_id)
    return tuple(
        IssuedSummary(
            document_id=record.document_id,
            form_id=record.form_id,
            title_key=f"{session.library.form(record.form_id, record.form_version).text_key}.title",
            version=record.form_version,
            recipient=record.recipient,
            made_at=record.made_at,
            status=record.status,
            sha256=record.sha256,
            rule_set=record.rule_set,
            rule_set_version=record.rule_set_version,
        )
        for record in records
    )


def issued_pdf(session: Session, document_id: str) -> bytes:
    """Return the bytes of a document as it was issued. That of a protected person is noted in the log as opened."""
    with session.reading() as stores:
        record, pdf = stores.documents.record(document_id), stores.documents.pdf(document_id)
    note_opened(session, record.case_id, record.form_id, document_id)
    return pdf


def reprint(session: Session, document_id: str) -> Reprint:
    """Return a kept print marked as a copy on every page, and note that it was taken out again. The kept one stays."""
    with session.reading() as stores:
        pdf = stores.documents.pdf(document_id)
    copy = marked(pdf, session.library.texts.get("paper.copy"))
    return Reprint(copy, _note(session, document_id, "document.reprinted"))


def blank_form(library: Library, form_id: str, profile: Profile | None = None) -> bytes:
    """Return a form to be filled in with a pen, as PDF."""
    return render_form(_blank(library, form_id, profile), library.texts)


def blank_fillable(library: Library, form_id: str, profile: Profile | None = None) -> bytes:
    """Return a form to be filled in on a computer, as PDF."""
    return lay_out_fillable(_blank(library, form_id, profile), library.texts).pdf


def _blank(library: Library, form_id: str, profile: Profile | None) -> FilledForm:
    definition = library.form(form_id)
    head = PageHead(
        municipality=profile.municipality if profile else "",
        unit=", ".join(part for part in (profile.committee, profile.unit) if part) if profile else "",
        caseworker="",
        case_code=None,
        registry_number=None,
        dated=None,
        is_draft=False,
    )
    return blank(definition, library.schema, head)
