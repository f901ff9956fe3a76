"""The commands of ``utvag``: the same services as the window, for support and for checks."""
