"""A day at the desk with a case full of marker words. Run as a program by tests/leaks/test_service_day.py."""

import contextlib
import os
import sys
from pathlib import Path

from desktop_app.domain.errors import AppError
from desktop_app.services.audit import check_store, events
from desktop_app.services.backups import add_medium, back_up, rehearse, restore, verify
from desktop_app.services.cases import list_cases, reveal_name
from desktop_app.services.deadlines import start_lists
from desktop_app.services.forms import finish, open_form, remove_row
from desktop_app.services.kept_prints import save_issued
from desktop_app.services.library import load_library
from desktop_app.services.printing import preview
from desktop_app.services.recovery import (
    adopt_cards,
    card_sheet,
    check_cards,
    draft_cards,
    note_holder,
    replace_data_key,
)
from desktop_app.services.session import Session, local_now
from desktop_app.services.threats import history
from desktop_app.services.vault import (
    FAST_COST,
    create_store,
    draft_recovery_sheet,
    lock,
    set_new_passphrase,
    unlock,
)
from tests.helpers.desk_work import intake, opened_case, police_consent, typed, typed_row
from tests.helpers.practice import PROFILE
from tests.helpers.read_paper import issue_read

MARKERS = {
    "name": "Zebraqvist",
    "place": "Ugglemossen",
    "words": "papegojfjäder",
    "threat": "kråkvarning",
    "provider": "Igelkottsbolaget",
    "unreadable": "måndagsgrävling",
    "removed": "sorkspår",
    "network": "Hackspettsligan",
    "screening": "tjäderdrömmar",
    "evidence": "orrspelsvittne",
    "holder": "Hermelinsson",
    "medium": "Vessleminnet",
}
FIRST_PASSPHRASE = "lodjurstass vinbärsblad ekollon brygga"
PASSPHRASE = "näktergalssång ostronskivling tunnbröd mossa"


def secrets_told(*secrets: str) -> None:
    """Say the secrets that were drawn, backwards, so that saying them is not the leak that is looked for."""
    sys.stdout.write("".join(f"{secret[::-1]}\n" for secret in secrets))


def key_work(session: Session, root: Path, copy: Path) -> None:
    """Name a medium and a holder, make cards and a sheet, rehearse a copy, and take a new data key."""
    (root / "andra").mkdir()
    add_medium(session, MARKERS["medium"], root / "andra")
    note_holder(session, "sheet", 0, MARKERS["holder"], MARKERS["place"], session.today)
    draft = draft_cards(session, PASSPHRASE)
    for card in draft.cards:
        card_sheet(session, draft, card.number)
    adopt_cards(session, PASSPHRASE, draft)
    check_cards(session, [" ".join(card.words) for card in draft.cards[:2]])
    rehearse(session, copy, PASSPHRASE)
    sheet = draft_recovery_sheet(session, PASSPHRASE)
    replace_data_key(session, PASSPHRASE, PASSPHRASE, sheet.recovery_key)
    secrets_told(sheet.recovery_key, *(" ".join(card.words) for card in draft.cards))


def assessed(session: Session, case_id: str) -> None:
    """Ask the first questions, note evidence, an instrument, two assessments of the threat, and a placement at odds."""
    typed(session, case_id, "F43", violence_used_words=MARKERS["screening"])
    typed(session, case_id, "F07", network_name=MARKERS["network"], own_words=MARKERS["words"])
    typed_row(session, case_id, "F07", "evidence", criterion="wants_to_leave", words=MARKERS["evidence"])
    typed_row(session, case_id, "F45", "instruments", instrument="asi", result=MARKERS["screening"])
    for level in ("high", "low"):
        typed_row(
            session, case_id, "F46", "threats",
            level=level, measures=MARKERS["threat"], places_to_avoid=MARKERS["place"],
        )  # fmt: skip
    history(session, case_id)
    rival = opened_case(session)
    typed(session, rival, "F07", rival_networks=MARKERS["network"])
    typed_row(session, rival, "F12", "cost_lines", provider=MARKERS["provider"])
    open_form(session, rival, "F12")


def main(root: Path) -> None:
    """Make a store below ``root``, work, print, back up, restore and lock."""
    library = load_library()
    made = create_store(library, root / "valv", PROFILE, FIRST_PASSPHRASE, local_now, cost=FAST_COST)
    session = made.session
    set_new_passphrase(session, FIRST_PASSPHRASE, PASSPHRASE, cost=FAST_COST)
    case_id = opened_case(session)
    intake(
        session,
        case_id,
        name=f"Klara {MARKERS['name']}",
        whereabouts=MARKERS["place"],
        own_words=MARKERS["words"] * 400,
        first_contact_at=MARKERS["unreadable"],
    )
    police_consent(session, case_id, unit=MARKERS["name"])
    typed(
        session, case_id, "F04",
        recipient_unit="BOPS", kind="initial", known_threats=MARKERS["threat"], questions="level",
        answer_by="2027-01-31",
    )  # fmt: skip
    row_id = typed_row(session, case_id, "F04", "events", what=MARKERS["removed"])
    remove_row(session, case_id, "F04", "events", row_id)
    typed_row(
        session, case_id, "F12", "cost_lines",
        cost_type="K01", provider=MARKERS["provider"], starts="2026-12-01", unit="time", quantity="1", unit_price="9",
    )  # fmt: skip
    assessed(session, case_id)
    with contextlib.suppress(AppError):
        finish(session, case_id, "F01")
    intake(
        session, case_id, name=f"Klara {MARKERS['name']}", whereabouts=MARKERS["place"], first_contact_at=""
    )
    finish(session, case_id, "F04")
    for form in library.forms:
        open_form(session, case_id, form.id)
        preview(session, case_id, form.id)
    document = issue_read(session, case_id, "F04", "bops")
    save_issued(session, document.document_id, root / "sparad.pdf")
    list_cases(session)
    start_lists(session)
    reveal_name(session, case_id)
    events(session)
    check_store(session)
    (root / "kopior").mkdir()
    backup = back_up(session, root / "kopior")
    secrets_told(made.recovery_key)
    if "crash" not in sys.argv:
        key_work(session, root, backup.path)
    if "crash" in sys.argv:
        os._exit(9)
    lock(session)
    verify(backup.path, PASSPHRASE)
    restore(backup.path, root / "ater", PASSPHRASE)
    lock(unlock(library, root / "ater", PASSPHRASE, local_now))
    with contextlib.suppress(AppError):
        unlock(library, root / "valv", FIRST_PASSPHRASE, local_now)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
