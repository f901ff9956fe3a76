"""What follows from a case file: ages, sums and where the evidence points. Never stored, always reckoned anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop_app.domain.answers import Answer, answered
from desktop_app.domain.assessments import CONSENTS, Judgement, age_of_client, facts_of_case
from desktop_app.domain.case_file import CaseFile
from desktop_app.domain.closing import CLOSING_FACTS, closing_facts
from desktop_app.domain.consents import POLICE, Standing, consents_from_rows, standing_for
from desktop_app.domain.costs import CostLine, cost_lines_from_rows, summarise, with_amounts
from desktop_app.domain.deadlines import Length, Shift, Unit, act_by
from desktop_app.domain.evaluation import evaluate
from desktop_app.domain.evidence import with_evidence_lines
from desktop_app.domain.explanation import explain
from desktop_app.domain.forms import Row
from desktop_app.domain.own_reports import OWN_FACTS, OWN_ROWS
from desktop_app.domain.payments import PAYMENT_FACTS, PAYMENT_TYPES, payment_facts, payment_type_rows
from desktop_app.domain.rules import Findings, RuleSet
from desktop_app.domain.texts import Texts
from desktop_app.domain.threat_words import fear_words, standing_words
from desktop_app.domain.threats import WARN_AFTER_DAYS, Limits
from desktop_app.domain.two_tracks import goes_on_under_sol, outcome_in_force

COST_LINES = "cost_lines"
COST_YEARS = "cost_years"
DISCLOSURES, GIVEN_OUT, CONSENT_STOPS = "disclosures", "consent_given_out", "consent_stops"
TIMELINE = "timeline"
METHODS_USED = "methods_used"
DERIVED_ROWS = (
    *(COST_YEARS, PAYMENT_TYPES, DISCLOSURES, GIVEN_OUT, CONSENT_STOPS, TIMELINE, METHODS_USED),
    *OWN_ROWS,
)


def _derived(*names: str) -> tuple[str, ...]:
    return tuple(f"derived.{name}" for name in names)


_PERSON_FACTS = _derived("police_consent", "age", "age_group", "is_child")
_ASSESSMENT_FACTS = _derived(
    "model", "model_version", "outcome", "because", "missing", "flags", "departs", "sol_track"
)
_THREAT_FACTS = _derived("threat_standing", "threat_felt")
_COST_FACTS = _derived("cost_period", "applied_total", "own_share")
_DISCLOSURE_FACTS = _derived(
    *("disclosure_consent", "disclosure_protection", "disclosure_document", "disclosure_corrects"),
    *("disclosure_remarks", "ground_law", "ground_asks_weighing", "ground_asks_detail"),
)
_CHILD_DAYS = _derived("preliminary_due", "child_investigation_due")
_CHECK_FACTS = _derived("gates_told")
_DECISION_FACTS = _derived("decision_law", "decision_appeal", "decision_draft")
DERIVED_FACTS = (
    *(*_PERSON_FACTS, *_ASSESSMENT_FACTS, *_THREAT_FACTS, *_COST_FACTS, *_CHILD_DAYS),
    *(*PAYMENT_FACTS, *CLOSING_FACTS, *OWN_FACTS),
    *(*_DISCLOSURE_FACTS, *_DECISION_FACTS, *_CHECK_FACTS),
)
"""Every fact that can be derived: what a form may be filled from or depend on. Those about a disclosure, a decision or
a checklist are there only in the form that notes one."""
CHILD_UNTIL = 18

_AGE_GROUPS = ((15, "under_15"), (18, "15_17"), (21, "18_20"), (25, "21_24"), (30, "25_29"), (40, "30_39"))


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What deriving needs besides the case file."""

    rules: RuleSet
    texts: Texts
    day: date
    threat_warn_days: int = WARN_AFTER_DAYS


def findings_of(case_file: CaseFile, rules: RuleSet, day: date) -> Findings:
    """Return what a rule set points to for a case on ``day``."""
    return evaluate(rules, facts_of_case(case_file, _asked(rules), day), day)


def _asked(rules: RuleSet) -> tuple[str, ...]:
    flags = (key for flag in rules.flags for key in flag.when.asked())
    return tuple(dict.fromkeys((*rules.facts_asked(), *flags)))


def judgement_of(case_file: CaseFile, findings: Findings) -> Judgement:
    """Return the caseworker's own judgement beside what the table proposes."""
    decided = case_file.value("assessment.decided")
    return Judgement(
        proposed=findings.outcome,
        decided=decided if isinstance(decided, str) else None,
        motivation=str(case_file.value("assessment.departure_reason") or ""),
    )


