"""Lays out. ReportLab: definition, answers and words in, PDF bytes out."""
