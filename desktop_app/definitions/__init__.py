"""Reads. Turns the files below resources/ into domain objects, naming file and key in each fault."""
