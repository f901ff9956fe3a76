"""A form on screen: one editor per item type."""
