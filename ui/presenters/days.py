"""Days, times, sizes and sums as people say them. No Qt."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from desktop_app.domain.money import written
from desktop_app.domain.texts import Texts

_MEGA = 1_000_000


def when(moment: datetime, now: datetime, texts: Texts) -> str:
    """Return a moment of the past, by the clock of ``now``: today and yesterday by those words."""
    if moment.tzinfo is not None and now.tzinfo is not None:
        moment = moment.astimezone(now.tzinfo)
    time = f"{moment:%H:%M}"
    if moment.date() == now.date():
        return texts.get("window.status.today", time=time)
    if moment.date() == now.date() - timedelta(days=1):
        return texts.get("window.status.yesterday", time=time)
    return f"{moment:%Y-%m-%d}"


def day_and_time(moment: datetime, now: datetime, texts: Texts) -> str:
    """Return a moment of the past with its time, whatever the day."""
    if (now.date() - moment.date()).days in (0, 1):
        return when(moment, now, texts)
    return texts.get("window.lock.back_at", day=f"{moment:%Y-%m-%d}", time=f"{moment:%H:%M}")


def due_words(due: date | None, today: date, texts: Texts) -> str:
    """Return how far off a day is, in days and by its date."""
    if due is None or due == today:
        return ""
    days = (due - today).days
    if days < 0:
        key = "due_since_one" if days == -1 else "due_since"
        return texts.get(f"window.start.{key}", days=-days)
    if days == 1:
        return texts.get("window.start.due_tomorrow")
    return texts.get("window.start.due_in", days=days, day=due.isoformat())


def size_words(size: int, texts: Texts) -> str:
    """Return a file size in kB or MB with a decimal comma."""
    if size < _MEGA:
        return texts.get("window.backups.size_kb", size=max(1, round(size / 1000)))
    return texts.get("window.backups.size_mb", size=f"{size / _MEGA:.1f}".replace(".", ","))


def money_words(amount: Decimal, texts: Texts) -> str:
    """Return an amount with grouped thousands and its unit."""
    return texts.get("window.economy.money", amount=written(amount)).replace(" kr", "\u00a0kr")
