"""The figures a promise is held with: each run prints those it measured, ``--long`` takes the long counts."""

import os

LONG = os.environ.get("UTVAG_LONG") == "yes"

_told: list[tuple[str, str]] = []


def rounds(short: int, long: int) -> int:
    """How many times to do it: few in every run, many in the long one."""
    return long if LONG else short


def tell(promise: str, words: str) -> None:
    """Print ``words`` under the promise's number (``P3.1``) when the run ends."""
    _told.append((promise, words))


def take_over(figures: list[tuple[str, str]]) -> None:
    """Take in what another process of the same run was told."""
    _told.extend((promise, words) for promise, words in figures)


def told() -> list[tuple[str, str]]:
    """What has been told so far, in the promises' order."""
    return sorted(_told)
