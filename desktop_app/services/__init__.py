"""Does. One function is one thing the caseworker does, in one transaction; the only doors for windows and commands."""
