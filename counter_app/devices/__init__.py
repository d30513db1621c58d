"""Adapters for what stands on the counter: readers, cameras, printers."""
