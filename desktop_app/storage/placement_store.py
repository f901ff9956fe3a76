"""What of every case tells whom the person must not meet, and where they would."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import LiteralString

from desktop_app.storage.store import Store

_ASKED: LiteralString = (
    "SELECT c.case_id, c.case_code, a.link_id, a.row_id, a.column_id, a.value "
    # In this order, so that each case costs a few look-ups by key and nothing else of it is read.
    "FROM client_case AS c CROSS JOIN answer AS a ON a.case_id = c.case_id AND a.holder = 'case' "
    "AND a.link_id IN ('fact.network_name', 'fact.rival_networks', 'client.name', 'client.alias', "
    "'client.whereabouts', 'events.closed_on', 'ties', 'cost_lines') "
    "WHERE a.value IS NOT NULL AND (a.row_id = '' OR EXISTS (SELECT 1 FROM answer_row AS r "
    "WHERE r.case_id = a.case_id AND r.holder = a.holder AND r.link_id = a.link_id AND r.row_id = a.row_id "
    "AND r.removed_at IS NULL)) ORDER BY c.case_id"
)


@dataclass(frozen=True, slots=True)
class PlacementWord:
    """One answer of one case; ``row_id`` and ``column`` are empty for a fact."""

    case_id: str
    code: str
    link_id: str
    row_id: str
    column: str
    value: str


class PlacementStore(Store):
    """Reads the answers of all cases that placements are compared by."""

    def of_all_cases(self) -> Iterator[PlacementWord]:
        """Yield the answers, case by case."""
        for case_id, code, link_id, row_id, column, value in self._rows(_ASKED):
            yield PlacementWord(str(case_id), str(code), str(link_id), str(row_id), str(column), str(value))
