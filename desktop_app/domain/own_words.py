"""Words of one's own laid over the catalogue: those of a rule set, or those a finished form was made with."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.texts import Texts


class OwnWords:
    """Implements ``Texts``: what is not told in own words is told in the catalogue's."""

    def __init__(self, texts: Texts, words: Mapping[str, str]) -> None:
        self._texts = texts
        self._words = words

    def get(self, key: str, /, **params: object) -> str:
        """Return the text under ``key`` with its places filled; ``KeyError`` when it is missing."""
        own = self._words.get(key)
        if own is None:
            return self._texts.get(key, **params)
        return own.format_map(params) if params else own

    def has(self, key: str) -> bool:
        """Tell whether there are words under ``key``."""
        return key in self._words or self._texts.has(key)


def worded(texts: Texts, words: Mapping[str, str]) -> Texts:
    """Return the texts with own words laid over; the same texts where there are none."""
    return OwnWords(texts, words) if words else texts
