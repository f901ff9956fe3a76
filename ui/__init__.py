"""The window. Thin: it shows a state, passes on what the person did, and learns what changed."""
