"""One page of the guide: the question as the heading, why it is asked, its fields, and the words for no answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.domain.forms import Address, FilledSection, Item
from ui.forms.context import Block, FormContext
from ui.forms.field import Field
from ui.forms.form_view import FormView
from ui.forms.quiet_choices import QuietChoices
from ui.forms.section_view import SectionView, SectionWords
from ui.presenters.guide_pages import heading, is_heading_enough, why
from ui.presenters.guide_walk import GuideWalk
from ui.theme.tokens import GAP_FIELDS


class QuestionsView(FormView):
    """Shows the page that the walk is at, with the same fields as the whole form."""

    settled = Signal()
    """The only question of the page got a word in place of an answer: there is nothing more to do here."""

    def __init__(self, context: FormContext, walk: GuideWalk, parent: QWidget | None = None) -> None:
        super().__init__(replace(context, build=self._build), parent)
        self._build_plain = context.build
        self._walk = walk
        self._at = ""
        self.choices = QuietChoices(context.presenter, context.texts, self)
        self.choices.chosen.connect(self._take_choice)
        self._column.insertWidget(0, self.choices)

    # What the form view asks

    def shown(self) -> Sequence[FilledSection]:
        """Return the page as a section of its own."""
        page = self._walk.page
        if page is None:
            return ()
        return (FilledSection(replace(page.section, id=f"{page.section.id}.{page.id}"), page.entries),)

    def section_view(self, filled: FilledSection) -> SectionView:
        """Return the page with the question for its title."""
        page, texts = self._walk.page, self.context.texts
        if page is None:
            return super().section_view(filled)
        return SectionView(
            self.context,
            filled.section,
            SectionWords(heading(page, texts), why(page, texts), "title", GAP_FIELDS),
            self._page,
        )

    def refresh(self) -> None:
        """Show the page one is at; a new one from its top, with nothing in focus yet."""
        page = self._walk.page
        at = page.id if page is not None else ""
        if at != self._at:
            self._at, self._focused = at, None
        super().refresh()
        if page is not None:
            self._block(page.entries[-1].item.link_id)  # all of it, but for the rows of a long table
        self._follow_focus()

    def refresh_field(self, address: Address) -> None:
        """Show one field anew, and whether a word stands in place of its answer."""
        super().refresh_field(address)
        if address == self.about:
            self._follow_focus()

    def uncover(self) -> None:
        """Let fields and quiet choices follow what may be seen."""
        super().uncover()
        self._follow_focus()

    # What the guide calls

    @property
    def about(self) -> Address | None:
        """The field that the quiet choices and F1 are about: where one is, else the first question."""
        page = self._walk.page
        if page is None:
            return None
        if self._focused is not None and page.holds(self._focused.link_id):
            return self._focused
        return Address(page.id)

    # Inside

    def _build(self, context: FormContext, address: Address, item: Item, parent: QWidget) -> Block:
        block = self._build_plain(context, address, item, parent)
        if isinstance(block, Field) and not address.row_id:  # a row of a table has its own, close by
            block.leave_choices_beside()
        page = self._walk.page
        if page is not None and address == Address(page.id) and is_heading_enough(page, context.texts):
            block.stand_alone()
        return block

    def _chain_stops(self) -> None:
        super()._chain_stops()
        fields = [stop for view in self._ordered() for stop in view.stops()]
        for first, second in pairwise([*fields[-1:], *self.choices.stops()]):
            QWidget.setTabOrder(first, second)

    def _note_focus(self, address: Address) -> None:
        super()._note_focus(address)
        self._follow_focus()

    def _explain(self) -> None:
        if self.about is not None:
            self.context.signals.explain.emit(self.about)

    def _take_choice(self, address: Address) -> None:
        self._follow_focus()
        page = self._walk.page
        if page is not None and len(page.asked) == 1:
            self.settled.emit()
        else:
            self.go_to(address)

    def _follow_focus(self) -> None:
        page, about = self._walk.page, self.about
        field = self._field_at(about)
        if page is None or about is None or field is None or not self._can_be_changed(field):
            self.choices.show_for(None, "")
            return
        said = is_heading_enough(page, self.context.texts) and about == Address(page.id)
        self.choices.show_for(about, "" if said else self.context.label(field.item))

    def _can_be_changed(self, field: Field) -> bool:
        table = self.context.presenter.item_at(Address(field.address.link_id))
        return not (field.is_covered or field.item.read_only or self.context.presenter.is_locked(table))
