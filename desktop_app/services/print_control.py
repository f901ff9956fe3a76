"""Control before print: gaps, gates, consent, days and sums of one form for one recipient, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from desktop_app.domain.answers import Value
from desktop_app.domain.consents import Standing, consents_from_rows, standing_for
from desktop_app.domain.filling import gaps
from desktop_app.domain.forms import Address, FilledForm, Gap, Item, ResponseStatus
from desktop_app.domain.own_words import worded
from desktop_app.domain.print_control import (
    Contradiction,
    FindingKind,
    Gate,
    PrintControls,
    contradictions,
    gates_missing,
)
from desktop_app.domain.texts import Texts, label_of
from desktop_app.domain.values import VALUE_TYPES, ItemType
from desktop_app.services.case_cards import facts_of_guide
from desktop_app.services.form_reading import DoubtView, OpenForm, doubts_of, load, placement_doubts
from desktop_app.services.forms import open_form
from desktop_app.services.session import Session

CONSENT_FORM = "F02"
_ORDER = tuple(FindingKind)
_ABOUT_DAYS = "decision_ahead"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the control. ``address`` is its field; on another form when ``form_id`` names one."""

    kind: FindingKind
    words: str
    address: Address | None = None
    form_id: str = ""


def control(
    session: Session, case_id: str, form_id: str, recipient: str | None = None
) -> tuple[Finding, ...]:
    """Return all that is worth a look before a form goes out: what is missing first, what is only odd last."""
    view = open_form(session, case_id, form_id)
    with session.reading() as stores:
        record = stores.forms.newest(case_id, view.filled.definition.id)
        if record is None:
            raise KeyError(view.response_id)
        form = load(session, stores, record)
        facts = facts_of_guide(session, stores, form.case.file)
        doubts = (*doubts_of(session, form), *placement_doubts(stores, form))
    filled, controls = form.filled(), session.library.definitions.print_controls
    texts = worded(session.library.texts, form.words)
    says = _Words(filled, texts)
    gates = gates_missing(form.definition.id, controls, _answers(filled), facts)
    found = [
        *(says.gate(gate) for gate in gates),
        *_gaps(form, filled, says, {gate.link_id for gate in gates}),
        *_consent(session, form, recipient, texts),
        *(says.contradiction(each) for each in contradictions(filled, controls, session.today)),
        *_doubts(doubts, controls, says),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: _ORDER.index(one.kind)))


def _answers(filled: FilledForm) -> Mapping[str, Value | None]:
    return {
        entry.item.link_id: entry.answer.value
        for entry in filled.items()
        if entry.item.type is not ItemType.REPEAT
    }


def _gaps(form: OpenForm, filled: FilledForm, says: _Words, said: set[str]) -> Iterator[Finding]:
    """Yield what a draft lacks, but for what a gate has said better."""
    if form.record.status is not ResponseStatus.DRAFT:
        return
    for gap in gaps(filled):
        if gap.unreadable or gap.address.link_id not in said or gap.address.row_id:
            yield says.gap(gap)


def _consent(session: Session, form: OpenForm, recipient: str | None, texts: Texts) -> Iterator[Finding]:
    """Yield how the consent for whoever the form goes to stands, when it is no valid one."""
    authority = session.library.recipient_profiles.of(recipient).consent_of
    if not authority:
        return
    rows = consents_from_rows(form.case.file.rows("consents"))
    standing = standing_for(authority, rows, session.today)
    if standing is not Standing.VALID:
        name = texts.get(f"tables.authorities.{authority}")
        words = texts.get(f"print_control.consent.{standing}", authority=name)
        yield Finding(FindingKind.CONSENT, words, Address("consents"), CONSENT_FORM)


def _doubts(doubts: Iterable[DoubtView], controls: PrintControls, says: _Words) -> Iterator[Finding]:
    for doubt in doubts:
        name = doubt.text_key.removeprefix("doubts.")
        if name not in controls.said_here:
            yield says.doubt(doubt, name, controls.doubt_fields.get(name, ""))


@dataclass(frozen=True, slots=True)
class _Words:
    """Puts what was found on a form into words."""

    filled: FilledForm
    texts: Texts

    def gap(self, gap: Gap) -> Finding:
        key = "unreadable" if gap.unreadable else "gap"
        words = self.texts.get(f"print_control.{key}", label=self._label(gap.text_key))
        return Finding(FindingKind.GAP, self._in_row(words, gap.address), gap.address)

    def gate(self, gate: Gate) -> Finding:
        words = self.texts.get(f"print_control.gates.{gate.form_id}.{gate.id}")
        is_here = any(entry.item.link_id == gate.link_id for entry in self.filled.items())
        item = self.filled.definition.by_link.get(gate.link_id)
        can_answer = is_here and item is not None and not item.read_only
        if can_answer or not gate.elsewhere:
            return Finding(FindingKind.GATE, words, gate.address if is_here else None)
        return Finding(FindingKind.GATE, words, None, gate.elsewhere)

    def contradiction(self, one: Contradiction) -> Finding:
        section = "date" if one.kind is FindingKind.DATE else "sum"
        labels = {name: self._label(key) for name, key in one.labels.items()}
        values = {name: _told(value) for name, value in one.values.items()}
        words = self.texts.get(f"print_control.{section}.{one.rule}", **labels, **values)
        return Finding(one.kind, self._in_row(words, one.address), one.address)

    def doubt(self, doubt: DoubtView, name: str, link_id: str) -> Finding:
        words = self.texts.get(doubt.text_key, **doubt.params)
        kind = FindingKind.DATE if name == _ABOUT_DAYS else FindingKind.ODD
        address = self._row_address(doubt.row_id)
        if address is None and any(entry.item.link_id == link_id for entry in self.filled.items()):
            address = Address(link_id)
        return Finding(kind, self._in_row(words, address) if address else words, address)

    def _label(self, text_key: str) -> str:
        return self.texts.get(f"{text_key}.label")

    def _row_address(self, row_id: str | None) -> Address | None:
        for entry in self.filled.items() if row_id else ():
            if any(row.id == row_id for row in entry.rows):
                return Address(entry.item.link_id, row_id or "")
        return None

    def _in_row(self, words: str, address: Address) -> str:
        """Return words with the row they are about: the name of a fixed one, the number of another."""
        entry = next((each for each in self.filled.items() if each.item.link_id == address.link_id), None)
        if entry is None or not address.row_id:
            return words
        name = _fixed_name(entry.item, address.row_id, self.texts)
        if name:
            return self.texts.get("print_control.at_named_row", words=words, row=name)
        number = next((at for at, row in enumerate(entry.rows, 1) if row.id == address.row_id), 0)
        return self.texts.get("print_control.at_row", words=words, row=number) if number else words


def _fixed_name(item: Item, row_id: str, texts: Texts) -> str:
    return label_of(texts, item.fixed_rows, row_id) if item.fixed_rows else ""


def _told(value: Value) -> str:
    if isinstance(value, Decimal):
        return VALUE_TYPES[ItemType.MONEY].to_text(value, str)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
