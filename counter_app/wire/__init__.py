"""The versioned contract between counter and head office."""
