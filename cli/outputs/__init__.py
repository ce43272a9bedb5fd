"""Outputs: answers as text for people, and as JSON, tables and spreadsheets for programs; a file for each format."""
