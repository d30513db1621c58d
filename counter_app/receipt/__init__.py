"""Papers: layout, fonts, PDF/A, seal, QR, verification."""
