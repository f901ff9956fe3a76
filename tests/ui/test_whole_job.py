"""The whole main job, once through, at the real window: from nothing to a restored store, row for row the same."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop_app.domain.errors import AppError
from desktop_app.services import vault
from desktop_app.services.vault import FAST_COST
from desktop_app.storage.unlock_secrets import Passphrase
from desktop_app.storage.vault_file import open_vault
from tests.helpers.clock import StillClock
from tests.helpers.person import Person, keys, retype
from ui.app import make_app, make_desk
from ui.dialogs.new_case import NewCaseDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.save_copy import SaveCopy
from ui.pages.backups import BackupsPage
from ui.pages.case_page import CasePage
from ui.pages.cases import CasesPage
from ui.pages.first_run import FirstRun, Places
from ui.pages.first_run_backup import FirstBackupPage
from ui.pages.first_run_passphrase import PassphrasePage
from ui.pages.first_run_profile import ProfilePage
from ui.pages.first_run_restore import RestorePage
from ui.pages.first_run_sheet import SheetPage
from ui.pages.unlock import UnlockPage
from ui.windows.frame import Frame
from ui.windows.main_window import MainWindow, Surroundings

PASSPHRASE = "elva gröna båtar på tork"
TABLES = ("client_case", "form_response", "answer", "answer_revision", "answer_row", "issued_document")


@pytest.fixture
def person(qtbot, tmp_path: Path) -> Iterator[Person]:
    faults: list[BaseException] = []
    desk = make_desk(make_app(), StillClock())
    desk.jobs.on_error = faults.append
    desk.jobs.on_fault = faults.append
    around = Surroundings(Places(tmp_path / "Valv", tmp_path / "Övning"), tmp_path / "plats.json")
    window = MainWindow(desk, around, create=partial(vault.create_store, cost=FAST_COST))
    window.resize(1366, 768)
    window.show_first_run()
    window.show()
    yield Person(window, qtbot.waitUntil, lambda: desk.jobs.idle)
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert faults == []


def test_from_an_empty_laptop_to_printed_forms_and_a_restored_store(person: Person, tmp_path: Path):
    stick = tmp_path / "minne"
    stick.mkdir()
    first_run(person, stick)
    new_case(person)
    take_consent(person)
    refer(person)
    ask_the_police(person)
    weigh_the_criteria(person)
    reckon_the_costs(person)
    print_and_save(person, tmp_path)
    back_up(person, stick)
    before = rows_of(person, tmp_path / "Valv")
    restore(person, stick, tmp_path / "Valv")
    after = rows_of_closed(tmp_path / "Valv 2")
    assert before == after
    assert len(before["client_case"]) == 1
    assert len(before["issued_document"]) == 2
    assert len(before["answer"]) > 60


def first_run(person: Person, stick: Path) -> None:
    run = person.see(lambda: person.window.shown, FirstRun)
    run.page.choices["new"].click()
    profile = person.see(lambda: run.page, ProfilePage)
    profile.fields.municipality.setCurrentText("Vadstena")
    for name, text in {
        "committee": "Socialnämnden",
        "unit": "Vuxenenheten",
        "caseworker": "Övning Handläggarsson",
        "title": "socialsekreterare",
        "phone": "010-000 00 00",
        "email": "ovning@example.se",
    }.items():
        retype(profile.fields.lines[name], text)
    profile.take()
    phrases = person.see(lambda: run.page, PassphrasePage)
    phrases.own.click()
    keys(phrases.field.line, "sommar2026")
    phrases.take()
    assert isinstance(run.page, PassphrasePage), "a weak passphrase goes no further"
    retype(phrases.field.line, PASSPHRASE)
    keys(phrases.again.line, PASSPHRASE)
    phrases.take()
    sheet = person.see(lambda: run.page, SheetPage)
    sheet.take()
    assert isinstance(run.page, SheetPage), "the sheet must be typed back first"
    groups = sheet.recovery_key.split("-")
    for line, number in zip(sheet.groups, vault.challenge(sheet.recovery_key), strict=True):
        keys(line, groups[number - 1].lower())
    sheet.take()
    backup = person.see(lambda: run.page, FirstBackupPage)
    backup.place.set_place(stick)
    backup.take()
    person.rest()
    assert backup.is_made
    backup.take()
    person.see(lambda: person.window.shown, Frame)
    assert person.window.windowTitle() == "Utväg"


def new_case(person: Person) -> None:
    person.window.show_page("cases")
    person.page(CasesPage).new.click()
    dialog = person.dialog(NewCaseDialog)
    retype(dialog.when, "2026-11-22 09:10")
    dialog.take()
    person.page(CasePage)
    page = person.step("F01")
    for link_id, text in {
        "first_contact_at": "2026-11-22 10:05",
        "channel": "phone",
        "urgent_danger": "no",
        "children_in_household": "no",
        "protected_identity": "none",
        "name": "Övning Åkesdotter",
        "identity_number": "19970516-2387",
        "secure_contact": "Egen telefon",
        "own_words": "Jag vill ut.",
        "role": "leaver",
        "next_step": "Ringer polisens samordnare.",
    }.items():
        person.answer(page, link_id, text)
    finish(person, page)


def take_consent(person: Person) -> None:
    page = person.step("F02")
    person.answer(page, "purpose", "Att bedöma hot och behov.")
    person.add_row(
        page,
        "consents",
        {
            "recipient": "police",
            "may_disclose": "yes",
            "may_obtain": "yes",
            "data_kinds": "identity threat",
            "valid_from": "2026-11-22",
            "valid_until": "2027-05-22",
        },
    )
    person.add_row(page, "consents", {"recipient": "region", "may_disclose": "no", "may_obtain": "no"})
    person.answer(page, "police_register_search", "yes")
    finish(person, page)


def refer(person: Person) -> None:
    page = person.step("F03")
    person.answer(page, "recipient_unit", "Avhopparsamordningen")
    person.answer(page, "reason", "Vill lämna ett kriminellt nätverk.")
    person.answer(page, "urgent_needs", "protection")
    finish(person, page)


def ask_the_police(person: Person) -> None:
    page = person.step("F04")
    for link_id, text in {
        "recipient_unit": "BOPS",
        "kind": "initial",
        "environment": "unnamed_network",
        "known_threats": "Hot per telefon.",
        "questions": "level evidence_person",
        "answer_by": "2026-12-01",
        "threat_level": "high",
        "threat_assessed_on": "2026-11-22",
    }.items():
        person.answer(page, link_id, text)
    person.add_row(page, "events", {"dated": "2026-11-20", "what": "Okänd bil", "source": "own_account"})


def weigh_the_criteria(person: Person) -> None:
    page = person.step("F07")
    for row_id in ("belongs_to_environment", "wants_to_leave", "support_need", "protection_need_exists"):
        person.answer(page, "criteria", "yes", row_id, "answer")
        person.answer(page, "criteria", "police", row_id, "source")
        person.answer(page, "criteria", "2026-11-22", row_id, "dated")
    person.answer(page, "criteria", "no", "evidence_person", "answer")
    outcome = next(
        entry for entry in page.form.presenter.view.filled.items() if entry.item.link_id == "outcome"
    )
    assert outcome.answer.value == "Potentiell avhoppare"
    for row_id in ("police_conditions_signed", "interventions_decided"):
        person.answer(page, "criteria", "yes", row_id, "answer")
    outcome = next(
        entry for entry in page.form.presenter.view.filled.items() if entry.item.link_id == "outcome"
    )
    assert outcome.answer.value == "Avhoppare"
    person.answer(page, "decided", "avhoppare")
    person.answer(page, "decided_by", "Övning Handläggarsson")
    finish(person, page)


def reckon_the_costs(person: Person) -> None:
    page = person.step("F12")
    person.add_row(
        page,
        "cost_lines",
        {
            "cost_type": "K01",
            "starts": "2026-12-22",
            "ends": "2027-01-10",
            "unit": "day",
            "unit_price": "3 263",
        },
    )
    person.add_row(
        page,
        "cost_lines",
        {
            "cost_type": "K07",
            "starts": "2027-02-01",
            "unit": "hour",
            "quantity": "2,5",
            "unit_price": "992,50",
        },
    )
    person.answer(page, "goal", "Ett liv utan brott.")
    years = next(
        entry for entry in page.form.presenter.view.filled.items() if entry.item.link_id == "cost_years"
    )
    shown = {row.id: int(row.cell("amount").value) for row in years.rows}
    # Ten days on each side of New Year's Eve: 22-31 December, 1-10 January; and 2.5 x 992.50 = 2481.25.
    assert shown == {"2026": 32_630, "2027": 32_630 + 2_481}


def print_and_save(person: Person, folder: Path) -> None:
    for form_id, marked in (("F03", False), ("F12", True)):
        page = person.step(form_id)
        page.form.print_button.click()
        dialog = person.dialog(PrintPreview)
        dialog.save_button.click()
        copy = person.dialog(SaveCopy)
        copy.folder.setText(str(folder))
        copy.name.setText(f"{form_id}-K-2026-001.pdf")
        copy._try()
        person.rest()
        dialog.close()
        words = [page.extract_text() for page in PdfReader(folder / f"{form_id}-K-2026-001.pdf").pages]
        assert all("K-2026-001" in text and f"Blankett {form_id}" in text for text in words)
        assert all(f"Sida {number} av {len(words)}" in text for number, text in enumerate(words, start=1))
        assert all("26 kap. 1 §" in text for text in words)
        assert all(("UTKAST" in text) is marked for text in words)
    with (folder / "F03-K-2026-001.pdf").open("rb") as file:
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(file.read())).pages)
    assert "Övning Åkesdotter" in text


def back_up(person: Person, stick: Path) -> None:
    person.window.show_page("backups")
    page = person.page(BackupsPage)
    page.back_up()
    person.rest()
    assert len(list(stick.glob("*.sakb"))) == 2
    assert not list(stick.glob("*.part"))


def restore(person: Person, stick: Path, store: Path) -> None:
    assert person.window.lock()
    unlock = person.see(lambda: person.window.shown, UnlockPage)
    keys(unlock.field.line, "fel lösenfras alldeles")
    unlock.take()
    person.rest()
    assert isinstance(person.window.shown, UnlockPage)
    assert not (store / "data.db-wal").exists()
    person.window.show_first_run()
    run = person.see(lambda: person.window.shown, FirstRun)
    run.page.choices["restore"].click()
    page = person.see(lambda: run.page, RestorePage)
    page.file.set_place(sorted(stick.glob("*.sakb"))[-1])
    keys(page.secret.line, PASSPHRASE)
    page.take()
    person.rest()
    page.take()
    person.see(lambda: person.window.shown, Frame)
    person.window.show_page("cases")
    cases = person.page(CasesPage)
    assert cases.table.model().index(0, 0).data() == "K-2026-001"
    assert person.window.lock()


def finish(person: Person, page: CasePage) -> None:
    page.form.finish_button.click()
    person.rest()
    assert page.form.presenter.is_finished, [gap.text_key for gap in page.form.presenter.gaps]


def rows_of(person: Person, folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a store that is open: locked for the reading, and unlocked again."""
    assert person.window.lock()
    found = rows_of_closed(folder)
    page = person.see(lambda: person.window.shown, UnlockPage)
    keys(page.field.line, PASSPHRASE)
    page.take()
    person.see(lambda: person.window.shown, Frame)
    return found


def rows_of_closed(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    try:
        store = open_vault(folder, Passphrase(PASSPHRASE))
    except AppError as refused:
        raise AssertionError(refused.code) from refused
    with store, store.reading() as read:
        return {
            name: sorted((tuple(row) for row in read.cases._rows(f"SELECT * FROM {name}")), key=repr)
            for name in TABLES
        }
