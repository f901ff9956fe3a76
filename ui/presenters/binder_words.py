"""The crisis binder in words: how it stands, and which there have been. No Qt."""

from __future__ import annotations

from desktop_app.domain.texts import Texts, label_of
from desktop_app.services.crisis_binder import BinderContents, BinderState, KeptBinder
from ui.presenters.case_presenter import written_time


def standing_title(state: BinderState, texts: Texts) -> str:
    """Return how it stands, in a short sentence."""
    if state.newest is None:
        return texts.get("window.binder.none" if state.open_cases else "window.binder.not_needed")
    day = state.newest.made_at.date().isoformat()
    key = "stale" if state.is_stale else "other" if state.other else "fine"
    return texts.get(f"window.binder.{key}", day=day)


def standing_about(state: BinderState, texts: Texts) -> str:
    """Return what it means, and what else is to be done."""
    if state.newest is None:
        return texts.get("window.binder.none_about" if state.open_cases else "window.binder.not_needed_about")
    parts = [texts.get("window.binder.until", day=state.replace_by)]
    if state.other:
        one = "_one" if state.other == 1 else ""
        parts.append(texts.get(f"window.binder.other_cases{one}", count=state.other))
    if state.spare:
        parts.append(texts.get("window.binder.spare"))
    return " ".join(parts)


def contents_words(found: BinderContents, texts: Texts) -> str:
    """Return what a binder would hold."""
    one = "_one" if found.cases == 1 else ""
    return texts.get(f"window.binder.holds{one}", cases=found.cases, forms=len(found.blank_forms))


def binder_title(binder: KeptBinder, texts: Texts) -> str:
    """Return when a binder was printed, and how open it is."""
    level = label_of(texts, "binder_levels", binder.level.value)
    names = texts.get("window.binder.with_protected") if binder.names_protected else ""
    return " · ".join(part for part in (written_time(binder.made_at), level, names) if part)


def binder_about(binder: KeptBinder, texts: Texts) -> str:
    """Return how long it is, and whether the paper is said to be there."""
    pages = texts.get("window.binder.pages", count=binder.page_count)
    if binder.destroyed_on is None:
        return pages
    return f"{pages} · {texts.get('window.binder.is_destroyed', day=binder.destroyed_on.isoformat())}"
