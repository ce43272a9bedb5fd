"""Formats of labelling tools and tables, in and out."""
