"""Bank cards (PBOC 3.0 / EMV) to confirm the settlement account."""
