"""Gateways for one-time codes."""
