"""The list beside the preview: what is withheld and why, what goes out, and that nothing goes before it is ticked."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel

from desktop_app.domain.disclosure_check import DisclosureCheck, Hit, HitKind, WithheldField
from desktop_app.domain.forms import Address, Sensitivity
from desktop_app.domain.recipient_profiles import Reason
from tests.helpers.desks import Scene
from ui.widgets.disclosure_list import DisclosureList
from ui.widgets.words_button import WordsButton

REASON = "forms.referral.v1.items.reason"


def hit(number: int, kind: HitKind = HitKind.PHONE, around: str = "Ring 070-174 06 05 i kväll") -> Hit:
    address = Address("reason")
    return Hit(
        id=f"h{number}", kind=kind, words="070-174 06 05", address=address, text_key=REASON, around=around
    )


NAME = WithheldField(
    address=Address("name"),
    text_key="facts.client.name",
    sensitivity=Sensitivity.IDENTITY,
    reason=Reason.PROTECTED,
)
THREE = DisclosureCheck(recipient="bops", hits=(hit(1), hit(2, HitKind.PLACE, ""), hit(3)), withheld=(NAME,))


@pytest.fixture
def shown(house: Scene, qtbot) -> Iterator[DisclosureList]:
    made = DisclosureList(house.desk)
    qtbot.addWidget(made)
    made.resize(312, 500)
    made.show()
    yield made
    house.desk.discretion.set_on(False)


def said(widget: DisclosureList) -> str:
    QApplication.processEvents()
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def boxes(widget: DisclosureList) -> list[QCheckBox]:
    QApplication.processEvents()
    return [each for each in widget.findChildren(QCheckBox) if each.isVisibleTo(widget)]


def test_nothing_may_go_before_the_check_is_done_and_each_hit_is_ticked(shown: DisclosureList):
    told: list[bool] = []
    shown.complete.connect(told.append)
    assert not shown.is_complete
    shown.show_check(THREE)
    assert (told, shown.is_complete, len(boxes(shown))) == ([False], False, 4)
    for box in boxes(shown)[:3]:
        assert not shown.is_complete
        box.click()
    assert shown.is_complete
    assert told[-1] is True
    assert shown.ticked == {"h1", "h2", "h3"}
    shown.wait()
    assert (shown.is_complete, told[-1]) == (False, False)


def test_one_tick_takes_all_and_gives_them_back(shown: DisclosureList):
    shown.show_check(THREE)
    all_read = boxes(shown)[-1]
    all_read.click()
    assert shown.is_complete
    all_read.click()
    assert shown.ticked == frozenset()


def test_a_tick_stays_as_long_as_the_words_do(shown: DisclosureList):
    shown.show_check(THREE)
    boxes(shown)[0].click()
    shown.show_check(DisclosureCheck(recipient="bops", hits=(hit(1), hit(4))))
    assert shown.ticked == {"h1"}
    assert not shown.is_complete


def test_what_is_withheld_is_told_with_its_reason_and_each_line_leads_to_its_field(
    shown: DisclosureList, qtbot
):
    shown.show_check(THREE)
    assert "Skyddade personuppgifter" in said(shown)
    assert "Ring 070-174 06 05 i kväll" in said(shown)
    QApplication.processEvents()
    links = [each for each in shown.findChildren(WordsButton) if each.isVisibleTo(shown)]
    assert len(links) == 4
    for link, address in zip(links, ("name", "reason", "reason", "reason"), strict=True):
        assert link.accessibleName()
        with qtbot.waitSignal(shown.go_to) as went:
            link.click()
        assert went.args == [Address(address)]


def test_with_nothing_to_tell_it_may_go_at_once(shown: DisclosureList, house: Scene):
    shown.show_check(DisclosureCheck(recipient="bops"))
    assert shown.is_complete
    assert house.desk.text("disclosure_check.nothing") in said(shown)
    shown.show_check(DisclosureCheck(recipient=None), in_house=True)
    assert house.desk.text("disclosure_check.in_house") in said(shown)


def test_in_diskret_lage_no_name_stands_in_the_list(shown: DisclosureList, house: Scene):
    named = hit(5, HitKind.NAME_IN_TEXT, "Maja väntar hemma")
    shown.show_check(DisclosureCheck(recipient="bops", hits=(named,)))
    assert "Maja" in said(shown)
    house.desk.discretion.set_on(True)
    assert "Maja" not in said(shown)
    links = [each for each in shown.findChildren(WordsButton) if each.isVisibleTo(shown)]
    spoken = [each.accessibleName() for each in (*boxes(shown), *links)]
    assert spoken
    assert not any("070" in each for each in spoken)
