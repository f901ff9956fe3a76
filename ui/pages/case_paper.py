"""What stands beside the form: the paper as it would be printed now, and where the evidence points."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop_app.domain.assessments import CRITERIA
from desktop_app.domain.forms import Address, Sensitivity
from desktop_app.services import assessments, printing
from desktop_app.services.assessments import AssessmentView
from desktop_app.services.printing import FormPrint
from ui.desk import Desk
from ui.pages.case_explanation import explanation
from ui.pages.case_form import CaseForm
from ui.pages.case_side import CaseSide
from ui.pages.step_form import StepForm
from ui.presenters.case_presenter import CRITERIA_FORM, findings_parts
from ui.presenters.fact_places import bears_on_findings, place_of_fact


class CasePaper(QObject):
    """Asks for what the side shows and drops what comes too late."""

    opened = Signal()
    """Something beside the form was asked for."""

    question_asked = Signal(str, tuple)
    """A sentence was followed: the form and the address of the question it is about."""

    def __init__(self, desk: Desk, case_id: str, side: CaseSide) -> None:
        super().__init__(side)
        self._desk, self._case_id, self._side = desk, case_id, side
        self._number = 0
        self._form: StepForm | None = None
        self._guided = False
        self._side.findings.fact_asked.connect(self._go_to_fact)

    def take_form(self, form: StepForm) -> None:
        """Stand beside a form: follow where one is in it, and offer the findings where it bears on them."""
        self._form, self._guided = form, False
        form.explain.connect(self._explain)
        form.context.signals.focused.connect(self._follow)
        self._side.offer_findings(self._bears(form.form_id))
        if form.form_id == CRITERIA_FORM:
            self._side.show_tab("findings")

    def renew(self, form: CaseForm, *, with_paper: bool) -> None:
        """Fetch what belongs to a form: the findings where it has any, the paper if it is to be seen."""
        self._number += 1
        number = self._number
        if with_paper:
            self._desk.run(
                self,
                printing.draw,
                self._case_id,
                form.form_id,
                None,
                self._unseen(form),
                done=lambda drawn: self._show_paper(number, form, drawn.paper),
                failed=lambda _error: self._tell_failed(),
            )
        if self._bears(form.form_id):
            self._turn_to_findings()
            self._desk.run(self, assessments.assess_case, self._case_id, done=self._show_findings)

    def _unseen(self, form: CaseForm) -> frozenset[Sensitivity]:
        """Return what the paper beside the form leaves out; a sheet that names all the same does so in print alone."""
        filled = form.presenter.view.filled if form.presenter.is_open else None
        if filled is not None and filled.definition.kept_apart and filled.head.protection.hides:
            return printing.TELLING
        return printing.NAMES if self._desk.discretion.is_on else frozenset()

    def show_document(self, pdf: bytes) -> None:
        """Show a PDF that was issued instead of the form in view."""
        self._number += 1
        self._side.show_tab("paper")
        self._side.paper.show_document(pdf)

    def _turn_to_findings(self) -> None:
        """Show the findings when a form begins to be asked question by question; after that one may turn away."""
        guided = self._form is not None and self._form.guide is not None
        if guided and not self._guided:
            self._side.show_tab("findings")
        self._guided = guided

    def _bears(self, form_id: str) -> bool:
        library = self._desk.library
        return bears_on_findings(library.form(form_id), library.models, library.table(CRITERIA))

    def _follow(self, address: Address) -> None:
        self._side.paper.follow(address)
        if self._side.tab == "question":
            self._show_explanation(address)

    def _explain(self, address: Address) -> None:
        self._show_explanation(address)
        self.opened.emit()
        self._side.show_tab("question")

    def _show_explanation(self, address: Address) -> None:
        if self._form is not None:
            parts, note = explanation(self._form.context, address)
            self._side.question.show_parts(parts, note)

    def _go_to_fact(self, fact: str) -> None:
        library = self._desk.library
        shown = [library.form(self._form.form_id)] if self._form is not None else []
        place = place_of_fact(fact, [*shown, *library.forms], library.table(CRITERIA))
        if place is not None:
            at = place.address
            self.question_asked.emit(place.form_id, (at.link_id, at.row_id, at.column))

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
