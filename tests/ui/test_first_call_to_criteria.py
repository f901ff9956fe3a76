"""Somebody who never saw the program: from the first call to finished criteria by the buttons it offers, no manual.

All that is known beforehand is that one presses the main button, and says "vet inte" where one does not know.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QSizePolicy

from desktop_app.domain.forms import Address
from desktop_app.services.session import Session
from tests.helpers.desk_work import police_consent, typed
from tests.helpers.figures import tell
from tests.helpers.person import keys
from tests.ui.conftest import Stage
from tests.ui.test_guide_pages import in_guide, want_nothing
from tests.ui.test_quick_intake import begun
from ui.pages.case_page import CasePage
from ui.pages.guide_view import GuideView
from ui.widgets.status_line import StatusLine

MOST_PRESSES = 80
SAID = {
    "F02": {"purpose": "Att bedöma hot och behov.", "police_register_search": "yes"},
    "F03": {"recipient_unit": "Samordningen", "reason": "Vill lämna.", "urgent_needs": "protection"},
    "F04": {
        "recipient_unit": "BOPS",
        "kind": "initial",
        "known_threats": "Sms",
        "questions": "level",
        "answer_by": "2026-12-01",
    },
}
"""What the person, or the form, says of what must be written in the forms that are shown whole."""


class Stranger:
    """Presses what stands out, and writes down what was seen on the way."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.presses: list[str] = []
        self.unexplained: list[str] = []
        self.forms: list[str] = []
        stage.window.activateWindow()
        QApplication.processEvents()

    @property
    def page(self) -> CasePage:
        page = self.stage.frame.page
        assert isinstance(page, CasePage)
        return page

    def press(self, button: QPushButton) -> None:
        assert button.isVisible(), self.presses
        assert button.isEnabled(), self.presses
        self.presses.append(button.text())
        assert len(self.presses) < MOST_PRESSES, f"going round: {self.presses[-6:]}"
        button.click()
        self.stage.work()

    def guided(self, guide: GuideView) -> None:
        """Say "vet inte" at each question until the form is done, by its main button alone."""
        form = self.page.form
        assert form is not None
        while not form.presenter.is_finished:
            if guide.walk.page is not None:
                self._look(guide)
                if guide.questions.choices.isVisible():
                    QTest.keyClick(
                        self.stage.window.focusWidget(), Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier
                    )
                    self.stage.work()
            self.press(guide.bar.main)

    def _look(self, guide: GuideView) -> None:
        """A question must be a question or have words to it, and say how far one has come."""
        words = [each.text() for each in guide.findChildren(QLabel) if each.isVisible() and each.text()]
        if not any(each.startswith("Fråga ") for each in words) or len(words) < 3:
            self.unexplained.append(str(guide.walk.page and guide.walk.page.id))

    def answered(self) -> None:
        """Write when the person was answered, where the caret stands."""
        keys(self.stage.window.focusWidget(), "2026-11-22 12:30")
        self.page.flush()
        self.stage.work()

    def whole(self, form_id: str) -> None:
        """Write what must be there, and mark the form as done."""

        def write(session: Session) -> None:
            typed(session, self.page._case_id, form_id, **SAID[form_id])
            if form_id == "F02":
                police_consent(session, self.page._case_id, data_kinds="threat", valid_from="2026-11-22")

        form = self.page.form
        assert form is not None
        self.stage.desk.run(self.stage.window, write)
        self.stage.work()
        form.presenter.renew()
        self.stage.work()
        self.press(form.finish_button)
        assert form.presenter.is_finished, [gap.text_key for gap in form.presenter.gaps]


def walked(stage: Stage, *, in_person: bool) -> Stranger:
    """Take a call and press on until the criteria are finished."""
    stage.desk.run(stage.window, want_nothing)
    stage.work()
    call = begun(stage)
    keys(call.own_words, "Jag vill ut.")
    if in_person:
        call.in_person.click()
    stranger = Stranger(stage)
    stranger.press(call.main)
    seen: list[str] = []
    while not seen or seen[-1] != "F07":
        form = stranger.page.form
        assert form is not None
        seen.append(form.form_id)
        if isinstance(form.view, GuideView):
            stranger.guided(form.view)
        elif form.form_id in SAID:
            stranger.whole(form.form_id)
        else:  # when the person was answered is all that this form is opened for
            assert form.view.focused == Address("first_contact_at")
            stranger.answered()
        if seen[-1] != "F07":
            stranger.press(stranger.page._head.go_on_button)
    stranger.forms = seen
    return stranger


def test_the_main_buttons_lead_from_the_call_to_finished_criteria(empty: Stage):
    stranger = walked(empty, in_person=True)
    assert stranger.forms == ["F01", "F02", "F03", "F04", "F07"]
    assert stranger.unexplained == []
    tell("G5.3", f"first call to finished criteria: {len(stranger.presses)} presses of what stands out")


def test_whoever_has_not_been_answered_is_rung_first(empty: Stage):
    """Somebody else rang: the step stays open until it is written when the person was answered."""
    stranger = walked(empty, in_person=False)
    assert stranger.forms == ["F01", "F40", "F02", "F03", "F04", "F07"]


def test_a_way_that_goes_round_is_found(empty: Stage):
    """The control."""
    stranger = Stranger(empty)
    button = QPushButton("Runt", empty.window)
    button.show()
    stranger.presses = ["Runt"] * (MOST_PRESSES - 2)
    stranger.press(button)
    with pytest.raises(AssertionError, match="going round"):
        stranger.press(button)


def test_a_page_with_much_on_it_takes_nothing_of_the_line_at_the_bottom(practice: Stage):
    practice.desk.run(practice.window, want_nothing)
    in_guide(practice, practice.case_number(2))
    line = practice.frame.findChild(StatusLine)
    assert line.height() >= line.sizeHint().height()
    line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    practice.work()
    assert line.height() < line.sizeHint().height(), "the control: it would give way"
