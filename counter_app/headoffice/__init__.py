"""The reference receiving station."""
