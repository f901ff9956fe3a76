"""Cases by id and by code."""

from datetime import datetime

from desktop_app.domain.cases import OWN_FILE_CODE, Case, CaseKind, Stage, case_code
from desktop_app.domain.errors import CaseNotFound
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_SELECT = "SELECT case_id, case_code, opened_at, stage, kind FROM client_case "


class CaseStore(Store):
    """The table ``client_case``."""

    def add(self, case_id: str, opened_at: datetime, kind: CaseKind = CaseKind.LEAVER) -> Case:
        """Add a case with the next free code of the year it was opened in."""
        year = opened_at.year
        row = self._row(
            "SELECT coalesce(max(CAST(substr(case_code, 8) AS INTEGER)), 0) FROM client_case "
            "WHERE substr(case_code, 3, 4) = ?",
            (str(year),),
        )
        code = case_code(year, (int(row[0]) if row else 0) + 1)
        case = Case(id=case_id, code=code, opened_at=opened_at, kind=kind)
        self._execute(
            "INSERT INTO client_case (case_id, case_code, opened_at, stage, kind) VALUES (?, ?, ?, ?, ?)",
            (case.id, case.code, moment_text(opened_at), case.stage.value, case.kind.value),
        )
        return case

    def add_own_file(self, case_id: str, opened_at: datetime) -> Case:
        """Add the municipality's own file. There is room for one: its code is fixed."""
        case = Case(id=case_id, code=OWN_FILE_CODE, opened_at=opened_at, kind=CaseKind.MUNICIPALITY)
        self._execute(
            "INSERT INTO client_case (case_id, case_code, opened_at, stage, kind) VALUES (?, ?, ?, ?, ?)",
            (case.id, case.code, moment_text(opened_at), case.stage.value, case.kind.value),
        )
        return case

    def own_file(self) -> Case | None:
        """Return the municipality's own file, ``None`` until it has been used."""
        row = self._row(_SELECT + "WHERE case_code = ?", (OWN_FILE_CODE,))
        return _case(row) if row else None

    def by_id(self, case_id: str) -> Case:
        """Return a case; raises ``CaseNotFound``."""
        return _found(self._row(_SELECT + "WHERE case_id = ?", (case_id,)))

    def by_code(self, code: str) -> Case:
        """Return a case; raises ``CaseNotFound``."""
        return _found(self._row(_SELECT + "WHERE case_code = ?", (code,)))

    def all(self) -> list[Case]:
        """Return every case, by code; the municipality's own file is none."""
        rows = self._rows(_SELECT + "WHERE case_code <> ? ORDER BY case_code", (OWN_FILE_CODE,))
        return [_case(row) for row in rows]

    def count(self) -> int:
        """Return how many cases there are."""
        row = self._row("SELECT count(*) FROM client_case WHERE case_code <> ?", (OWN_FILE_CODE,))
        return int(row[0]) if row else 0


def _found(row: Row | None) -> Case:
    if row is None:
        raise CaseNotFound
    return _case(row)


def _case(row: Row) -> Case:
    return Case(
        id=str(row[0]),
        code=str(row[1]),
        opened_at=moment_of(str(row[2])),
        stage=Stage(str(row[3])),
        kind=CaseKind(str(row[4])),
    )
