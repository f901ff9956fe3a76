"""Modal questions and messages."""
