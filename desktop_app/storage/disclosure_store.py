"""What left a case, to whom and on which ground. The table itself refuses to change or delete a line."""

from datetime import date

from desktop_app.domain.consents import Standing
from desktop_app.domain.disclosures import DisclosureContent, DisclosureLine, Outcome
from desktop_app.domain.errors import CaseNotFound
from desktop_app.storage.connection import Row
from desktop_app.storage.moments import moment_of, moment_text
from desktop_app.storage.store import Store

_SELECT = (
    "SELECT disclosure_id, case_id, corrects, given_on, initiative, authority, recipient, recipient_check, data_kinds, "
    "what, ground, ground_detail, consent_then, need, weighing, exceptional, exceptional_reasons, outcome, decided_by, "
    "decided_on, document_words, issued_document_id, case_document_id, response_id, written_at, written_by "
    "FROM disclosure "
)


class DisclosureStore(Store):
    """The table ``disclosure``. A line is added and read, never changed."""

    def add(self, line: DisclosureLine) -> None:
        """Add a line; the database refuses one that corrects a line of another case."""
        content = line.content
        self._execute(
            "INSERT INTO disclosure (disclosure_id, case_id, corrects, given_on, initiative, authority, recipient, "
            "recipient_check, data_kinds, what, ground, ground_detail, consent_then, need, weighing, exceptional, "
            "exceptional_reasons, outcome, decided_by, decided_on, document_words, issued_document_id, "
            "case_document_id, response_id, written_at, written_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                line.id,
                line.case_id,
                line.corrects,
                content.given_on.isoformat(),
                content.initiative,
                content.authority,
                content.recipient,
                content.recipient_check,
                " ".join(content.data_kinds),
                content.what,
                content.ground,
                content.ground_detail,
                line.consent_then.value,
                content.need,
                content.weighing,
                content.exceptional,
                content.exceptional_reasons,
                content.outcome.value,
                content.decided_by,
                content.decided_on.isoformat() if content.decided_on else None,
                content.document_words,
                content.issued_document_id,
                content.case_document_id,
                line.response_id,
                moment_text(line.written_at),
                line.written_by,
            ),
        )

    def of_case(self, case_id: str) -> list[DisclosureLine]:
        """Return the lines of a case, in the order they were written."""
        rows = self._rows(
            _SELECT + "WHERE case_id = ? ORDER BY written_at, disclosure_id",
            (case_id,),
        )
        return [_line(row) for row in rows]

    def by_id(self, case_id: str, line_id: str) -> DisclosureLine:
        """Return a line of a case; raises ``CaseNotFound``."""
        row = self._row(_SELECT + "WHERE disclosure_id = ? AND case_id = ?", (line_id, case_id))
        if row is None:
            raise CaseNotFound
        return _line(row)


def _line(row: Row) -> DisclosureLine:
    return DisclosureLine(
        id=str(row[0]),
        case_id=str(row[1]),
        corrects=_maybe(row[2]),
        content=DisclosureContent(
            given_on=date.fromisoformat(str(row[3])),
            initiative=str(row[4]),
            authority=str(row[5]),
            recipient=str(row[6]),
            recipient_check=str(row[7]),
            data_kinds=tuple(str(row[8]).split()),
            what=str(row[9]),
            ground=str(row[10]),
            ground_detail=str(row[11]),
            need=str(row[13]),
            weighing=str(row[14]),
            exceptional=str(row[15]),
            exceptional_reasons=str(row[16]),
            outcome=Outcome(str(row[17])),
            decided_by=str(row[18]),
            decided_on=date.fromisoformat(str(row[19])) if row[19] is not None else None,
            document_words=str(row[20]),
            issued_document_id=_maybe(row[21]),
            case_document_id=_maybe(row[22]),
        ),
        consent_then=Standing(str(row[12])),
        response_id=_maybe(row[23]),
        written_at=moment_of(str(row[24])),
        written_by=str(row[25]),
    )


def _maybe(value: object) -> str | None:
    return None if value is None else str(value)
