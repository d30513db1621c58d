"""Signed rule packs and tables: schema, reading, signing."""
