"""Cards over PC/SC: the watcher, chips of travel documents, bank cards and their simulators."""
