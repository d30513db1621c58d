"""A token in software (SoftHSM2) that holds a branch's sealing key."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from counter_app.receipt.demo_pki import issue, make_root
from counter_app.receipt.token import TokenPlace
from counter_app.receipt.trust import load_trust
from counter_app.receipt.verify import PaperVerifier
from tests.contract.receipt.conftest import Desk, FixedClock
from tests.unit.receipt.records import BRANCH, NOW

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "135790"


@dataclass(frozen=True)
class Token:
    place: TokenPlace
    root_trusting: PaperVerifier


def soft_token(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Token]:
    """Make the token, once for a process: the library reads its settings only once."""
    if not MODULE.exists() or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM2 is not installed")
    import pkcs11
    from cryptography.hazmat.primitives.serialization import NoEncryption, PrivateFormat
    from pkcs11.util.rsa import decode_rsa_private_key
    from pkcs11.util.x509 import decode_x509_certificate

    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    monkey = pytest.MonkeyPatch()
    monkey.setenv("SOFTHSM2_CONF", str(settings))
    command = ["softhsm2-util", "--init-token", "--free", "--label", "branch"]
    command += ["--so-pin", "24680000", "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = make_root(NOW)
    certificate = issue(root, key, BRANCH, NOW)
    private = key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    with (
        pkcs11.lib(str(MODULE))
        .get_token(token_label="branch")
        .open(user_pin=PIN, rw=True) as session
    ):
        attributes = decode_rsa_private_key(private)
        attributes |= {
            pkcs11.Attribute.TOKEN: True,
            pkcs11.Attribute.LABEL: "seal",
            pkcs11.Attribute.SENSITIVE: True,
            pkcs11.Attribute.EXTRACTABLE: False,
        }
        session.create_object(attributes)
        attributes = decode_x509_certificate(certificate.public_bytes(Encoding.DER))
        session.create_object(
            attributes | {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "seal"}
        )
    trust = load_trust(desk.pki.trust_folder)
    wider = replace(trust, roots=(*trust.roots, root.certificate))
    try:
        verifier = PaperVerifier(wider, desk.book, FixedClock())
        yield Token(TokenPlace(MODULE, "branch", "seal", PIN), verifier)
    finally:
        monkey.undo()
