"""Migrations of the store, applied in order by `counter_app.storage.migrate`."""
