"""Talking to head office over HTTP, and the process that sends what waits."""
