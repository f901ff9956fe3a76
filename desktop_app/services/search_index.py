"""Keeps the search in step with the store, without those who write paying for it.

Writing leaves a mark for the part of the case it touched. Whoever searches first reads those parts anew; what has not
changed costs nothing. It is nobody's act: no line in the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from desktop_app.domain.cases import CaseKind
from desktop_app.domain.errors import DiskFull, FolderNotWritable, FormNotFound
from desktop_app.domain.progress import NoProgress, Progress
from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import CaseHeading, Rank, SearchKind, SearchPart, SearchText
from desktop_app.domain.search_snippets import hidden_words
from desktop_app.domain.search_words import plain, spellings
from desktop_app.domain.stored_answers import CASE_HOLDER
from desktop_app.services.library import Library
from desktop_app.services.search_fields import search_fields
from desktop_app.services.session import Session
from desktop_app.storage.search_store import RawAnswer, SearchStore

AT_A_TIME = 200
"""Parts of cases in one transaction: about half a second's work on a slow machine."""

MANY_ROWS = 5_000
"""After so many rows at once the segments of the index are worth bringing together."""

A_LITTLE = 20
INDEXING = "progress.search.indexing"
CODE = "code"
_HEADED = (SearchPart.CASE, SearchPart.ANSWERS)
"""What stands above the hits of a case is made of these."""

GUARDED = (SearchKind.PERSON, SearchKind.PLACE)
"""What tells who somebody is, or where."""
SIGNED, DRAFT, ADDENDUM = "signed", "draft", "addendum"

Texts = dict[str, SearchText]


def bring_up_to_date(session: Session, progress: Progress | None = None) -> int:
    """Read everything that was written since the last time; return how many rows that cost.

    In many small transactions: stopped half-way (``Cancelled``), what was done is kept. Raises DiskFull and the like.
    """
    told = progress or NoProgress()
    with session.reading() as stores:
        total = stores.search.behind()
    done = rows = 0
    while True:
        parts, cost = _take_a_batch(session, AT_A_TIME)
        if not parts:
            break
        done, rows = done + parts, rows + cost
        told.step(done, max(total, done), INDEXING)
    if rows >= MANY_ROWS:
        with session.vault.indexing(now=session.clock()) as indexing:
            indexing.search.gather()
    return rows


def catch_up(session: Session) -> None:
    """Read at most one batch, for a search; it goes on where nothing can be written, and finds what was read before."""
    with suppress(DiskFull, FolderNotWritable):
        _take_a_batch(session, AT_A_TIME)


def take_some(session: Session) -> bool:
    """Read a little of what was written since the last time; tell whether there may be more.

    For idle moments: what else waits for the store waits a twentieth of a second at most on a slow machine.
    """
    with suppress(DiskFull, FolderNotWritable):
        return _take_a_batch(session, A_LITTLE)[0] == A_LITTLE
    return False


def rebuild(session: Session, progress: Progress | None = None) -> int:
    """Throw the index away and make it anew; what was erased from the store then leaves no trace in it."""
    with session.vault.indexing(now=session.clock()) as indexing:
        indexing.search.start_anew()
    return bring_up_to_date(session, progress)


def _take_a_batch(session: Session, most: int) -> tuple[int, int]:
    with session.vault.indexing(now=session.clock()) as indexing:
        store = indexing.search
        pending = store.pending(most)
        rows = store.put(
            {(case_id, part): texts_of(session.library, store, case_id, part) for case_id, part in pending}
        )
        for case_id in dict.fromkeys(case_id for case_id, part in pending if part in _HEADED):
            store.head(case_id, _heading(session.library, store, case_id))
    return len(pending), rows


def texts_of(library: Library, store: SearchStore, case_id: str, part: SearchPart) -> Texts:
    """Return all that can be found in one part of a case, by ref; the municipality's own file is not searched."""
    if store.code_and_kind(case_id)[1] == CaseKind.MUNICIPALITY:
        return {}
    return _PARTS[part](library, store, case_id)


def _heading(library: Library, store: SearchStore, case_id: str) -> CaseHeading:
    code, kind = store.code_and_kind(case_id)
    answers = store.answers(case_id)
    said = {answer.link_id: answer.value for answer in answers if answer.holder == CASE_HOLDER}
    texts = [text for answer in answers if (text := search_fields(library).text_of(answer)) is not None]
    return CaseHeading(
        code=code,
        kind=kind,
        protection=Protection.read(said.get("client.protected_identity")),
        name=said.get("client.name") or said.get("client.alias") or "",
        hidden=hidden_words(
            (text.words, text.kind is SearchKind.PERSON) for text in texts if text.kind in GUARDED
        ),
    )


def ref_of(answer: RawAnswer) -> str:
    """Return the place of an answer as one word: holder, link, row and column."""
    return "/".join((answer.holder, answer.link_id, answer.row_id, answer.column))


def answer_at(ref: str, about: str) -> RawAnswer:
    """Return the place a ref of ``ref_of`` names, without its value."""
    holder, link_id, row_id, column = ref.split("/")
    form_id, _, version = about.partition(" ")
    return RawAnswer(holder, form_id, int(version or 0), link_id, row_id, column, "")


def _case(_library: Library, store: SearchStore, case_id: str) -> Texts:
    code, _ = store.code_and_kind(case_id)
    return {CODE: SearchText(Rank.CASES, SearchKind.CASE, "", code, spellings(code))}


def _answers(library: Library, store: SearchStore, case_id: str) -> Texts:
    fields = search_fields(library)
    found = ((ref_of(answer), fields.text_of(answer)) for answer in store.answers(case_id))
    return {ref: text for ref, text in found if text is not None}


def _notes(_library: Library, store: SearchStore, case_id: str) -> Texts:
    texts: Texts = {}
    for note_id, day, body, source, is_signed, is_addendum in store.notes(case_id):
        words = plain("\n".join(part for part in (body, source) if part))
        state = SIGNED if is_signed else DRAFT
        about = " ".join((state, day, *((ADDENDUM,) if is_addendum else ())))
        texts[note_id] = SearchText(Rank.TEXTS, SearchKind.NOTE, about, words, spellings(words))
    return texts


def _documents(_library: Library, store: SearchStore, case_id: str) -> Texts:
    texts: Texts = {}
    for document_id, title, sender in store.documents(case_id):
        words = plain(" · ".join(part for part in (title, sender) if part))
        texts[document_id] = SearchText(Rank.TEXTS, SearchKind.DOCUMENT, "", words, spellings(words))
    return texts


def _prints(library: Library, store: SearchStore, case_id: str) -> Texts:
    texts: Texts = {}
    for document_id, form_id, version, recipient in store.prints(case_id):
        try:
            words = library.texts.get(f"{library.form(form_id, version).text_key}.title")
        except FormNotFound:
            words = form_id
        if library.texts.has(f"tables.recipients.{recipient}"):
            words = f"{words} · {library.texts.get(f'tables.recipients.{recipient}')}"
        texts[document_id] = SearchText(Rank.TEXTS, SearchKind.DOCUMENT, "", words, "")
    return texts


_PARTS: Mapping[SearchPart, Callable[[Library, SearchStore, str], Texts]] = {
    SearchPart.CASE: _case,
    SearchPart.ANSWERS: _answers,
    SearchPart.NOTES: _notes,
    SearchPart.DOCUMENTS: _documents,
    SearchPart.PRINTS: _prints,
}
