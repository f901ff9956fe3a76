"""Decides. Plain Python: no input or output, no clock of its own, no Qt, no SQL."""
