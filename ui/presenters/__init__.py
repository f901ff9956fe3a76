"""The state of a page and what happens to it. Plain Python, no Qt."""
