"""Security objects made with the openssl program, in the manners that states really use."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tests.contract.card.foreign.secure import ber

HASHES = {
    "sha1": "2B0E03021A",
    "sha224": "608648016503040204",
    "sha256": "608648016503040201",
    "sha384": "608648016503040202",
    "sha512": "608648016503040203",
}


@dataclass(frozen=True)
class Manner:
    """How a state signs.

    Attributes:
        key: Options of `openssl genpkey` for the signer and the authority.
        options: Further options of `openssl cms`.
        lists: Hash of the data groups.
    """

    key: tuple[str, ...]
    digest: str = "sha256"
    options: tuple[str, ...] = ()
    lists: str = "sha256"


def curve(name: str, *, explicit: bool = False) -> tuple[str, ...]:
    coding = "explicit" if explicit else "named_curve"
    named = ("-pkeyopt", f"ec_paramgen_curve:{name}", "-pkeyopt", f"ec_param_enc:{coding}")
    return ("-algorithm", "EC", *named)


def rsa(bits: int) -> tuple[str, ...]:
    return "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}"


PSS = ("-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:-1")


def openssl(folder: Path, *words: str, given: bytes = b"") -> bytes:
    done = subprocess.run(
        ["openssl", *words], cwd=folder, input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@cache
def state(key: tuple[str, ...], digest: str) -> Path:
    """Make an authority and a document signer; return the folder with their files."""
    folder = Path(mkdtemp(prefix="state-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    names = {"ca": "/C=UT/O=Foreign/CN=Foreign CSCA", "ds": "/C=UT/O=Foreign/CN=Foreign DS 1"}
    extensions = "[x]\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    (folder / "x.cnf").write_text("[req]\ndistinguished_name=n\n[n]\n" + extensions)
    for one in names:
        openssl(folder, "genpkey", *key, "-out", f"{one}.key")
    subject = ("-subj", names["ca"], "-days", "4000", f"-{digest}")
    config = ("-config", "x.cnf", "-extensions", "x")
    openssl(folder, "req", "-x509", "-new", "-key", "ca.key", *subject, *config, "-out", "ca.pem")
    request = openssl(
        folder, "req", "-new", "-key", "ds.key", "-subj", names["ds"], "-config", "x.cnf"
    )
    signer = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2000")
    extra = ("-extfile", "x.cnf", "-extensions", "x", f"-{digest}")
    openssl(folder, "x509", "-req", *signer, *extra, "-out", "ds.pem", given=request)
    (folder / "ca.der").write_bytes(openssl(folder, "x509", "-in", "ca.pem", "-outform", "DER"))
    return folder


def authority(manner: Manner) -> bytes:
    """Return the authority's certificate, DER."""
    return (state(manner.key, manner.digest) / "ca.der").read_bytes()


def security_object(manner: Manner, groups: dict[int, bytes]) -> bytes:
    """Return EF.SOD over whole data groups."""
    folder = state(manner.key, manner.digest)
    entries = b"".join(
        ber("30", ber("02", bytes([number])), ber("04", hashlib.new(manner.lists, data).digest()))
        for number, data in sorted(groups.items())
    )
    algorithm = ber("30", ber("06", bytes.fromhex(HASHES[manner.lists])), bytes.fromhex("0500"))
    content = ber("30", bytes.fromhex("020100"), algorithm, ber("30", entries))
    words = ("cms", "-sign", "-binary", "-nodetach", "-nosmimecap", "-outform", "DER")
    signer = ("-signer", "ds.pem", "-inkey", "ds.key", "-md", manner.digest)
    kind = ("-econtent_type", "2.23.136.1.1.1")
    return ber("77", openssl(folder, *words, *kind, *signer, *manner.options, given=content))
