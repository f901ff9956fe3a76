"""What a municipality changes in a model of its own, as fields."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop_app.domain.rules import MOVE_CHOICES, RuleSet
from desktop_app.services import own_rules
from desktop_app.services.own_rules import Need, OwnEdits, SourceEdit
from ui.desk import Desk
from ui.widgets.basics import Button, clear, column, filled_row, label, row
from ui.widgets.criteria_order import CriteriaOrder
from ui.widgets.form_row import FormRow
from ui.widgets.half_written import KEEPS_ITSELF

LINES = {"name": 440, "valid_from": 160, "valid_to": 160, "threat_valid_days": 120}
AGES = ("", "18")
SOURCE_WIDTHS = {"id": 90, "title": 0, "dated": 120}


class RuleFields(QWidget):
    """Reads and shows ``OwnEdits``. The draft is kept by the page, so nothing typed here is read off besides."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty(KEEPS_ITSELF, True)
        self.rows: dict[str, FormRow] = {}
        self.lines = {name: QLineEdit() for name in LINES}
        for name, width in LINES.items():
            self._row(name, self.lines[name], width)
            self.lines[name].textEdited.connect(lambda _text: self.edited.emit())
        self.min_age = self._choice("min_age", [(age, self._age_words(age)) for age in AGES])
        self.need = self._choice("need", [(each.value, self._words(f"need.{each}")) for each in Need])
        self.require_move = self._choice(
            "require_move", [(each, self._words(f"move.{each}")) for each in MOVE_CHOICES]
        )
        self.criteria = CriteriaOrder(desk)
        self.criteria.changed.connect(self.edited)
        self.rows["criteria"] = FormRow(
            desk, self._words("field.criteria"), self.criteria, self._words("field.criteria_help"), width=520
        )
        self.handlers: dict[str, QLineEdit] = {}
        self._handler_lines, self._source_lines = QVBoxLayout(), QVBoxLayout()
        self.sources: list[dict[str, QLineEdit]] = []
        self.add_source = Button(desk, self._words("field.add_source"), self._add_source, icon="new")
        self._lay_out()

    def show_rules(self, rules: RuleSet, edits: OwnEdits) -> None:
        """Show a rule set's fields."""
        for name, line in self.lines.items():
            line.setText(getattr(edits, name))
        if self.min_age.findData(edits.min_age) < 0:
            self.min_age.addItem(self._age_words(edits.min_age), edits.min_age)
        for box, value in (
            (self.min_age, edits.min_age),
            (self.need, edits.need.value),
            (self.require_move, edits.require_move),
        ):
            box.setCurrentIndex(box.findData(value))
        self.criteria.show_order(
            edits.required, edits.need, edits.need_place, own_rules.criteria(self._desk.library)
        )
        self._show_handlers(rules, edits)
        self._show_sources(edits.sources)

    def read(self) -> OwnEdits:
        """Return what the fields hold, as typed."""
        required, place = self.criteria.order()
        return OwnEdits(
            **{name: line.text() for name, line in self.lines.items()},
            min_age=str(self.min_age.currentData()),
            require_move=str(self.require_move.currentData()),
            need=Need(self.need.currentData()),
            need_place=place,
            required=required,
            handlers={code: line.text().strip() for code, line in self.handlers.items()},
            sources=tuple(
                SourceEdit(*(lines[name].text() for name in ("id", "title", "dated")))
                for lines in self.sources
                if any(line.text().strip() for line in lines.values())
            ),
        )

    def show_fault(self, field: str, words: str) -> None:
        """Say what is wrong beside a field, and take back what was said beside the others."""
        for name, each in self.rows.items():
            each.show_fault(words if name == field else "")

    # Building

    def _words(self, key: str) -> str:
        return self._desk.text(f"window.own_rules.{key}")

    def _age_words(self, age: str) -> str:
        text = self._desk.text
        return text("window.own_rules.age.years", years=age) if age else text("window.own_rules.age.none")

    def _row(self, name: str, field: QWidget, width: int) -> None:
        key = f"window.own_rules.field.{name}_help"
        help_words = self._desk.text(key) if self._desk.texts.has(key) else ""
        self.rows[name] = FormRow(self._desk, self._words(f"field.{name}"), field, help_words, width=width)

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        box = QComboBox()
        for value, words in choices:
            box.addItem(words, value)
        box.activated.connect(lambda _index: self._take_choice(name))
        self._row(name, box, 320)
        return box

    def _take_choice(self, name: str) -> None:
        if name == "need":
            required, place = self.criteria.order()
            self.criteria.show_order(
                required, Need(self.need.currentData()), place, own_rules.criteria(self._desk.library)
            )
        self.edited.emit()

    def _lay_out(self) -> None:
        px, rows = self._desk.theme.px, self.rows
        days = row(px(16), rows["valid_from"], rows["valid_to"])
        handlers, sources = QWidget(), QWidget()
        for part, lines in ((handlers, self._handler_lines), (sources, self._source_lines)):
            lines.setSpacing(px(8))
            part.setLayout(lines)
            lines.setContentsMargins(0, 0, 0, 0)
        rows["handlers"] = FormRow(
            self._desk, self._words("field.handlers"), handlers, self._words("field.handlers_help")
        )
        rows["sources"] = FormRow(
            self._desk, self._words("field.sources"), sources, self._words("field.sources_help")
        )
        self.setLayout(
            column(
                px(16),
                rows["name"],
                days,
                rows["need"],
                rows["criteria"],
                rows["threat_valid_days"],
                rows["min_age"],
                rows["require_move"],
                rows["handlers"],
                rows["sources"],
                row(0, self.add_source),
            )
        )

    def _show_handlers(self, rules: RuleSet, edits: OwnEdits) -> None:
        texts = self._desk.texts
        clear(self._handler_lines)
        self.handlers = {}
        for code, words in edits.handlers.items():
            outcomes = dict.fromkeys(
                texts.get(f"tables.outcomes.{step.outcome}") for step in rules.steps if step.handler == code
            )
            line = QLineEdit(words)
            line.textEdited.connect(lambda _text: self.edited.emit())
            at = self._desk.text("window.own_rules.field.handler_at", outcomes=", ".join(outcomes))
            line.setAccessibleName(at)
            self._handler_lines.addLayout(column(self._desk.theme.px(2), label(at, "help"), line))
            self.handlers[code] = line

    def _show_sources(self, sources: Sequence[SourceEdit]) -> None:
        clear(self._source_lines)
        self.sources = []
        heads = [label(self._words(f"field.source_{name}"), "help", wraps=False) for name in SOURCE_WIDTHS]
        for head, width in zip(heads, SOURCE_WIDTHS.values(), strict=True):
            if width:
                head.setFixedWidth(self._desk.theme.px(width))
        line = filled_row(self._desk.theme.px(8), *heads)
        line.setStretch(1, 1)
        self._source_lines.addLayout(line)
        for source in sources:
            self._source_line(source)

    def _source_line(self, source: SourceEdit) -> None:
        lines: dict[str, QLineEdit] = {}
        for name, width in SOURCE_WIDTHS.items():
            line = lines[name] = QLineEdit(getattr(source, name))
            line.setAccessibleName(self._words(f"field.source_{name}"))
            line.textEdited.connect(lambda _text: self.edited.emit())
            if width:
                line.setFixedWidth(self._desk.theme.px(width))
        self.sources.append(lines)
        self._source_lines.addLayout(filled_row(self._desk.theme.px(8), *lines.values()))

    def _add_source(self) -> None:
        self._source_line(SourceEdit("", ""))
        self.sources[-1]["id"].setFocus()
