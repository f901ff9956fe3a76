"""What stands beside the form: the paper as it would be printed now, and where the evidence points."""

from __future__ import annotations

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop_app.services import assessments, printing
from desktop_app.services.assessments import AssessmentView
from desktop_app.services.printing import FormPrint
from ui.desk import Desk
from ui.pages.case_form import CaseForm
from ui.pages.case_side import CaseSide
from ui.presenters.case_presenter import CRITERIA_FORM, findings_parts


class CasePaper(QObject):
    """Asks for what the side shows and drops what comes too late."""

    def __init__(self, desk: Desk, case_id: str, side: CaseSide) -> None:
        super().__init__(side)
        self._desk, self._case_id, self._side = desk, case_id, side
        self._number = 0

    def renew(self, form: CaseForm, *, with_paper: bool) -> None:
        """Fetch what belongs to a form: the findings where it has any, the paper if it is to be seen."""
        self._number += 1
        number = self._number
        if with_paper:
            self._desk.run(
                self,
                printing.preview_pages,
                self._case_id,
                form.form_id,
                None,
                printing.NAMES if self._desk.discretion.is_on else frozenset(),
                done=lambda pages: self._show_paper(number, form, pages),
                failed=lambda _error: self._tell_failed(),
            )
        if form.form_id == CRITERIA_FORM:
            self._desk.run(self, assessments.assess_case, self._case_id, done=self._show_findings)

    def show_document(self, pdf: bytes) -> None:
        """Show a PDF that was issued instead of the form in view."""
        self._number += 1
        self._side.show_tab("paper")
        self._side.paper.show_document(pdf)

    def _show_paper(self, number: int, form: CaseForm, pages: FormPrint) -> None:
        if number != self._number:
            return
        self._side.paper.show_print(pages)
        if isValid(form) and form.view.focused is not None:
            self._side.paper.follow(form.view.focused)

    def _tell_failed(self) -> None:
        self._side.paper.show_words(self._desk.text("form_page.side.paper_failed"))

    def _show_findings(self, view: AssessmentView) -> None:
        parts = findings_parts(view, self._desk.texts)
        self._side.findings.show_parts(parts, self._desk.text("form_page.findings.you_decide"))