def with_derived(case_file: CaseFile, reckoning: Reckoning) -> CaseFile:
    """Return the case file with facts under ``derived.``, sums per year, and reckoned amounts in cost lines."""

    # All of it only when asked for: the assessment tries every other answer, and most forms show nothing of it.
    def read(register: str) -> tuple[Row, ...]:
        if register == COST_LINES:
            return tuple(with_amounts(row) for row in case_file.rows(COST_LINES))
        if register == PAYMENT_TYPES:
            lines = cost_lines_from_rows(case_file.rows(COST_LINES))
            return payment_type_rows(case_file, lines, reckoning.texts)
        return _year_rows(cost_lines_from_rows(file.rows(COST_LINES)))

    file = case_file.with_rows_later((COST_LINES, COST_YEARS, PAYMENT_TYPES), read)
    return with_evidence_lines(file, reckoning.texts).with_reckoned(
        (_PERSON_FACTS, lambda: _person(case_file, reckoning)),
        (_ASSESSMENT_FACTS, lambda: _assessment(case_file, reckoning)),
        (_THREAT_FACTS, lambda: _threat(case_file, reckoning)),
        (_COST_FACTS, lambda: _costs(cost_lines_from_rows(file.rows(COST_LINES)))),
        (_CHILD_DAYS, lambda: _child_days(case_file)),
        (PAYMENT_FACTS, lambda: payment_facts(case_file)),
        (CLOSING_FACTS, lambda: closing_facts(case_file, reckoning.texts)),
    )


def _person(case_file: CaseFile, reckoning: Reckoning) -> Mapping[str, Answer]:
    age = age_of_client(case_file, reckoning.day)
    consent = {"derived.police_consent": answered(consent_words(case_file, reckoning))}
    if age is None:
        return consent
    return {
        **consent,
        "derived.age": answered(str(age)),
        "derived.age_group": answered(age_group_of(age)),
        "derived.is_child": answered("yes" if age < CHILD_UNTIL else "no"),
    }


def age_group_of(age: int) -> str:
    """Return the code of the group an age is counted in."""
    return next((code for limit, code in _AGE_GROUPS if age < limit), "40_plus")


def consent_words(case_file: CaseFile, reckoning: Reckoning) -> str:
    """Return how the consent towards the police stands, in words."""
    consents = consents_from_rows(case_file.rows(CONSENTS))
    standing = standing_for(POLICE, consents, reckoning.day)
    key = f"rules.sentences.consent_{standing}"
    until = [
        consent.valid_until
        for consent in consents
        if consent.recipient == POLICE
        and consent.standing(reckoning.day) is Standing.VALID
        and consent.valid_until
    ]
    if standing is Standing.VALID and until:
        return reckoning.texts.get("rules.sentences.consent_valid_until", day=max(until).isoformat())
    return reckoning.texts.get(key)


def _assessment(case_file: CaseFile, reckoning: Reckoning) -> Mapping[str, Answer]:
    findings = findings_of(case_file, reckoning.rules, reckoning.day)
    words = explain(findings, reckoning.rules, reckoning.texts)
    texts = reckoning.texts
    goes_on = goes_on_under_sol(outcome_in_force(case_file, findings.outcome))
    return {
        **({"derived.sol_track": answered(texts.get(goes_on))} if goes_on else {}),
        "derived.model": answered(words.title),
        "derived.model_version": answered(words.model_version),
        "derived.outcome": answered(words.outcome),
        "derived.because": answered("\n".join(words.reasons) or texts.get("rules.sentences.no_reasons")),
        "derived.missing": answered(
            "\n".join(text[:1].upper() + text[1:] for text in words.missing)
            or texts.get("rules.sentences.nothing_missing")
        ),
        "derived.flags": answered("\n".join(words.flags) or texts.get("rules.sentences.no_flags")),
        "derived.departs": answered("yes" if judgement_of(case_file, findings).departs else "no"),
    }


def _threat(case_file: CaseFile, reckoning: Reckoning) -> Mapping[str, Answer]:
    limits = Limits(reckoning.threat_warn_days, reckoning.rules.threat_valid_days)
    standing = standing_words(case_file, reckoning.day, limits, reckoning.texts)
    fear = fear_words(case_file, reckoning.texts)
    words = {"derived.threat_standing": answered("\n".join(standing))}
    return {**words, "derived.threat_felt": answered(fear)} if fear else words


_LAST_DAYS = {
    "derived.preliminary_due": ("events.report_received_on", Length(14, Unit.DAYS)),
    "derived.child_investigation_due": ("events.investigation_opened_on", Length(4, Unit.MONTHS)),
}
"""SoL (2025:400) 20 kap. 2–3 §§, read 2026-11-22. The rules of the same name in resources/deadlines keep watch."""


def _child_days(case_file: CaseFile) -> Mapping[str, Answer]:
    """Return the last working day of the preliminary assessment and of a child's investigation, once they run."""
    found: dict[str, Answer] = {}
    for key, (event, length) in _LAST_DAYS.items():
        day = case_file.value(event)
        due = length.after(day) if isinstance(day, date) else None
        if due is not None:
            found[key] = answered(act_by(due, Shift.BEFORE))
    return found


def _costs(lines: tuple[CostLine, ...]) -> Mapping[str, Answer]:
    if not lines:
        return {}
    total = summarise(lines)
    days = [day for line in lines for day in (line.starts, line.ends) if day is not None]
    period = {"derived.cost_period": answered(f"{min(days)} – {max(days)}")} if days else {}
    return {
        **period,
        "derived.applied_total": answered(total.applied),
        "derived.own_share": answered(max(Decimal(0), total.amount - total.applied)),
    }


def _year_rows(lines: tuple[CostLine, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(
            str(year.year or ""),
            {
                "year": answered(str(year.year or "–")),
                "amount": answered(year.amount),
                "vat_amount": answered(year.vat),
                "applied": answered(year.applied),
            },
        )
        for year in summarise(lines).years
    )
