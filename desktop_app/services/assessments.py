"""What each model points to for a case, in sentences. The program proposes; the caseworker decides."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.derived import findings_of, judgement_of
from desktop_app.domain.explanation import Explanation, Seen, explain, why_they_differ
from desktop_app.domain.rules import RuleSet
from desktop_app.services.case_reading import read_case
from desktop_app.services.rule_models import models_in
from desktop_app.services.session import Session

ModelView = Explanation


@dataclass(frozen=True, slots=True)
class ModelDifference:
    """Why another model points elsewhere for this case: what it went by, and what the chosen one went by."""

    model: str
    title: str
    outcome: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """The chosen model's view, how the others see the same case, and what made those that differ differ.

    ``in_force`` is false on a day the chosen model does not hold for; ``departs`` when the caseworker has decided
    something else than the chosen model points to.
    """

    chosen: ModelView
    others: tuple[ModelView, ...]
    differences: tuple[ModelDifference, ...] = ()
    in_force: bool = True
    departs: bool = False


def models(session: Session) -> tuple[RuleSet, ...]:
    """Return every rule set a case may be assessed by, the municipality's own last."""
    with session.reading() as stores:
        return models_in(session.library, stores.settings.all())


def assess_case(session: Session, case_id: str) -> AssessmentView:
    """Ask every model about a case as it stands today."""
    with session.reading() as stores:
        read = read_case(session, stores, stores.cases.by_id(case_id))
        known = models_in(session.library, stores.settings.all())
    texts = session.library.texts
    chosen = Seen(read.rules, findings_of(read.file, read.rules, session.today))
    others = [
        Seen(rules, findings_of(read.file, rules, session.today))
        for rules in known
        if rules.id != read.rules.id
    ]
    told = [explain(each.findings, each.rules, texts) for each in others]
    differences = (
        ModelDifference(words.model, words.title, words.outcome, because)
        for each, words in zip(others, told, strict=True)
        if (because := why_they_differ(chosen, each, texts))
    )
    return AssessmentView(
        chosen=explain(chosen.findings, chosen.rules, texts),
        others=tuple(told),
        differences=tuple(differences),
        in_force=chosen.rules.holds_on(session.today),
        departs=judgement_of(read.file, chosen.findings).departs,
    )
