"""The decision table's contract told a second time, in plain Python, to hold the rule files against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.services.library import load_library

TODAY = date(2026, 11, 1)
NATIONAL, GOTEBORG, STOCKHOLM = "nationell_polis_2023", "goteborg_2022", "stockholm_2024"
MODELS = {rules.id: rules for rules in load_library().models}
KINDS = load_library().definitions.fact_kinds
NOT_NAMED = ("extremism_right", "extremism_left", "extremism_islamist", "honour")
GROUPS = ("self_defined_group", "externally_defined_group", "unnamed_network", "project_group")

Facts = Mapping[str, object]

ALL_MET: Facts = {
    "role": "leaver",
    "belongs_to_environment": "yes",
    "environment": "self_defined_group",
    "honour_role": None,
    "wants_to_leave": "yes",
    "support_need": "yes",
    "protection_need_exists": "yes",
    "police_consent": "yes",
    "police_consent_withdrawn_on": None,
    "evidence_person": "no",
    "police_conditions_signed": "yes",
    "interventions_decided": "yes",
    "threat.level": "high",
    "threat.nature": "concrete",
    "threat.lethal_or_serious_violence": "yes",
    "threat.assessed_on": TODAY - timedelta(days=30),
    "protection_need_level": "high",
    "must_move": "yes",
    "suspected_of_serious_crime": "no",
    "age": 24,
    "in_custody": "no",
}


def facts(**changes: object) -> dict[str, object]:
    """A person who meets everything, with some facts changed; ``threat_level`` stands for ``threat.level``."""
    return {**ALL_MET, **{key.replace("threat_", "threat.", 1): value for key, value in changes.items()}}


@dataclass(frozen=True)
class Expected:
    """What the contract says: the outcome, and the criterion that failed or the facts that are missing."""

    outcome: str
    criterion: str | None = None
    missing: frozenset[str] | None = None
    handler: str | None = None


def expected(model: str, given: Facts) -> Expected:
    """Walk the contract in its own order."""
    if given["honour_role"] == "victim" or given["role"] == "victim":
        return Expected("valdsutsatt", handler="ordinary_social_services")
    if given["role"] == "relative":
        return Expected("anhorig", handler="ordinary_social_services")
    if given["evidence_person"] == "yes":
        if model == NATIONAL:
            return Expected("personsakerhetsarende", handler="police")
        return Expected("potentiell_avhoppare")
    return {NATIONAL: _national, GOTEBORG: _goteborg, STOCKHOLM: _stockholm}[model](given)


def is_old(given: Facts) -> bool:
    """Old is more than ninety days, from the assessment to the day the table is asked."""
    assessed = given["threat.assessed_on"]
    return isinstance(assessed, date) and (TODAY - assessed).days > 90


def _refused(criterion: str) -> Expected:
    return Expected("ej_avhoppare", criterion=criterion, handler="ordinary_social_services")


def _open(missing: set[str]) -> Expected:
    return Expected("potentiell_avhoppare", missing=frozenset(missing))


def _belonging(given: Facts) -> tuple[str, set[str]]:
    """Yes, no or unknown, and what is then missing. Of honour only the one who exercises it belongs."""
    unclear = given["environment"] == "honour" and given["honour_role"] is None
    belongs = given["belongs_to_environment"]
    missing = ({"belongs_to_environment"} if belongs is None else set()) | (
        {"honour_role"} if unclear else set()
    )
    if belongs == "no":
        return "no", set()
    return ("unknown" if missing else "yes"), missing


def _goteborg(given: Facts) -> Expected:
    needs = (given["support_need"], given["protection_need_exists"])
    belonging, missing = _belonging(given)
    for criterion, fails in (
        ("wants_to_leave", given["wants_to_leave"] == "no"),
        ("belongs_to_environment", belonging == "no"),
        ("support_or_protection_need", needs == ("no", "no")),
        ("consent", given["police_consent"] == "no"),
    ):
        if fails:
            return _refused(criterion)
    missing |= {key for key in ("wants_to_leave", "police_consent") if given[key] is None}
    if "yes" not in needs:
        missing |= {key for key in ("support_need", "protection_need_exists") if given[key] is None}
    missing |= {key for key in ("threat.level", "protection_need_level") if given[key] is None}
    if missing:
        return _open(missing)
    pair = (given["threat.level"], given["protection_need_level"])
    if pair[0] == "none":
        return Expected("potentiell_avhoppare")
    if pair == ("high", "high"):
        return Expected("sarskild_avhoppare", handler="SAV")
    if pair == ("low", "low"):
        return Expected("avhoppare", handler="local")
    return Expected("sav_avgor", handler="SAV")


def _national(given: Facts) -> Expected:
    belonging, missing = _belonging(given)
    for criterion, fails in (
        ("belongs_to_environment", belonging == "no"),
        ("wants_to_leave", given["wants_to_leave"] == "no"),
        ("support_need", given["support_need"] == "no"),
        ("protection_need", given["protection_need_exists"] == "no" or given["threat.level"] == "none"),
        ("consent", given["police_consent"] == "no"),
        ("conditions", given["police_conditions_signed"] == "broken"),
    ):
        if fails:
            return _refused(criterion)
    asked = ("wants_to_leave", "support_need", "protection_need_exists", "threat.level", "police_consent")
    missing |= {key for key in (*asked, "evidence_person") if given[key] is None}
    missing |= {
        key for key in ("police_conditions_signed", "interventions_decided") if given[key] in (None, "no")
    }
    return _open(missing) if missing else Expected("avhoppare")


def _stockholm(given: Facts) -> Expected:
    belonging, missing = _belonging(given)
    for criterion, fails in (
        ("belongs_to_environment", belonging == "no"),
        ("wants_to_leave", given["wants_to_leave"] == "no"),
        ("support_need", given["support_need"] == "no"),
    ):
        if fails:
            return _refused(criterion)
    level = given["threat.level"]
    if level is None or (is_old(given) and given["police_consent"] != "yes"):
        return Expected("vilande_vantar_polis")
    if level == "none":
        return _refused("protection_need")
    missing |= {key for key in ("wants_to_leave", "support_need") if given[key] is None}
    if missing:
        return _open(missing)
    if given["environment"] in NOT_NAMED or level == "low":
        return Expected("lokal_avhopparverksamhet", handler="local")
    if given["protection_need_exists"] is None:
        return _open({"protection_need_exists"})
    if given["protection_need_exists"] == "yes":
        return Expected("central_avhopparverksamhet", handler="central")
    # The contract leaves this one open: a high threat without a need for protection stays with the district.
    return Expected("lokal_avhopparverksamhet", handler="local")


def expected_flags(model: str, given: Facts, outcome: str) -> set[str]:
    """The flags that follow from the facts alone (and two that the contract ties to an outcome)."""
    stands = {
        "child_track": isinstance(given["age"], int) and given["age"] < 18,
        "hold:consult_police": given["suspected_of_serious_crime"] == "yes",
        "contact_kriminalvarden": given["in_custody"] == "yes",
        "evidence_person": given["evidence_person"] == "yes",
        "conditions_broken": given["police_conditions_signed"] == "broken",
        "check_belonging": given["belongs_to_environment"] == "yes" and given["threat.level"] == "none",
        "threat_assessment_old": is_old(given),
        "must_move": model == GOTEBORG and given["threat.level"] == "high",
        "environment_not_named_in_model": model == STOCKHOLM and given["environment"] in NOT_NAMED,
        "check_environment_with_regional_coordinator": model == NATIONAL
        and given["environment"] in NOT_NAMED,
        "ask_about_move": outcome == "central_avhopparverksamhet" and given["must_move"] is None,
    }
    return {flag for flag, holds in stands.items() if holds}
