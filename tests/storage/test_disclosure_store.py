"""The database itself keeps the disclosure register: a line is never changed, replaced or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.domain.consents import Standing
from desktop_app.domain.disclosures import DisclosureContent, DisclosureLine, Outcome
from desktop_app.domain.errors import CaseNotFound
from desktop_app.storage.vault_file import Vault
from tests.faults import old_store
from tests.helpers.vaults import NOW, opened_vault

CONTENT = DisclosureContent(
    given_on=date(2026, 11, 20),
    initiative="asked",
    authority="police",
    recipient="Åsa Öberg",
    recipient_check="called_back",
    outcome=Outcome.GIVEN,
    ground="own_task",
    ground_detail="",
    data_kinds=("identity", "threat"),
    what="Vem det gäller",
    need="å\nä ö",
    weighing="Mindre räckte inte.",
    exceptional="no",
    exceptional_reasons="Inga.",
    decided_by="Kim Ek",
    decided_on=date(2026, 11, 21),
    document_words="Begäran",
)
LINE = DisclosureLine(
    id="d1",
    case_id="case1",
    corrects=None,
    content=CONTENT,
    consent_then=Standing.WITHDRAWN,
    response_id="r1",
    written_at=NOW,
    written_by="Kim Ek, socialsekreterare",
)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    with opened_vault(tmp_path / "store") as opened:
        with opened.unit_of_work(actor="k", now=NOW) as work:
            work.cases.add("case1", NOW)
            work.cases.add("case2", NOW)
            work.disclosures.add(LINE)
            work.audit("disclosure.noted")
            work.commit()
        yield opened


def try_out(vault: Vault, sql: str) -> None:
    with vault.unit_of_work(actor="k", now=NOW) as work:
        work._database.execute(sql)
        work.audit("test.tried")
        work.commit()


FORBIDDEN = [
    "UPDATE disclosure SET outcome = 'refused'",
    "UPDATE OR REPLACE disclosure SET what = ''",
    "UPDATE disclosure SET disclosure_id = 'd2'",
    "DELETE FROM disclosure",
    "INSERT OR REPLACE INTO disclosure SELECT * FROM disclosure",
    "INSERT INTO disclosure SELECT * FROM disclosure WHERE true ON CONFLICT DO UPDATE SET what = ''",
    "DELETE FROM client_case WHERE case_id = 'case1'",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_a_line_is_neither_changed_nor_taken_away(vault: Vault, sql: str):
    before = vault.database.rows("SELECT * FROM disclosure")
    with pytest.raises(Exception, match=r"disclosure|FOREIGN"):
        try_out(vault, sql)
    assert vault.database.rows("SELECT * FROM disclosure") == before
    assert vault.check().sound


@pytest.mark.parametrize("trigger", ["disclosure_is_never_changed", "disclosure_is_never_deleted"])
def test_the_control_without_its_trigger_the_line_gives_way(vault: Vault, trigger: str):
    changes = {
        "disclosure_is_never_changed": "UPDATE disclosure SET what = 'annat'",
        "disclosure_is_never_deleted": "DELETE FROM disclosure",
    }
    before = vault.database.rows("SELECT * FROM disclosure")
    try_out(vault, f"DROP TRIGGER {trigger}")
    try_out(vault, changes[trigger])
    assert vault.database.rows("SELECT * FROM disclosure") != before


def test_a_line_comes_back_as_it_was_written_and_a_correction_points_to_it(vault: Vault):
    later = replace(LINE, id="d2", corrects="d1", written_at=NOW + timedelta(hours=1))
    with vault.unit_of_work(actor="k", now=NOW) as work:
        work.disclosures.add(later)
        work.audit("disclosure.corrected")
        work.commit()
    with vault.reading() as stores:
        assert stores.disclosures.of_case("case1") == [LINE, later]
        assert stores.disclosures.by_id("case1", "d2") == later
        assert stores.disclosures.of_case("case2") == []
        with pytest.raises(CaseNotFound):
            stores.disclosures.by_id("case2", "d1")


@pytest.mark.parametrize(("corrects", "case_id"), [("d1", "case2"), ("finns-inte", "case1"), ("d3", "case1")])
def test_a_correction_points_to_a_line_of_its_own_case(vault: Vault, corrects: str, case_id: str):
    wrong = replace(LINE, id="d3", case_id=case_id, corrects=corrects)
    with vault.unit_of_work(actor="k", now=NOW) as work, pytest.raises(Exception, match="disclosure"):
        work.disclosures.add(wrong)


def test_a_store_of_the_first_schema_gets_an_empty_register(tmp_path: Path):
    with old_store.opened(old_store.copied(tmp_path / "old")) as vault:
        assert vault.database.count_rows("disclosure") == 0
        assert vault.check().sound
