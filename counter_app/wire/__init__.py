"""The contract between counter and head office; both sides import it, it imports neither."""
