"""What opens the store, who holds the papers, the cards, and the answer to "somebody may have the key"."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.changes import Kind
from desktop_app.domain.errors import (
    CardMistyped,
    CardsNotInUse,
    CardsOfTwoSets,
    CardsWrong,
    PassphraseTooWeak,
    RecoveryKeyWrong,
    WrongPassphrase,
)
from desktop_app.services.audit import events
from desktop_app.services.backups import back_up, restore
from desktop_app.services.library import load_library
from desktop_app.services.passphrases import secret_from
from desktop_app.services.recovery import (
    CardDraft,
    PaperVerdict,
    adopt_cards,
    card_challenge,
    card_challenge_met,
    card_sheet,
    change_passphrase,
    check_cards,
    check_sheet,
    draft_cards,
    keys_view,
    note_holder,
    replace_data_key,
    withdraw_cards,
)
from desktop_app.services.session import Session
from desktop_app.services.vault import (
    FAST_COST,
    NewStore,
    adopt_recovery_sheet,
    confirm_recovery_sheet,
    create_store,
    draft_recovery_sheet,
    lock,
    store_state,
    unlock,
    unlock_with_cards,
    unlock_with_recovery_key,
)
from tests.helpers.clock import StillClock
from tests.helpers.practice import PASSPHRASE, PROFILE
from tests.helpers.vaults import quick_derivation
from tests.printing.reading import text_of

LIBRARY = load_library()
NEW = "lykta syrsa granris mossa"
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    with quick_derivation():
        yield


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def made(tmp_path: Path, clock: StillClock) -> Iterator[NewStore]:
    store = create_store(LIBRARY, tmp_path / "valv", PROFILE, PASSPHRASE, clock, cost=FAST_COST)
    yield store
    store.session.vault.close()


@pytest.fixture
def session(made: NewStore) -> Session:
    return made.session


def typed(draft: CardDraft, *numbers: int) -> list[str]:
    return [" ".join(draft.cards[number - 1].words) for number in numbers]


# What opens it


def test_a_new_store_says_since_when_and_what_a_try_costs(session: Session):
    view = keys_view(session)
    assert (view.passphrase_since, view.sheet_since, view.cards_since) == (TODAY, TODAY, None)
    assert (view.sheet, view.cards, view.data_key_number) == (None, (), 1)
    assert (view.memory_mib, view.passes) == (64, 3)
    assert view.rehearsal_due_on == date(2027, 11, 22)
    assert not view.rehearsal_overdue


def test_a_changed_passphrase_and_a_new_sheet_count_from_their_day(session: Session, clock: StillClock):
    clock.pass_by(days=9)
    assert change_passphrase(session, PASSPHRASE, NEW).touches(Kind.SETTING)
    clock.pass_by(days=1)
    sheet = draft_recovery_sheet(session, NEW)
    adopt_recovery_sheet(session, NEW, sheet.recovery_key)
    view = keys_view(session)
    assert (view.passphrase_since, view.sheet_since) == (date(2026, 12, 1), date(2026, 12, 2))
    assert view.sheet is not None
    assert (view.sheet.holder, view.sheet.checked_on) == ("", date(2026, 12, 2))


def test_a_new_passphrase_costs_what_the_old_one_did(session: Session):
    change_passphrase(session, PASSPHRASE, NEW)
    assert session.vault.kdf_cost() == FAST_COST


# Who holds it, and whether it still opens


def test_who_holds_the_sheet_is_noted_over_what_was_noted(session: Session):
    note_holder(session, "sheet", 0, " Registrator ", "Kassaskåp 2", date(2026, 11, 20))
    first = keys_view(session).sheet
    note_holder(session, "sheet", 0, "Enhetschef", "Kassaskåp 3", None)
    second = keys_view(session).sheet
    assert first is not None
    assert second is not None
    assert (first.holder, first.place, first.handed_on) == ("Registrator", "Kassaskåp 2", date(2026, 11, 20))
    assert (second.holder, second.place, second.handed_on) == ("Enhetschef", "Kassaskåp 3", None)
    assert first.holder_id == second.holder_id
    newest = events(session)[0]
    assert newest.text_key == "events.recovery.holder_noted"
    assert LIBRARY.texts.has(newest.text_key)


def test_a_new_sheet_has_no_holder_yet(session: Session):
    note_holder(session, "sheet", 0, "Registrator", "Kassaskåp", TODAY)
    sheet = draft_recovery_sheet(session, PASSPHRASE)
    adopt_recovery_sheet(session, PASSPHRASE, sheet.recovery_key)
    paper = keys_view(session).sheet
    assert paper is not None
    assert (paper.holder, paper.handed_on) == ("", None)


def test_three_answers_about_a_sheet(made: NewStore, tmp_path: Path, clock: StillClock):
    session = made.session
    other = create_store(LIBRARY, tmp_path / "b", PROFILE, PASSPHRASE, clock, cost=FAST_COST)
    lock(other.session)
    key = made.recovery_key
    wrong = key[:-1] + ("0" if key[-1] != "0" else "1")
    for text in (wrong, "", "ingen nyckel alls", key[:-1]):
        answer = check_sheet(session, text)
        assert (answer.verdict, answer.changes) == (PaperVerdict.NOT_VALID, None)
        assert answer.error is not None
        assert answer.error.code == "vault.recovery_key_mistyped"
    answer = check_sheet(session, other.recovery_key)
    assert (answer.verdict, answer.changes) == (PaperVerdict.OTHER_STORE, None)
    assert answer.error is not None
    assert answer.error.code == "vault.recovery_key_wrong"
    assert store_state(session).recovery_checked_on is None
    answer = check_sheet(session, key.lower())
    assert answer.verdict is PaperVerdict.RIGHT
    assert answer.error is None
    assert answer.changes is not None
    assert store_state(session).recovery_checked_on == TODAY


def test_a_sheet_is_to_be_tried_once_a_year(made: NewStore, clock: StillClock):
    session = made.session
    confirm_recovery_sheet(session)
    clock.pass_by(days=365)
    assert (keys_view(session).rehearsal_due_on, keys_view(session).rehearsal_overdue) == (
        date(2027, 11, 22),
        False,
    )
    clock.pass_by(days=1)
    assert keys_view(session).rehearsal_overdue
    check_sheet(session, made.recovery_key)
    assert keys_view(session).rehearsal_due_on == date(2028, 11, 23)
    assert not keys_view(session).rehearsal_overdue


def test_a_year_after_the_leap_day_is_a_day_there_is(made: NewStore, clock: StillClock):
    clock.now = clock.now.replace(year=2028, month=2, day=29)
    check_sheet(made.session, made.recovery_key)
    assert keys_view(made.session).rehearsal_due_on == date(2029, 2, 28)


# Cards


def test_cards_open_nothing_before_they_are_adopted_and_any_two_open_it_after(
    made: NewStore, clock: StillClock
):
    session, folder = made.session, made.session.folder
    with pytest.raises(WrongPassphrase):
        draft_cards(session, NEW)
    draft = draft_cards(session, PASSPHRASE)
    assert check_sheet(session, made.recovery_key).verdict is PaperVerdict.RIGHT
    with pytest.raises(CardsNotInUse):
        check_cards(session, typed(draft, 1, 2))
    with pytest.raises(WrongPassphrase):
        adopt_cards(session, NEW, draft)
    adopt_cards(session, PASSPHRASE, draft)
    view = keys_view(session)
    assert view.cards_since == TODAY
    assert [(card.card_number, card.checked_on) for card in view.cards] == [(n, TODAY) for n in (1, 2, 3)]
    lock(session)
    for pair in ((1, 2), (3, 1), (2, 3)):
        again = unlock_with_cards(LIBRARY, folder, typed(draft, *pair), clock)
        assert events(again)[0].text_key == "events.store.unlocked_with_cards"
        lock(again)
    lock(unlock(LIBRARY, folder, PASSPHRASE, clock))
    lock(unlock_with_recovery_key(LIBRARY, folder, made.recovery_key, clock))


def test_three_answers_about_cards_each_in_words(session: Session, clock: StillClock):
    draft, other = draft_cards(session, PASSPHRASE), draft_cards(session, PASSPHRASE)
    adopt_cards(session, PASSPHRASE, draft)
    one, two = typed(draft, 1, 2)
    answers = [
        check_cards(session, cards)
        for cards in (
            [one, " ".join(two.split()[:-1])],
            typed(other, 1, 2),
            [one, typed(other, 2)[0]],
            [one, one],
            [one],
        )
    ]
    assert [answer.verdict for answer in answers] == [PaperVerdict.NOT_VALID] + [PaperVerdict.OTHER_STORE] * 4
    assert [type(answer.error) for answer in answers] == [
        CardMistyped,
        CardsWrong,
        CardsOfTwoSets,
        CardsOfTwoSets,
        CardsOfTwoSets,
    ]
    for answer in answers:
        assert answer.error is not None
        assert LIBRARY.texts.has(f"errors.{answer.error.code}.do")
    clock.pass_by(days=30)
    assert check_cards(session, [two, one.upper()]).verdict is PaperVerdict.RIGHT
    checked = [card.checked_on for card in keys_view(session).cards]
    assert checked == [date(2026, 12, 22), date(2026, 12, 22), TODAY]


def test_unlocking_with_cards_tells_its_refusals_apart(made: NewStore, clock: StillClock):
    draft, other = draft_cards(made.session, PASSPHRASE), draft_cards(made.session, PASSPHRASE)
    folder = made.session.folder
    lock(made.session)
    with pytest.raises(CardsNotInUse):
        unlock_with_cards(LIBRARY, folder, typed(draft, 1, 2), clock)
    session = unlock(LIBRARY, folder, PASSPHRASE, clock)
    adopt_cards(session, PASSPHRASE, draft)
    lock(session)
    for cards, error in (
        (["", ""], CardMistyped),
        (typed(draft, 1, 1), CardsOfTwoSets),
        (typed(draft, 1), CardsOfTwoSets),
        (typed(other, 1, 2), CardsWrong),
    ):
        with pytest.raises(error):
            unlock_with_cards(LIBRARY, folder, cards, clock)


def test_the_words_asked_for_are_spread_over_the_card_and_the_same_each_time(session: Session):
    draft = draft_cards(session, PASSPHRASE)
    for card in draft.cards:
        asked = card_challenge(draft, card.number)
        assert asked == card_challenge(draft, card.number)
        assert [(place - 1) // 5 for place in asked] == [0, 1, 2, 3]
        right = [card.words[place - 1] for place in asked]
        assert card_challenge_met(draft, card.number, [f" {word[:4].upper()}" for word in right])
        for wrong in ([], right[:3], right[::-1], [*right[:3], "åäö"], ["", *right[1:]]):
            assert not card_challenge_met(draft, card.number, wrong)


def test_a_printed_card_holds_its_own_words_and_the_store_s_mark(session: Session):
    draft = draft_cards(session, PASSPHRASE)
    printed = text_of(card_sheet(session, draft, 2))
    assert all(word in printed for word in draft.cards[1].words)
    assert session.vault.vault_id[:8] in printed
    assert "Berit" not in printed
    assert draft.cards[1].words[5] not in repr(draft)


def test_withdrawn_and_replaced_cards_open_nothing(session: Session, clock: StillClock):
    first, second = draft_cards(session, PASSPHRASE), draft_cards(session, PASSPHRASE)
    adopt_cards(session, PASSPHRASE, first)
    note_holder(session, "card", 1, "Enhetschef", "Kassaskåp", TODAY)
    adopt_cards(session, PASSPHRASE, second)
    assert [card.holder for card in keys_view(session).cards] == ["", "", ""]
    assert check_cards(session, typed(first, 1, 2)).verdict is PaperVerdict.OTHER_STORE
    with pytest.raises(WrongPassphrase):
        withdraw_cards(session, NEW)
    withdraw_cards(session, PASSPHRASE)
    assert (keys_view(session).cards, keys_view(session).cards_since) == ((), None)
    with pytest.raises(CardsNotInUse):
        note_holder(session, "card", 1, "Enhetschef", "Kassaskåp", TODAY)
    with pytest.raises(ValueError, match="no such card"):
        note_holder(session, "sheet", 1, "Enhetschef", "Kassaskåp", TODAY)


def test_who_has_two_cards_can_choose_a_new_passphrase_and_restore_a_backup(made: NewStore, tmp_path: Path):
    session = made.session
    draft = draft_cards(session, PASSPHRASE)
    adopt_cards(session, PASSPHRASE, draft)
    both = "\n".join(typed(draft, 3, 1))
    change_passphrase(session, both, NEW)
    copy = back_up(session, tmp_path)
    restore(copy.path, tmp_path / "restored", both)
    with pytest.raises(CardMistyped):
        secret_from("två rader\nsom inte är kort")


# Somebody may have the key


def test_a_new_data_key_lists_what_to_destroy(made: NewStore, tmp_path: Path, clock: StillClock):
    session = made.session
    draft = draft_cards(session, PASSPHRASE)
    adopt_cards(session, PASSPHRASE, draft)
    copy = back_up(session, tmp_path)
    sheet = draft_recovery_sheet(session, PASSPHRASE)
    clock.pass_by(days=3)
    done = replace_data_key(session, PASSPHRASE, NEW, sheet.recovery_key)
    assert [older.path for older in done.to_destroy] == [copy.path]
    assert done.changes.touches(Kind.BACKUP)
    view = keys_view(session)
    assert (view.data_key_number, view.cards) == (2, ())
    assert view.passphrase_since == view.sheet_since == date(2026, 11, 25)
    assert view.sheet is not None
    assert view.sheet.checked_on == date(2026, 11, 25)
    assert events(session)[0].text_key == "events.vault.data_key_replaced"
    with pytest.raises(RecoveryKeyWrong):
        session.vault.prove(secret_from(made.recovery_key))
    session.vault.prove(secret_from(sheet.recovery_key))


def test_a_weak_passphrase_or_a_wrong_secret_leaves_the_old_data_key(session: Session):
    sheet = draft_recovery_sheet(session, PASSPHRASE)
    for current, new, error in (
        (PASSPHRASE, "Berit Bergqvist", PassphraseTooWeak),
        (NEW, NEW, WrongPassphrase),
    ):
        with pytest.raises(error):
            replace_data_key(session, current, new, sheet.recovery_key)
    assert keys_view(session).data_key_number == 1
