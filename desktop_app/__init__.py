"""Utväg: the application below the window. Floors and their directions: docs/architecture.md."""
