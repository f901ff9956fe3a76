"""Tables for views, over immutable rows."""
