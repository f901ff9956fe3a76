"""Making, unlocking and locking; passphrases and the recovery sheet; settings."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import (
    PassphraseTooWeak,
    RecoveryKeyMistyped,
    RecoveryKeyWrong,
    VaultExists,
    VaultInUse,
    VaultMissing,
    WrongPassphrase,
)
from desktop_app.services import settings as settings_service
from desktop_app.services.audit import check_store, events
from desktop_app.services.library import load_library
from desktop_app.services.recovery import keys_view
from desktop_app.services.session import Session
from desktop_app.services.vault import (
    FAST_COST,
    adopt_recovery_sheet,
    challenge,
    challenge_met,
    confirm_recovery_sheet,
    create_store,
    draft_recovery_sheet,
    generate_passphrase,
    holds_store,
    judge_passphrase,
    lock,
    set_new_passphrase,
    store_state,
    unlock,
    unlock_with_recovery_key,
)
from tests.helpers.clock import StillClock
from tests.helpers.practice import PASSPHRASE, PROFILE, closed_store, opened, recovery_key, recovery_sheet
from tests.helpers.vaults import folder_bytes, quick_derivation
from tests.printing.reading import text_of

LIBRARY = load_library()


def kinds(session: Session) -> list[str]:
    return [event.text_key.removeprefix("events.") for event in events(session)]


def test_a_store_is_opened_by_passphrase_or_by_recovery_key_and_by_nothing_else(tmp_path: Path):
    folder, clock = closed_store(tmp_path / "valv"), StillClock()
    before = folder_bytes(folder)
    with pytest.raises(WrongPassphrase):
        unlock(LIBRARY, folder, PASSPHRASE + "x", clock)
    with pytest.raises(RecoveryKeyMistyped):
        unlock_with_recovery_key(LIBRARY, folder, recovery_key()[:-1] + "?", clock)
    with pytest.raises(VaultMissing):
        unlock(LIBRARY, tmp_path / "annan", PASSPHRASE, clock)
    assert folder_bytes(folder) == before, "a refusal changes nothing"
    assert not (tmp_path / "annan").exists()
    session = unlock_with_recovery_key(LIBRARY, folder, recovery_key().lower().replace("-", " "), clock)
    assert kinds(session)[0] == "store.unlocked_with_recovery_key"
    with pytest.raises(VaultInUse):
        unlock(LIBRARY, folder, PASSPHRASE, clock)
    lock(session)


def test_a_recovery_key_of_another_store_is_not_called_mistyped(tmp_path: Path):
    with quick_derivation():
        made = create_store(LIBRARY, tmp_path / "a", PROFILE, PASSPHRASE, StillClock(), cost=FAST_COST)
        other = create_store(LIBRARY, tmp_path / "b", PROFILE, PASSPHRASE, StillClock(), cost=FAST_COST)
        lock(made.session)
        lock(other.session)
        with pytest.raises(RecoveryKeyWrong):
            unlock_with_recovery_key(LIBRARY, tmp_path / "a", other.recovery_key, StillClock())


def test_a_store_is_never_made_over_another(tmp_path: Path):
    folder = closed_store(tmp_path / "valv")
    before = folder_bytes(folder)
    assert holds_store(folder)
    with quick_derivation(), pytest.raises(VaultExists):
        create_store(LIBRARY, folder, PROFILE, PASSPHRASE, StillClock(), cost=FAST_COST)
    assert folder_bytes(folder) == before


def test_unlocking_and_locking_have_their_lines(tmp_path: Path):
    folder, clock = closed_store(tmp_path / "valv"), StillClock()
    lock(opened(folder, clock))
    session = opened(folder, clock)
    assert kinds(session)[:4] == ["store.unlocked", "store.locked", "store.unlocked", "store.locked"]
    assert "store.made" in kinds(session)
    check_store(session)
    lock(session)
    assert not list(folder.glob("*-wal"))


def test_a_new_passphrase_takes_the_place_of_the_old(tmp_path: Path):
    folder, clock, new = closed_store(tmp_path / "valv"), StillClock(), "lykta syrsa granris mossa"
    session = opened(folder, clock)
    for wrong in ("fel lösenfras helt och hållet", ""):
        with pytest.raises(WrongPassphrase):
            set_new_passphrase(session, wrong, new, cost=FAST_COST)
    for weak in ("kort", "Berit Bergqvist", "Ale kommun 2026!", "aaaaaaaaaaaaaaaa"):
        with pytest.raises(PassphraseTooWeak):
            set_new_passphrase(session, PASSPHRASE, weak, cost=FAST_COST)
    assert set_new_passphrase(session, PASSPHRASE, new, cost=FAST_COST).touches(Kind.AUDIT)
    lock(session)
    with pytest.raises(WrongPassphrase):
        unlock(LIBRARY, folder, PASSPHRASE, clock)
    lock(unlock(LIBRARY, folder, new, clock))


def test_who_has_forgotten_the_passphrase_chooses_a_new_one_with_the_recovery_key(tmp_path: Path):
    folder, clock, new = tmp_path / "valv", StillClock(), "lykta syrsa granris mossa"
    made = create_store(LIBRARY, folder, PROFILE, PASSPHRASE, clock, cost=FAST_COST)
    lock(made.session)
    session = unlock_with_recovery_key(LIBRARY, folder, made.recovery_key, clock)
    set_new_passphrase(session, made.recovery_key, new, cost=FAST_COST)
    lock(session)
    with pytest.raises(WrongPassphrase):
        unlock(LIBRARY, folder, PASSPHRASE, clock)
    lock(unlock(LIBRARY, folder, new, clock))


def test_a_new_recovery_sheet_opens_the_store_only_when_it_was_adopted(tmp_path: Path):
    folder, clock = tmp_path / "valv", StillClock()
    made = create_store(LIBRARY, folder, PROFILE, PASSPHRASE, clock, cost=FAST_COST)
    with pytest.raises(WrongPassphrase):
        draft_recovery_sheet(made.session, "fel lösenfras helt och hållet")
    sheet = draft_recovery_sheet(made.session, PASSPHRASE)
    lock(made.session)
    with pytest.raises(RecoveryKeyWrong):
        unlock_with_recovery_key(LIBRARY, folder, sheet.recovery_key, clock)
    session = unlock_with_recovery_key(LIBRARY, folder, made.recovery_key, clock)
    adopt_recovery_sheet(session, PASSPHRASE, sheet.recovery_key, cost=FAST_COST)
    lock(session)
    with pytest.raises(RecoveryKeyWrong):
        unlock_with_recovery_key(LIBRARY, folder, made.recovery_key, clock)
    lock(unlock_with_recovery_key(LIBRARY, folder, sheet.recovery_key, clock))


def test_a_store_of_schema_1_tells_from_its_log_since_when_its_keys_count(tmp_path: Path):
    folder = Path(__file__).resolve().parents[1] / "data" / "vaults" / "schema-1"
    shutil.copytree(folder, tmp_path / "valv")
    session = unlock(LIBRARY, tmp_path / "valv", PASSPHRASE, StillClock())
    made, view = date(2026, 11, 22), keys_view(session)
    assert (view.passphrase_since, view.sheet_since, view.cards_since) == (made, made, None)
    set_new_passphrase(session, PASSPHRASE, "lykta syrsa granris mossa")
    assert keys_view(session).passphrase_since == session.today
    lock(session)


# What a passphrase is worth.


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "passphrase.too_short"),
        ("sommaren2026!!", "passphrase.too_short"),
        ("BeritBergqvist1", "passphrase.blocked"),
        ("berit bergqvist 2026", "passphrase.blocked"),
        ("Socialnämnden Vuxenenheten", "passphrase.blocked"),
        ("GöteborgStockholm", "passphrase.blocked"),
        ("göteborg göteborg 111", "passphrase.blocked"),
        ("aaaaaaaaaaaaaaaaaaaa", "passphrase.blocked"),
        ("abcdabcdabcdabcd", "passphrase.level_0"),
    ],
)
def test_what_is_easily_guessed_is_refused_with_the_reason(text: str, words: str):
    judged = judge_passphrase(LIBRARY, text, PROFILE)
    assert (judged.text_key, judged.level, judged.acceptable) == (words, 0, False)
    assert LIBRARY.texts.has(words)


def test_a_name_written_with_loose_dots_is_the_same_name():
    assert not judge_passphrase(LIBRARY, "Göteborg Göteborg 1", PROFILE).acceptable
    assert not judge_passphrase(LIBRARY, "Go\u0308teborg Go\u0308teborg 1", PROFILE).acceptable


@pytest.mark.parametrize("text", LIBRARY.definitions.blocked_passphrases)
def test_common_passphrases_are_refused_in_any_spelling(text: str):
    for spelling in (text, text.upper(), " ".join(text)):
        assert not judge_passphrase(LIBRARY, spelling).acceptable


def test_the_suggested_ones_are_strong_and_all_different():
    suggested = {generate_passphrase(LIBRARY) for _ in range(50)}
    assert len(suggested) == 50
    for text in suggested:
        judged = judge_passphrase(LIBRARY, text, PROFILE)
        assert judged.acceptable
        assert judged.level >= 3
        assert len(text.split()) == 6


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_what_is_judged_acceptable_is_accepted_and_what_is_not_is_refused(text: str):
    from desktop_app.services.passphrases import blocked
    from desktop_app.storage.unlock_secrets import Passphrase, require_good_passphrase

    acceptable = judge_passphrase(LIBRARY, text, PROFILE).acceptable
    try:
        require_good_passphrase(Passphrase(text), blocked(LIBRARY, text, PROFILE))
    except PassphraseTooWeak:
        assert not acceptable
    else:
        assert acceptable


# The recovery sheet.


def test_the_sheet_shows_the_key_and_no_name():
    text = text_of(recovery_sheet())
    assert all(group in text for group in recovery_key().split("-"))
    assert "Ale kommun" in text
    assert "Berit" not in text


def test_three_groups_must_be_typed_back_the_check_group_among_them():
    groups = recovery_key().split("-")
    asked = challenge(recovery_key())
    assert len(asked) == 3
    assert asked == challenge(recovery_key()), "the same are asked each time"
    assert asked[-1] == len(groups)
    right = [groups[number - 1] for number in asked]
    assert challenge_met(recovery_key(), right)
    assert challenge_met(recovery_key(), [f" {group.lower()} " for group in right])
    for wrong in ([], right[:2], [*right, ""], right[::-1], ["", *right[1:]], [*right[:2], "AAAA"]):
        assert not challenge_met(recovery_key(), wrong)


@given(st.lists(st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=4, max_size=4), min_size=9, max_size=9))
def test_whatever_the_key_early_and_late_groups_are_asked_for(groups: list[str]):
    first, second, last = challenge("-".join(groups))
    assert 1 <= first <= 4 < second <= 8 < last == 9


def test_that_the_sheet_was_checked_is_remembered(session: Session):
    assert store_state(session).recovery_checked_on is None
    assert confirm_recovery_sheet(session).touches(Kind.SETTING)
    state = store_state(session)
    assert (state.recovery_checked_on, state.is_practice) == (date(2026, 11, 22), False)
    assert state.folder == session.folder


# Settings.


def test_settings_are_kept_and_unknown_ones_refused(session: Session):
    assert settings_service.profile(session) == PROFILE
    assert settings_service.get(session, "zoom") == "100"
    assert settings_service.put(session, "zoom", "125").touches(Kind.SETTING, Kind.AUDIT)
    assert settings_service.get(session, "zoom") == "125"
    lines = kinds(session)
    for act in (
        lambda: settings_service.put(session, "colour", "red"),
        lambda: settings_service.get(session, "colour"),
    ):
        with pytest.raises(KeyError):
            act()
    assert kinds(session) == lines


def test_a_changed_profile_stands_on_the_next_form(session: Session):
    from dataclasses import replace

    from desktop_app.services.forms import open_form
    from tests.helpers.desk_work import answers, opened_case

    assert settings_service.save_profile(session, replace(PROFILE, unit="Ungdomsenheten")).touches(
        Kind.SETTING
    )
    view = open_form(session, opened_case(session), "F03")
    assert "Ungdomsenheten" in str(answers(view)["sender"].value)
    assert "Ungdomsenheten" in view.filled.head.unit
