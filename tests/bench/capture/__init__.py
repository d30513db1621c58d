"""Scores the reading of pictures against truth that nobody in this project made."""
