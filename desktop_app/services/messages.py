"""Turns an error into words: what happened, what is safe, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.errors import AppError
from desktop_app.domain.texts import Texts


@dataclass(frozen=True, slots=True)
class Message:
    """An error in Swedish, with its stable code for whoever helps."""

    happened: str
    safe: str
    do: str
    code: str

    def in_one_line(self) -> str:
        """Return the message as one plain line, for commands."""
        return " ".join((self.happened, self.safe, self.do)).replace("\n", " ")


def message_for(error: BaseException, texts: Texts) -> Message:
    """Return the words for an error; one that is not expected gets the words for a fault in the program."""
    known = isinstance(error, AppError) and texts.has(f"errors.{error.code}.happened")
    code = error.code if known and isinstance(error, AppError) else "unexpected"
    params = dict(error.params) if known and isinstance(error, AppError) else {}
    fault = f"faults.{params.get('fault', '')}"
    if texts.has(fault):
        params["fault"] = texts.get(fault, **params)
    return Message(
        happened=_filled(texts, f"errors.{code}.happened", params),
        safe=_filled(texts, f"errors.{code}.safe", params),
        do=_filled(texts, f"errors.{code}.do", params),
        code=code,
    )


class _Gaps(dict[str, object]):
    """Leaves a place that nobody filled as a dash: an error about an error helps nobody."""

    def __missing__(self, key: str) -> str:
        return "–"


def _filled(texts: Texts, key: str, params: dict[str, str | int]) -> str:
    return texts.get(key).format_map(_Gaps(params))
