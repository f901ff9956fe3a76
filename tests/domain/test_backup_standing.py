"""How loudly the copies are spoken of: nothing while all is saved, more the longer something is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.domain.backup_standing import (
    BackupFacts,
    CopyKeys,
    Level,
    MediumFacts,
    rehearsal_is_due,
    standing,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
RED = MediumFacts(name="USB Röd", is_present=False, on_store_disk=False, seen_at=NOW, failed_at=None)
BLUE = replace(RED, name="USB Blå")
WELL = BackupFacts(
    now=NOW,
    holds_cases=True,
    newest_made_at=NOW - timedelta(days=100),
    newest_keys=CopyKeys.PRESENT,
    unsaved_since=None,
    media=(RED, BLUE),
    rehearsed_on=date(2026, 10, 1),
    first_copy_on=date(2026, 1, 1),
)


def said(facts: BackupFacts) -> tuple[Level, str]:
    reason = standing(facts)[0]
    return reason.level, reason.text_key


def test_a_store_nobody_has_written_in_is_never_nagged_about():
    assert said(WELL) == (Level.GOOD, "backup_state.saved")
    assert said(replace(WELL, media=(RED,))) == (Level.GOOD, "backup_state.saved_once")


@pytest.mark.parametrize(
    ("days", "level", "key"),
    [
        (0, Level.GOOD, "changed"),
        (6, Level.GOOD, "changed"),
        (7, Level.REMIND, "unsaved"),
        (13, Level.REMIND, "unsaved"),
        (14, Level.URGENT, "unsaved_long"),
        (400, Level.URGENT, "unsaved_long"),
        (-30, Level.GOOD, "changed"),
    ],
)
def test_it_grows_with_the_days_that_stand_in_no_copy(days: int, level: Level, key: str):
    facts = replace(WELL, unsaved_since=NOW - timedelta(days=days))
    assert said(facts) == (level, f"backup_state.{key}")


def test_it_only_grows():
    order = [Level.GOOD, Level.REMIND, Level.URGENT]
    levels = [
        order.index(said(replace(WELL, unsaved_since=NOW - timedelta(days=days)))[0]) for days in range(30)
    ]
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("changes", "level", "key"),
    [
        ({"newest_made_at": None}, Level.URGENT, "none"),
        ({"newest_made_at": None, "holds_cases": False}, Level.REMIND, "none"),
        ({"newest_keys": CopyKeys.OLDER_KEY}, Level.URGENT, "older_key"),
        ({"newest_keys": CopyKeys.OLDER_SECRETS}, Level.REMIND, "older_secrets"),
        ({"media": (replace(RED, failed_at=NOW), BLUE)}, Level.REMIND, "failed"),
        ({"media": (replace(RED, on_store_disk=True),)}, Level.REMIND, "same_disk"),
        ({"media": (replace(RED, on_store_disk=True), BLUE)}, Level.GOOD, "saved"),
        ({"rehearsed_on": date(2026, 8, 23)}, Level.REMIND, "rehearsal_due"),
        ({"rehearsed_on": date(2026, 8, 24)}, Level.GOOD, "saved"),
        ({"rehearsed_on": None, "first_copy_on": date(2026, 9, 1)}, Level.GOOD, "saved"),
        ({"rehearsed_on": None, "first_copy_on": date(2026, 8, 1)}, Level.REMIND, "rehearsal_due"),
    ],
)
def test_each_reason(changes: dict[str, object], level: Level, key: str):
    assert said(replace(WELL, **changes)) == (level, f"backup_state.{key}")


def test_a_second_medium_that_stays_away_is_asked_for_while_something_is_unsaved():
    away = replace(BLUE, seen_at=NOW - timedelta(days=30))
    facts = replace(WELL, media=(RED, away))
    assert said(facts)[0] is Level.GOOD
    [reason] = standing(replace(facts, unsaved_since=NOW - timedelta(days=1)))
    assert (reason.text_key, reason.params) == ("backup_state.unseen", {"medium": "USB Blå", "days": 30})
    back = replace(away, is_present=True)
    assert said(replace(WELL, media=(RED, back), unsaved_since=NOW))[0] is Level.GOOD


def test_the_gravest_comes_first_and_all_are_told():
    facts = replace(
        WELL,
        media=(replace(RED, failed_at=NOW),),
        unsaved_since=NOW - timedelta(days=20),
        rehearsed_on=None,
    )
    keys = [reason.text_key for reason in standing(facts)]
    assert keys == ["backup_state.unsaved_long", "backup_state.failed", "backup_state.rehearsal_due"]


def test_no_copy_no_rehearsal_to_wait_for():
    assert not rehearsal_is_due(replace(WELL, rehearsed_on=None, first_copy_on=None))
