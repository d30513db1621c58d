"""The encrypted store: cases, outbox, journal, images, accounts, directory."""
