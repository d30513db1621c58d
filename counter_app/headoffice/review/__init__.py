"""The review page: people at head office look at cases and decide."""
