"""Three cards, two of which open the store: made one by one, each tried, noted, tried again and withdrawn."""

from __future__ import annotations

from desktop_app.services import recovery
from tests.helpers.keys_in_window import ask, hand_over, opens, read_card, view
from tests.helpers.practice import PASSPHRASE
from tests.ui.conftest import Stage
from ui.dialogs.check_paper import CheckCardsDialog
from ui.dialogs.note_holder import NoteHolderDialog
from ui.dialogs.withdraw_cards import WithdrawCardsDialog
from ui.pages.keys import KeysPage
from ui.pages.keys_cards import KeysCardsPage
from ui.widgets.pdf_view import PdfPages


def cards_page(stage: Stage) -> KeysCardsPage:
    page = stage.page("keys_cards")
    assert isinstance(page, KeysCardsPage)
    page.current.line.setText(PASSPHRASE)
    page.make()
    stage.work()
    return page


def take_card(stage: Stage, page: KeysCardsPage, number: int) -> None:
    assert page.proof is not None
    assert page.holder is not None
    assert page.draft is not None
    assert page.number == number
    read_card(page.proof, page.draft, number)
    hand_over(page.holder, page.holder.holder.text(), f"Skåp {number}")
    page.take()
    stage.work()


def with_cards(stage: Stage) -> tuple[str, ...]:
    """Put cards in the open store and return what stands on each."""
    draft = ask(stage, recovery.draft_cards, PASSPHRASE)
    ask(stage, recovery.adopt_cards, PASSPHRASE, draft)
    return tuple(" ".join(card.words) for card in draft.cards)


def keys_page(stage: Stage) -> KeysPage:
    page = stage.page("keys")
    assert isinstance(page, KeysPage)
    return page


def test_three_cards_are_made_tried_and_handed_out_one_at_a_time(empty: Stage) -> None:
    page = cards_page(empty)
    assert page.draft is not None
    words = [" ".join(card.words) for card in page.draft.cards]
    for number in (1, 2, 3):
        assert page.proof is not None
        pages = page.proof.paper.pages
        assert isinstance(pages, PdfPages)
        shown = pages.text().replace("\n", " ")
        assert pages.count == 1
        others = [card for card in page.draft.cards if card.number != number]
        assert not any(" ".join(other.words[:3]) in shown for other in others), "one card at a time"
        assert not view(empty).cards, "nothing counts before the third is read back"
        take_card(empty, page, number)
    assert page.draft is None
    noted = view(empty).cards
    assert [(card.holder, card.place) for card in noted] == [
        ("Chef", "Skåp 1"),
        ("Registrator", "Skåp 2"),
        ("Säkerhetsansvarig", "Skåp 3"),
    ]
    assert all(card.checked_on is not None for card in noted), "each was tried when it was made"
    folder = empty.desk.session.folder
    assert empty.window.lock()
    for left_out in range(3):
        assert opens(empty, folder, cards=[card for at, card in enumerate(words) if at != left_out])
    assert not opens(empty, folder, cards=[words[0], words[0]])


def test_a_card_that_was_not_read_back_goes_no_further(empty: Stage) -> None:
    page = cards_page(empty)
    assert page.proof is not None
    page.take()
    assert empty.desk.text("window.proof.card.wrong") in page.proof.wrong_words
    assert page.number == 1
    page.leave()
    empty.work()
    assert not view(empty).cards


def test_the_list_says_who_has_each_card_and_leads_to_noting_it(empty: Stage) -> None:
    with_cards(empty)
    page = keys_page(empty)
    assert page.cards.isVisible()
    assert page.make_cards.text() == empty.desk.text("window.keys.cards.remake")
    assert page.cards.model().index(1, 1).data() == empty.desk.text("window.keys.not_noted")
    page.cards.setCurrentIndex(page.cards.model().index(1, 0))
    page.note_card.click()
    dialog = empty.dialog()
    assert isinstance(dialog, NoteHolderDialog)
    hand_over(dialog.fields, "Registratorn", "Arkivet")
    dialog.take()
    empty.work()
    assert page.cards.model().index(1, 1).data() == "Registratorn"
    assert page.cards.model().index(0, 1).data() == empty.desk.text("window.keys.not_noted")


def test_two_cards_are_tried_without_opening_anything(empty: Stage) -> None:
    cards = with_cards(empty)
    page = keys_page(empty)
    page.try_cards.click()
    dialog = empty.dialog()
    assert isinstance(dialog, CheckCardsDialog)
    answers = []
    for first, second in ((cards[0], cards[0]), (cards[0], cards[1][:-9]), (cards[0], cards[2])):
        dialog.cards[0].lines.setPlainText(first)
        dialog.cards[1].lines.setPlainText(second)
        dialog.take()
        empty.work()
        answers.append(dialog.answer.words)
    text = empty.desk.text
    assert answers[0].startswith(text("errors.vault.cards_of_two_sets.happened"))
    assert answers[1].startswith(text("errors.vault.card_mistyped.happened", card=2))
    assert answers[2].startswith(text("window.check_paper.cards.right"))
    assert dialog.cards[0].text() == ""


def test_withdrawn_cards_open_nothing(empty: Stage) -> None:
    cards = with_cards(empty)
    page = keys_page(empty)
    page.withdraw.click()
    dialog = empty.dialog()
    assert isinstance(dialog, WithdrawCardsDialog)
    dialog.current.line.setText("inte den rätta frasen")
    dialog.take()
    empty.work()
    assert dialog.row.fault
    dialog.current.line.setText(PASSPHRASE)
    dialog.take()
    empty.work()
    assert not page.cards.isVisible()
    folder = empty.desk.session.folder
    assert empty.window.lock()
    assert not opens(empty, folder, cards=cards[:2])
    assert opens(empty, folder, passphrase=PASSPHRASE)
