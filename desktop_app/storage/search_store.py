"""The full-text index: what is in it, what it is behind with, and what it answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from desktop_app.domain.protection import Protection
from desktop_app.domain.search_kinds import CaseHeading, Rank, SearchKind, SearchPart, SearchText
from desktop_app.domain.search_words import terms_of
from desktop_app.storage.store import Store

MOST_TERMS: Final = 48

_SHELF = (
    "SELECT t.case_id, t.part, t.ref, t.kind, t.about, t.text_id, t.words, "
    "c.case_code, c.kind, c.protection, c.name, c.hidden, "
    "EXISTS (SELECT 1 FROM search_pending WHERE case_id = t.case_id), (SELECT count(*) FROM search_pending) "
    "FROM search_index JOIN search_text AS t ON t.text_id = search_index.rowid "
    "LEFT JOIN search_case AS c ON c.case_id = t.case_id "
    "WHERE search_index MATCH ? AND search_index.rowid BETWEEN ? AND ? ORDER BY search_index.rowid LIMIT ? + 0"
)


class FoundText(NamedTuple):
    """A text that was found: where it stands, and its case. A row as it is read: most of it is never asked for."""

    case_id: str
    part_code: str
    ref: str
    kind_code: str
    about: str
    number: int
    words: str
    code: str | None
    case_kind: str | None
    protection: str | None
    name: str | None
    hidden: str | None
    written_since: int
    behind: int

    @property
    def part(self) -> SearchPart:
        """In which part of its case it stands."""
        return SearchPart(self.part_code)

    @property
    def kind(self) -> SearchKind:
        """What was found."""
        return SearchKind(self.kind_code)

    @property
    def rank(self) -> Rank:
        """On which shelf it stands."""
        return Rank.of_row(self.number)

    @property
    def is_behind(self) -> bool:
        """Whether the case was written to since."""
        return bool(self.written_since) or self.code is None

    @property
    def heading(self) -> CaseHeading:
        """What stands above the hits of its case."""
        return CaseHeading(
            code=self.code or "",
            kind=self.case_kind or "",
            protection=Protection.read(self.protection),
            name=self.name or "",
            hidden=frozenset((self.hidden or "").split()),
        )


_NUMBER: Final = FoundText._fields.index("number")
_FIRST_ROW, _LAST_WHO, _LAST_ROW = Rank.CASES.first_row, Rank.PERSONS.last_row, Rank.CHOICES.last_row


@dataclass(frozen=True, slots=True)
class RawAnswer:
    """An answer as it stands, with the form it belongs to when it is not the case's own."""

    holder: str
    form_id: str
    form_version: int
    link_id: str
    row_id: str
    column: str
    value: str


