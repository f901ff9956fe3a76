"""How long work tells how far it has come, and learns that it should stop."""

from typing import Protocol


class Progress(Protocol):
    """Receives the steps of one piece of work. The receiver throttles; the work calls as it likes."""

    def step(self, done: int, total: int, text_key: str) -> None:
        """Tell that ``done`` of ``total`` units are finished; ``text_key`` names the words for this stretch.

        Raises ``Cancelled`` when the person has asked the work to stop.
        """
        ...


class NoProgress:
    """Listens to nothing and never stops the work."""

    def step(self, done: int, total: int, text_key: str) -> None:
        """Do nothing."""
