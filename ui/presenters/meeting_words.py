"""The meetings of a case in the window's words: when, how far, and where the numbered copies are. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.forms import ResponseStatus
from desktop_app.domain.texts import Texts, label_of
from desktop_app.services.meetings import COPY_MARKS, CopyLine, MeetingView


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRow:
    """One copy: what stands on its line, and what can be ticked off next (empty when nothing is left)."""

    row_id: str
    document_id: str
    words: str
    standing: str
    is_out: bool
    next_marks: tuple[str, ...]


def title_of(view: MeetingView, texts: Texts) -> str:
    """Return kind and time of a meeting."""
    kind = label_of(texts, "meeting_types", view.meeting_type) if view.meeting_type else ""
    when = f"{view.starts:%Y-%m-%d %H:%M}" if view.starts else texts.get("window.meetings.no_day")
    return " · ".join(part for part in (kind, when) if part)


def standing_of(view: MeetingView, texts: Texts) -> str:
    """Return how far a meeting has come, in one line."""
    count = len(view.called)
    called = texts.get("window.meetings.called_one" if count == 1 else "window.meetings.called", count=count)
    minutes = {
        None: "window.meetings.minutes_none",
        ResponseStatus.DRAFT: "window.meetings.minutes_draft",
        ResponseStatus.FINISHED: "window.meetings.minutes_finished",
    }[view.minutes]
    return " · ".join((called, texts.get(minutes)))


def out_words(view: MeetingView, texts: Texts) -> str:
    """Return how many copies are still with somebody, empty when none is."""
    out = sum(copy.is_out for copy in view.copies)
    key = "window.meetings.out_one" if out == 1 else "window.meetings.out"
    return texts.get(key, count=out) if out else ""


def copy_rows(view: MeetingView, texts: Texts) -> tuple[CopyRow, ...]:
    """Return the copies of a meeting, those made first at the top."""
    ordered = sorted(view.copies, key=lambda copy: (str(copy.made_on), copy.number))
    return tuple(_copy_row(copy, texts) for copy in ordered)


def _copy_row(copy: CopyLine, texts: Texts) -> CopyRow:
    recipient = label_of(texts, "recipients", copy.recipient) if copy.recipient else ""
    who = ", ".join(dict.fromkeys(part for part in (copy.name, recipient) if part))
    days = {mark: getattr(copy, mark) for mark in COPY_MARKS}
    said = [
        texts.get(f"window.meetings.copy.{mark}", day=day.isoformat()) for mark, day in days.items() if day
    ]
    if not said:
        made = copy.made_on.isoformat() if copy.made_on else ""
        said = [texts.get("window.meetings.copy.made", day=made)]
    return CopyRow(
        row_id=copy.row_id,
        document_id=copy.document_id,
        words=texts.get("window.meetings.copy.line", number=copy.number, who=who),
        standing=" · ".join(said),
        is_out=copy.is_out,
        next_marks=_next_marks(copy),
    )


def _next_marks(copy: CopyLine) -> tuple[str, ...]:
    if copy.shredded_on is not None:
        return ()
    if copy.collected_on is not None:
        return ("shredded_on",)
    return ("collected_on", "shredded_on") if copy.handed_out_on is not None else ("handed_out_on",)