class SearchStore(Store):
    """The tables ``search_text``, ``search_case``, ``search_index``, ``search_term`` and ``search_pending``."""

    # Asking

    def shelf(self, expression: str, ranks: tuple[Rank, Rank], limit: int) -> list[FoundText]:
        """Return the texts between two ranks that an expression finds: by rank, then the newest."""
        first, last = ranks
        rows = self._rows(_SHELF, (expression, first.first_row, last.last_row, limit))
        return list(map(FoundText._make, rows))

    def found(self, expression: str, limit: int, most_who: int) -> tuple[list[FoundText], bool]:
        """Return the first texts an expression finds, by rank, and whether there are more.

        Of those that tell who somebody is so many at most, unless the others leave room. One question where that is
        enough: each costs as much as a dozen of its rows.
        """
        rows = self._rows(_SHELF, (expression, _FIRST_ROW, _LAST_ROW, limit))
        more = len(rows) >= limit
        if more and rows[most_who][_NUMBER] <= _LAST_WHO:
            what = self._rows(_SHELF, (expression, _LAST_WHO + 1, _LAST_ROW, limit - most_who))
            rows = rows[: limit - len(what)] + what
        return list(map(FoundText._make, rows)), more

    def terms(self, beginning: str) -> list[str]:
        """Return the words a beginning may become; none when they are too many to be asked for one by one."""
        rows = self._rows(
            "SELECT term FROM search_term WHERE term >= ? AND term < ? LIMIT ? + 0",
            (beginning, beginning + "\U0010ffff", MOST_TERMS + 1),
        )
        return [str(row[0]) for row in rows] if len(rows) <= MOST_TERMS else []

    # Keeping in step

    def behind(self) -> int:
        """Return how many parts of cases were written to since they were last read into the index."""
        row = self._row("SELECT count(*) FROM search_pending")
        return int(row[0]) if row else 0

    def pending(self, limit: int) -> list[tuple[str, SearchPart]]:
        """Return some of them: case and part."""
        rows = self._rows("SELECT case_id, part FROM search_pending LIMIT ? + 0", (limit,))
        return [(str(row[0]), SearchPart(row[1])) for row in rows]

    def put(self, batch: Mapping[tuple[str, SearchPart], Mapping[str, SearchText]]) -> int:
        """Let the index hold exactly these texts (by ref) of some parts of cases; return how many rows it cost.

        All rows of a batch go in by their number: the index begins a new segment whenever a number goes back.
        """
        gone: list[tuple[int, SearchText]] = []
        come: list[tuple[int, str, SearchPart, str, SearchText]] = []
        free = {rank: self._lowest_row(rank) for rank in Rank}
        for (case_id, part), texts in batch.items():
            stood = self._stood(case_id, part)
            gone += [row for ref, row in stood.items() if texts.get(ref) != row[1]]
            for ref, text in texts.items():
                row, former = stood.get(ref, (0, None))
                if former == text:
                    continue
                # A text that was only rewritten keeps its number, and with it its place.
                if former is None or former.rank is not text.rank:
                    free[text.rank] -= 1
                    row = free[text.rank]
                come.append((row, case_id, part, ref, text))
        for row, text in sorted(gone, key=lambda each: each[0]):
            self._take_out(row, text)
        for row, case_id, part, ref, text in sorted(come, key=lambda each: each[0]):
            self._put_in(row, case_id, part, ref, text)
        self._list_terms(terms_of(f"{text.words} {text.forms}") for *_, text in come)
        self._execute_many("DELETE FROM search_pending WHERE case_id = ? AND part = ?", list(batch))
        return len(gone) + len(come)

    def gather(self) -> None:
        """Bring the segments of the index together; what was taken out is then gone from them as well."""
        self._execute("INSERT INTO search_index (search_index) VALUES ('optimize')")

    def head(self, case_id: str, heading: CaseHeading) -> None:
        """Write what stands above the hits of a case."""
        self._execute(
            "INSERT OR REPLACE INTO search_case (case_id, case_code, kind, protection, name, hidden) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                case_id,
                heading.code,
                heading.kind,
                heading.protection,
                heading.name,
                " ".join(sorted(heading.hidden)),
            ),
        )

    def start_anew(self) -> None:
        """Throw the whole index away; every case is then behind."""
        self._execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
        self._execute("DELETE FROM search_text")
        self._execute("DELETE FROM search_case")
        self._execute("DELETE FROM search_term")
        self._execute("DELETE FROM search_pending")
        for part in SearchPart:
            self._execute(
                "INSERT INTO search_pending (case_id, part) SELECT case_id, ? FROM client_case", (part,)
            )

    def prove(self) -> None:
        """Compare the index with its texts; raises DatabaseDamaged when they differ."""
        self._execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")

    def _put_in(self, text_id: int, case_id: str, part: SearchPart, ref: str, text: SearchText) -> None:
        self._execute(
            "INSERT INTO search_text (text_id, case_id, part, ref, kind, about, words, forms) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (text_id, case_id, part, ref, text.kind, text.about, text.words, text.forms),
        )
        self._execute(
            "INSERT INTO search_index (rowid, words, forms) VALUES (?, ?, ?)",
            (text_id, text.words, text.forms),
        )

    def _take_out(self, text_id: int, text: SearchText) -> None:
        self._execute(
            "INSERT INTO search_index (search_index, rowid, words, forms) VALUES ('delete', ?, ?, ?)",
            (text_id, text.words, text.forms),
        )
        self._execute("DELETE FROM search_text WHERE text_id = ?", (text_id,))

    def _stood(self, case_id: str, part: SearchPart) -> dict[str, tuple[int, SearchText]]:
        rows = self._rows(
            "SELECT ref, text_id, kind, about, words, forms FROM search_text WHERE case_id = ? AND part = ?",
            (case_id, part),
        )
        return {
            str(row[0]): (
                int(row[1]),
                SearchText(Rank.of_row(row[1]), SearchKind(row[2]), str(row[3]), str(row[4]), str(row[5])),
            )
            for row in rows
        }

    def _lowest_row(self, rank: Rank) -> int:
        row = self._row(
            "SELECT text_id FROM search_text WHERE text_id BETWEEN ? AND ? ORDER BY text_id LIMIT 1",
            (rank.first_row, rank.last_row),
        )
        return int(row[0]) if row else rank.last_row

    def _list_terms(self, groups: Iterable[set[str]]) -> None:
        terms: Sequence[str] = sorted(set[str]().union(*groups))
        self._execute_many("INSERT OR IGNORE INTO search_term (term) VALUES (?)", [(term,) for term in terms])

    # What is read into the index

    def code_and_kind(self, case_id: str) -> tuple[str, str]:
        """Return the code of a case, and whose it is."""
        row = self._rows("SELECT case_code, kind FROM client_case WHERE case_id = ?", (case_id,))[0]
        return str(row[0]), str(row[1])

    def answers(self, case_id: str) -> list[RawAnswer]:
        """Return the answers of a case and its forms that say something, but for those of removed rows and drafts."""
        rows = self._rows(
            "SELECT a.holder, coalesce(f.form_id, ''), coalesce(f.form_version, 0), a.link_id, a.row_id, a.column_id, "
            "coalesce(a.value, a.typed) FROM answer AS a LEFT JOIN form_response AS f ON f.response_id = a.holder "
            "LEFT JOIN answer_row AS r ON r.case_id = a.case_id AND r.holder = a.holder AND r.link_id = a.link_id "
            "AND r.row_id = a.row_id WHERE a.case_id = ? AND coalesce(a.value, a.typed) <> '' AND r.removed_at IS NULL "
            "AND f.removed_at IS NULL",
            (case_id,),
        )
        return [
            RawAnswer(str(r[0]), str(r[1]), int(r[2]), str(r[3]), str(r[4]), str(r[5]), str(r[6]))
            for r in rows
        ]

    def notes(self, case_id: str) -> list[tuple[str, str, str, str, bool, bool]]:
        """Return id, day, text, source, and whether it is signed and adds to another, of each note, oldest first."""
        rows = self._rows(
            "SELECT note_id, coalesce(event_at, begun_at), body, source_detail, signed_at IS NOT NULL, "
            "addendum_to IS NOT NULL FROM journal_note WHERE case_id = ? ORDER BY begun_at",
            (case_id,),
        )
        return [(str(r[0]), str(r[1])[:10], str(r[2]), str(r[3]), bool(r[4]), bool(r[5])) for r in rows]

    def documents(self, case_id: str) -> list[tuple[str, str, str]]:
        """Return id, title and sender of each document that is not in the trash, oldest first."""
        rows = self._rows(
            "SELECT document_id, title, sender FROM case_document WHERE case_id = ? AND removed_at IS NULL "
            "ORDER BY added_at",
            (case_id,),
        )
        return [(str(row[0]), str(row[1]), str(row[2])) for row in rows]

    def prints(self, case_id: str) -> list[tuple[str, str, int, str]]:
        """Return id, form, version and recipient of each issued print, oldest first."""
        rows = self._rows(
            "SELECT document_id, form_id, form_version, coalesce(recipient, '') FROM issued_document "
            "WHERE case_id = ? ORDER BY made_at",
            (case_id,),
        )
        return [(str(row[0]), str(row[1]), int(row[2]), str(row[3])) for row in rows]
