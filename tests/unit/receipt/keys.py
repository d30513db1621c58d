"""A key for codes, made once for the tests."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec

CODE_KEY = ec.generate_private_key(ec.SECP256R1())
