"""The counter's side of the line to head office."""
