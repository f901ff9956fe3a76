"""The words of finished assessments and of what differs since. No Qt."""

from __future__ import annotations

from desktop_app.domain.former_assessments import Difference, FormerAssessment
from desktop_app.domain.texts import Texts
from desktop_app.services.former_assessments import NoteOffered


def former_lines(former: FormerAssessment, texts: Texts) -> tuple[str, ...]:
    """Return a finished assessment in lines: when and by which model, what it pointed to, what was decided."""
    day = f"{former.finished_at.astimezone():%Y-%m-%d}"
    lines = [
        texts.get("window.former.finished", day=day),
        texts.get("window.former.model", title=former.title, version=former.version),
        texts.get("window.former.pointed", outcome=former.outcome),
    ]
    if former.decided:
        lines.append(texts.get("window.former.decided", outcome=former.decided))
    if former.motivation:
        lines.append(texts.get("window.former.motivation", words=former.motivation))
    return tuple(lines)


def question_words(difference: Difference, texts: Texts) -> str:
    """Return what a difference is about: the row, where there is one, and the question."""
    if not difference.row:
        return difference.question
    return texts.get("window.former.question", row=difference.row, question=difference.question)


def was_and_is(difference: Difference, texts: Texts) -> tuple[str, str]:
    """Return what the answer was and what it is; of several lines those that are in the other too are left out."""
    none = texts.get("window.former.no_answer")
    before, now = difference.before.splitlines(), difference.now.splitlines()
    gone = [line for line in before if line not in now]
    come = [line for line in now if line not in before]
    return (
        texts.get("window.former.before", words="\n".join(gone) or none),
        texts.get("window.former.now", words="\n".join(come) or none),
    )


def note_words(note: NoteOffered, texts: Texts) -> str:
    """Return a note of the journal as a choice: its day and how it begins."""
    if not note.begins:
        return texts.get("window.former.note_empty", day=note.day)
    return texts.get("window.former.note_line", day=note.day, words=note.begins)
