"""Forms on paper: drawn to be looked at, and issued. What was issued is found in ``kept_prints``."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from desktop_app.domain.changes import ChangeSet, Kind, changed
from desktop_app.domain.field_names import answer_sections
from desktop_app.domain.filling import blank
from desktop_app.domain.forms import FilledForm, PageHead, Sensitivity
from desktop_app.domain.own_words import worded
from desktop_app.domain.printed_content import content_digest
from desktop_app.domain.profile import Profile
from desktop_app.domain.texts import Texts
from desktop_app.printing.boxes import FieldPlace
from desktop_app.printing.fillable import lay_out_fillable
from desktop_app.printing.form_print import FormPrint, lay_out_form, render_form
from desktop_app.services.disclosure_check import check_filled, must_be_ticked
from desktop_app.services.disclosure_check import note as note_checked
from desktop_app.services.form_reading import OpenForm
from desktop_app.services.former_assessments import rule_set_of
from desktop_app.services.library import Library
from desktop_app.services.print_disclosure import known_recipient, made_out
from desktop_app.services.protection import names_in_case
from desktop_app.services.session import Session
from desktop_app.storage.document_store import IssuedRecord

__all__ = [
    "Drawn",
    "FieldPlace",
    "FormPrint",
    "Issued",
    "blank_fillable",
    "blank_form",
    "draw",
    "for_paper",
    "issue",
    "known_recipient",
    "preview",
    "with_open_fields",
]

LayOut = Callable[[OpenForm, FilledForm, Texts], FormPrint]
"""How a form that was put together becomes pages."""


def for_paper(form: OpenForm, filled: FilledForm, texts: Texts) -> FormPrint:
    """Lay the form out to be printed."""
    return lay_out_form(filled, texts)


def with_open_fields(form: OpenForm, filled: FilledForm, texts: Texts) -> FormPrint:
    """Lay the form out with the part that others answer left open, to be written on a computer."""
    return lay_out_fillable(filled, texts, form.record.id, answer_sections(form.definition))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form as it was drawn for somebody to look at, and what it was drawn from."""

    paper: FormPrint
    filled: FilledForm
    words: Mapping[str, str]
    lay_out: LayOut = field(default=for_paper, compare=False)
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
    return draw(session, case_id, form_id, recipient, unseen).pdf


def draw(
    session: Session,
    case_id: str,
    form_id: str,
    recipient: str | None = None,
    unseen: frozenset[Sensitivity] = frozenset(),
    lay_out: LayOut = for_paper,
) -> Drawn:
    """Return the form as it would be issued now; handed to ``issue``, the very bytes are what is kept."""
    form, disclosure = made_out(session, case_id, form_id, recipient)
    if unseen:
        disclosure = replace(disclosure, unseen=unseen, names=names_in_case(session, case_id))
    filled = form.filled(disclosure)
    paper = lay_out(form, filled, worded(session.library.texts, form.words))
    return Drawn(paper, filled, form.words, lay_out)


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
    form, disclosure = made_out(session, case_id, form_id, recipient)
    filled = form.filled(disclosure)
    told = check_filled(session, form, filled, disclosure)
    must_be_ticked(told, ticked)
    as_seen = seen is not None and seen.is_of(filled, form.words)
    texts = worded(session.library.texts, form.words)
    lay_out = seen.lay_out if seen is not None else for_paper
    pdf = seen.pdf if seen is not None and as_seen else lay_out(form, filled, texts).pdf
    record = _record(form, filled, pdf, session.clock())
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


def _record(form: OpenForm, filled: FilledForm, pdf: bytes, made_at: datetime) -> IssuedRecord:
    rule_set, rule_set_version = rule_set_of(form) or (None, None)
    return IssuedRecord(
        document_id=secrets.token_hex(8),
        case_id=form.record.case_id,
        form_id=form.definition.id,
        form_version=form.definition.version,
        recipient=filled.recipient,
        status=form.record.status.value,
        made_at=made_at,
        sha256=hashlib.sha256(pdf).hexdigest(),
        rule_set=rule_set,
        rule_set_version=rule_set_version,
        response_id=form.record.id,
        content_digest=content_digest(filled),
    )


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
        unit=profile.office if profile else "",
        caseworker="",
        case_code=None,
        registry_number=None,
        dated=None,
        is_draft=False,
    )
    return blank(definition, library.schema, head)
