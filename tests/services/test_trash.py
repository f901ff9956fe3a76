"""What is removed lies thirty days in the trash, comes back whole, and is then gone for good."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.domain.forms import Address
from desktop_app.domain.trash import GoneFromTrash, TrashItem, TrashKind
from desktop_app.services import trash
from desktop_app.services.forms import open_form, remove_row
from desktop_app.services.session import Session
from tests.helpers.clock import StillClock
from tests.helpers.desk_work import opened_case, typed_row

POLICE = {"recipient": "police", "unit": "LPO Uppdiktad", "may_disclose": "yes", "may_obtain": "yes"}


def removed_consent(session: Session) -> tuple[str, str, TrashItem]:
    case_id = opened_case(session)
    row_id = typed_row(session, case_id, "F02", "consents", **POLICE)
    remove_row(session, case_id, "F02", "consents", row_id)
    (item,) = trash.contents(session, case_id)
    return case_id, row_id, item


def consents(session: Session, case_id: str) -> list[str]:
    entry = next(e for e in open_form(session, case_id, "F02").filled.items() if e.item.link_id == "consents")
    return [str(row.cell("unit").value) for row in entry.rows]


def test_a_removed_row_is_told_with_what_stood_in_it(session: Session, clock: StillClock) -> None:
    _case, row_id, item = removed_consent(session)
    assert item.place.kind is TrashKind.ROW
    assert item.place.ref == row_id
    assert item.row is not None
    assert item.row.cell("unit").value == "LPO Uppdiktad"
    assert item.gone_on == (clock() + timedelta(days=31)).astimezone().date()


def test_put_back_it_is_as_it_was(session: Session) -> None:
    case_id, _row, item = removed_consent(session)
    assert consents(session, case_id) == []
    changes = trash.put_back(session, item.place)
    assert changes.case_id == case_id
    assert consents(session, case_id) == ["LPO Uppdiktad"]
    assert trash.contents(session, case_id) == ()


def test_what_was_put_back_cannot_be_put_back_again(session: Session) -> None:
    _case, _row, item = removed_consent(session)
    trash.put_back(session, item.place)
    with pytest.raises(GoneFromTrash):
        trash.put_back(session, item.place)


@pytest.mark.parametrize(("days", "remains"), [(29, True), (30, True), (31, False)])
def test_it_is_kept_thirty_days_and_not_longer(
    session: Session, clock: StillClock, days: int, remains: bool
) -> None:
    case_id, row_id, item = removed_consent(session)
    clock.now += timedelta(days=days, seconds=-1)
    emptied = trash.empty_overdue(session)
    assert (emptied is None) is remains
    assert bool(trash.contents(session, case_id)) is remains
    if remains:
        trash.put_back(session, item.place)
        assert consents(session, case_id) == ["LPO Uppdiktad"]
    else:
        with session.reading() as stores:
            former = stores.answers.revisions(case_id, "case", Address("consents", row_id, "unit"))
            left = [e for e in stores.answers.of_holder(case_id, "case") if e.address.row_id == row_id]
        assert former == []
        assert left == []


def test_emptying_leaves_what_is_not_removed(session: Session, clock: StillClock) -> None:
    case_id, _row, _item = removed_consent(session)
    typed_row(session, case_id, "F02", "consents", **{**POLICE, "unit": "Kvar"})
    clock.now += timedelta(days=400)
    assert trash.empty_overdue(session) is not None
    assert trash.empty_overdue(session) is None
    assert consents(session, case_id) == ["Kvar"]


def test_a_trash_of_one_case_shows_nothing_of_another(session: Session) -> None:
    removed_consent(session)
    assert trash.contents(session, opened_case(session)) == ()
