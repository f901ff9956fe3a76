"""A store far larger than a caseworker ever fills: answers, former wordings, log lines and printed documents."""

import random
from collections.abc import Iterator
from datetime import datetime

from desktop_app.storage.connection import PAGE_BYTES
from desktop_app.storage.vault_file import Vault

CASES_AT_A_TIME = 10
ANSWERS, FORMER, LOG_LINES, DOCUMENTS = 200, 150, 200, 2
DOCUMENT_BYTES = 90_000

_WORDS = (
    "ärende stöd samtal möte kontakt polis skydd boende plan arbete familj telefon vecka beslut uppföljning"
)


def fill(vault: Vault, megabytes: float, now: datetime) -> None:
    """Write cases until the database has this size; the words are 477 characters an answer in the mean."""
    luck = random.Random(1)
    first = 0
    while _size(vault) < megabytes * 1e6:
        with vault.unit_of_work(actor="bench", now=now) as work:
            for number in range(first, first + CASES_AT_A_TIME):
                _write_case(vault, f"{number:08d}", now, luck)
                for line in range(LOG_LINES):
                    work.audit(
                        "form.saved", case_id=f"{number:08d}", entity="form", fields=(f"field.{line}",)
                    )
            work.commit()
        first += CASES_AT_A_TIME


def _write_case(vault: Vault, case_id: str, now: datetime, luck: random.Random) -> None:
    at = now.isoformat()
    database = vault.database
    database.execute(
        "INSERT INTO client_case (case_id, case_code, opened_at, stage) VALUES (?, ?, ?, 'intake')",
        (case_id, f"K-{case_id}", at),
    )
    database.execute_many(
        "INSERT INTO answer VALUES (?, 'case', ?, '', '', 'answered', ?, '', ?, 'bench')",
        [(case_id, f"field.{number}", words, at) for number, words in enumerate(_texts(ANSWERS, luck))],
    )
    database.execute_many(
        "INSERT INTO answer_revision (case_id, holder, link_id, row_id, column_id, state, value, typed, "
        "changed_at, changed_by) VALUES (?, 'case', ?, '', '', 'answered', ?, '', ?, 'bench')",
        [(case_id, f"field.{number}", words, at) for number, words in enumerate(_texts(FORMER, luck))],
    )
    database.execute_many(
        "INSERT INTO issued_document (document_id, case_id, form_id, form_version, recipient, status, made_at, "
        "made_by, sha256, pdf) VALUES (?, ?, 'F01', 1, 'x', 'draft', ?, 'bench', ?, ?)",
        [
            (f"{case_id}-{number}", case_id, at, "0" * 64, luck.randbytes(DOCUMENT_BYTES))
            for number in range(DOCUMENTS)
        ],
    )


def _texts(count: int, luck: random.Random) -> Iterator[str]:
    words = _WORDS.split()
    for _ in range(count):
        yield " ".join(luck.choices(words, k=max(5, int(luck.gauss(67, 22)))))


def _size(vault: Vault) -> int:
    return int(vault.database.rows("PRAGMA page_count")[0][0]) * PAGE_BYTES
