"""What a person does on the page of keys and the steps behind it, and what opens a store afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.domain.errors import AppError
from desktop_app.services import backups, recovery, vault
from desktop_app.services.recovery import CardDraft, KeysView

if TYPE_CHECKING:
    from tests.ui.conftest import Stage
    from ui.pages.paper_proof import PaperProof
    from ui.widgets.holder_fields import HolderFields


def ask(stage: Stage, service: Callable[..., Any], *args: object) -> Any:
    """Run a service on the store that is open, and return what it returned."""
    found: list[Any] = []
    stage.desk.run(stage.window, service, *args, done=found.append)
    stage.work()
    return found[0]


def view(stage: Stage) -> KeysView:
    """What opens the store now."""
    found = ask(stage, recovery.keys_view)
    assert isinstance(found, KeysView)
    return found


def add_stick(stage: Stage, folder: Path) -> Path:
    """Tell the store of a medium that is in."""
    folder.mkdir()
    ask(stage, backups.add_medium, "USB Röd", folder)
    return folder


def read_groups(proof: PaperProof, recovery_key: str) -> None:
    """Type back the groups that are asked for."""
    groups = recovery_key.split("-")
    for line, number in zip(proof.lines, vault.challenge(recovery_key), strict=True):
        line.setText(groups[number - 1].lower())


def read_card(proof: PaperProof, draft: CardDraft, number: int) -> None:
    """Type back the words of a card that are asked for."""
    for line, place in zip(proof.lines, recovery.card_challenge(draft, number), strict=True):
        line.setText(draft.cards[number - 1].words[place - 1])


def hand_over(fields: HolderFields, holder: str, place: str) -> None:
    """Say who is to have a paper."""
    fields.holder.setText(holder)
    fields.place.setText(place)


def opens(
    stage: Stage, folder: Path, *, passphrase: str = "", key: str = "", cards: Sequence[str] = ()
) -> bool:
    """Tell whether something opens a closed store; it is closed again."""
    try:
        if cards:
            session = vault.unlock_with_cards(stage.desk.library, folder, cards, stage.clock)
        elif key:
            session = vault.unlock_with_recovery_key(stage.desk.library, folder, key, stage.clock)
        else:
            session = vault.unlock(stage.desk.library, folder, passphrase, stage.clock)
    except AppError:
        return False
    vault.lock(session)
    return True
