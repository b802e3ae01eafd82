"""Numbered steps of the schema; each names the tables itself and imports none of our code."""
