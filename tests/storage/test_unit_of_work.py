"""No act without a line, no line without an act, nothing half done."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.storage.connection import ConstraintBroken
from desktop_app.storage.unit_of_work import ActWithoutLine
from desktop_app.storage.vault_file import Vault, open_vault
from tests.helpers.vaults import ACTOR, NOW, PASSPHRASE, add_events, data_key, opened_vault


@pytest.fixture
def vault(tmp_path: Path):
    with opened_vault(tmp_path / "store") as vault:
        yield vault


def kinds(vault: Vault) -> list[str]:
    with vault.reading() as read:
        return [line.event.kind for line in read.audit_log.each()]


def backup_number(vault: Vault) -> int:
    with vault.reading() as read:
        return read.meta.backup_sequence


def test_an_act_and_its_line_are_saved_together(tmp_path: Path, vault: Vault):
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        work.meta.set_backup_sequence(7)
        work.audit("test.one", case_id="A-1", entity="meta", entity_id="1", fields=("value", "key"))
        work.audit("test.two")
        work.commit()
    vault.close()
    with open_vault(tmp_path / "store", PASSPHRASE) as again, again.reading() as read:
        assert read.meta.backup_sequence == 7
        lines = [line.event for line in read.audit_log.each(after=1)]
        assert [line.kind for line in lines] == ["test.one", "test.two"]
        assert (lines[0].actor, lines[0].at, lines[0].case_id) == (ACTOR, NOW, "A-1")
        assert (lines[0].entity, lines[0].entity_id, lines[0].fields) == ("meta", "1", ("value", "key"))
        assert [line.event.kind for line in read.audit_log.of_case("A-1")] == ["test.one"]
        assert read.audit_log.newest_moment() == NOW


def test_leaving_without_commit_undoes_everything(vault: Vault):
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        work.meta.set_backup_sequence(7)
        work.audit("test.one")
    assert backup_number(vault) == 0
    assert kinds(vault) == ["vault.created"]


def test_an_error_undoes_everything(vault: Vault):
    def act() -> None:
        with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
            work.meta.set_backup_sequence(7)
            work.audit("test.one")
            _ = 1 / 0

    with pytest.raises(ZeroDivisionError):
        act()
    assert backup_number(vault) == 0


def test_an_act_without_a_line_is_a_fault_in_the_program(vault: Vault):
    def act() -> None:
        with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
            work.meta.set_backup_sequence(7)
            work.commit()

    with pytest.raises(ActWithoutLine):
        act()
    assert backup_number(vault) == 0


def test_a_line_that_carries_a_value_undoes_the_act(vault: Vault):
    def act() -> None:
        with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
            work.meta.set_backup_sequence(7)
            work.audit("test.one", fields=("Anna Andersson",))
            work.commit()

    with pytest.raises(ValueError, match="blanks"):
        act()
    assert backup_number(vault) == 0


def test_a_unit_is_committed_once_and_not_used_after(vault: Vault):
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        work.audit("test.one")
        work.commit()
        with pytest.raises(RuntimeError):
            work.commit()
    with pytest.raises(RuntimeError):
        work.commit()
    assert kinds(vault) == ["vault.created", "test.one"]


def test_what_is_written_after_commit_is_not_saved_by_accident(vault: Vault):
    with vault.unit_of_work(actor=ACTOR, now=NOW) as work:
        work.audit("test.one")
        work.commit()
        with pytest.raises(RuntimeError):
            work.meta.set_backup_sequence(7)
    assert backup_number(vault) == 0


def test_a_reading_cannot_write_and_the_next_act_can(vault: Vault):
    with vault.reading() as read, pytest.raises(RuntimeError):
        read.meta.set_backup_sequence(7)
    add_events(vault, 1)
    assert kinds(vault) == ["vault.created", "test.noted"]


def test_units_do_not_nest(vault: Vault):
    with vault.unit_of_work(actor=ACTOR, now=NOW) as outer:
        outer.audit("test.outer")
        with pytest.raises(RuntimeError), vault.unit_of_work(actor=ACTOR, now=NOW):
            pass
        with pytest.raises(RuntimeError), vault.reading():
            pass
        outer.commit()
    assert kinds(vault) == ["vault.created", "test.outer"]


def test_a_clock_set_back_neither_stops_work_nor_breaks_the_chain(vault: Vault):
    for moment in (NOW, NOW - timedelta(days=400), datetime(2030, 1, 1, tzinfo=UTC)):
        with vault.unit_of_work(actor=ACTOR, now=moment) as work:
            work.audit("test.one")
            work.commit()
    assert vault.check().sound


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET actor = 'annan'",
        "UPDATE audit_event SET seq = seq + 1",
        "DELETE FROM audit_event WHERE seq = 1",
        "INSERT OR REPLACE INTO audit_event SELECT 1, at, 'annan', kind, case_id, entity, entity_id, fields, "
        "prev_hash, hash FROM audit_event WHERE seq = 1",
        "INSERT INTO audit_event SELECT 9, at, actor, kind, case_id, entity, entity_id, fields, prev_hash, hash "
        "FROM audit_event WHERE seq = 1",
    ],
)
def test_the_log_refuses_to_be_changed(vault: Vault, sql: str):
    add_events(vault, 2)
    with pytest.raises(ConstraintBroken):
        vault.database.rows(sql)
    assert vault.check().sound


@pytest.mark.parametrize(
    ("sql", "first_bad"),
    [
        ("UPDATE audit_event SET actor = 'annan' WHERE seq = 2", 2),
        ("UPDATE audit_event SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 3", 3),
        ("UPDATE audit_event SET at = 'igår' WHERE seq = 3", 3),
        ("UPDATE audit_event SET actor = 'Anna Andersson' WHERE seq = 3", 3),
        ("UPDATE audit_event SET fields = 'nej' WHERE seq = 4", 4),
        ("DELETE FROM audit_event WHERE seq = 3", 3),
        ("DELETE FROM audit_event WHERE seq = 1", 1),
        ("UPDATE audit_event SET kind = 'form read' WHERE seq = 1", 1),
    ],
)
def test_who_writes_past_the_program_with_the_key_in_hand_is_seen(
    tmp_path: Path, vault: Vault, sql: str, first_bad: int
):
    add_events(vault, 4)
    for trigger in ("is_never_changed", "is_never_deleted"):
        vault.database.rows("DROP TRIGGER audit_event_" + trigger)
    vault.database.rows(sql)
    vault.close()
    with open_vault(tmp_path / "store", PASSPHRASE) as again:
        report = again.check()
    assert not report.sound
    assert report.database.sound
    assert report.audit is not None
    assert report.audit.first_bad == first_bad


def test_the_key_is_the_same_for_every_test_store(tmp_path: Path, vault: Vault):
    assert data_key(tmp_path / "store") == vault._data_key
