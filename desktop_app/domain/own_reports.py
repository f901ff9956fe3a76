"""What the municipality's own forms show besides what is typed: the year's counts (F21), the log of a period (F23)."""

from __future__ import annotations

from collections.abc import Mapping

STATISTICS_FORM, REVIEW_FORM = "F21", "F23"

LOG_COUNTS, LOG_LINES = "log_counts", "log_lines"
PUBLISHED = "published_statistics"
"""The register of statistics that were finished: two reports of one year can give a number away together."""

STATISTICS_TABLES: Mapping[str, str] = {
    "stat_kind": "case_kind",
    "stat_channel": "contact_channel",
    "stat_first_contact": "first_contact_within",
    "stat_age": "age_groups",
    "stat_gender": "gender",
    "stat_children": "yes_no",
    "stat_protected": "yes_no",
    "stat_environment": "environment",
    "stat_outcome": "outcomes",
    "stat_threat": "threat_level",
    "stat_interventions": "interventions",
    "stat_consents": "statistics_consents",
    "stat_requests": "statistics_requests",
    "stat_meetings": "meeting_types",
    "stat_closing": "closing_reasons",
    "stat_standing": "statistics_standing",
    "stat_not_met": "criteria",
}
"""Each register of counts with the table of its rows."""

SCREENING_TABLE = "stat_screening", "screening_questions"
"""The register that tells how each of the first questions was answered, with the table of its rows."""

LOG_FACTS = ("derived.log_head", "derived.log_size")
STATISTICS_FACTS = tuple(
    f"derived.statistics_{name}"
    for name in (
        *("cases", "missing", "hidden", "children_decisions", "answer_days"),
        *("granted", "used", "own_share"),
    )
)

OWN_ROWS = (LOG_COUNTS, LOG_LINES, *STATISTICS_TABLES, SCREENING_TABLE[0])
OWN_FACTS = (*LOG_FACTS, *STATISTICS_FACTS)
