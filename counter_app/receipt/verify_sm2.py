"""Judging a seal by SM2 and SM3 in CMS: what pyHanko's validator does for RSA and ECDSA.

The library still says which bytes the seal covers and what was changed behind it.
Source: RFC 5652, 5.4 and 11 (signed attributes); GB/T 35275 with the object identifiers of CMS.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from asn1crypto import algos, cms
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from counter_app.receipt.seal_status import SealStatus
from counter_app.receipt.sm2 import SIGNATURES, SM3, is_signed, issued, sm2_key, sm3

LONGEST_PATH = 4
_SIGNING_KEY = frozenset({"digital_signature", "non_repudiation"})


def is_by_sm2(seal: EmbeddedPdfSignature) -> bool:
    """Say whether a seal was made by SM2 over SM3."""
    algorithm = seal.signer_info["signature_algorithm"]["algorithm"].native
    return algorithm in SIGNATURES and seal.md_algorithm == SM3


def is_by_known_means(seal: EmbeddedPdfSignature) -> bool:
    """Say whether the algorithms of a seal are ones that can be judged at all."""
    names = (seal.signer_info["signature_algorithm"]["algorithm"].native, seal.md_algorithm)
    return is_by_sm2(seal) or not any(name[0].isdigit() for name in names)


def judge_sm2(
    data: bytes, seal: EmbeddedPdfSignature, roots: Sequence[asn1_x509.Certificate], at: datetime
) -> SealStatus:
    """Judge a seal by SM2.

    Args:
        data: The whole file.
        seal: The seal, taken apart by the library.
        roots: Trusted certificates; those with other keys are passed over.
        at: When the certificates above the signer's must be valid.
    """
    digest = sm3(_covered(data, seal))
    seal.external_digests[seal.external_md_algorithm] = digest
    seal.compute_integrity_info()  # type: ignore[no-untyped-call] # pyHanko leaves it untyped
    found = seal.summarise_integrity_info()
    path = _path(seal.signer_cert, seal.other_embedded_certs, roots, at)
    later = found["diff_result"]
    level = later.modification_level if isinstance(later, DiffResult) else ModificationLevel.OTHER
    return SealStatus(
        is_good=_is_good(seal, digest),
        is_trusted=bool(path) and _may_sign(seal.signer_cert),
        is_permitted=bool(found["docmdp_ok"]),
        coverage=found["coverage"],
        changes=level,
        path=path,
    )


def _covered(data: bytes, seal: EmbeddedPdfSignature) -> bytes:
    numbers = [int(number) for number in seal.byte_range]
    if len(numbers) != 4 or min(numbers) < 0:
        raise ValueError("the seal covers the file in another way")
    first, length, second, rest = numbers
    return data[first : first + length] + data[second : second + rest]


def _is_good(seal: EmbeddedPdfSignature, digest: bytes) -> bool:
    signer = seal.signer_info
    attributes = signer["signed_attrs"]
    key = sm2_key(seal.signer_cert.public_key)
    is_said = (
        _values(attributes, "content_type") == ["data"]
        and _values(attributes, "message_digest") == [digest]
        and _names_signer(attributes, seal.signer_cert)
    )
    signed = attributes.untag().dump(force=True)
    return key is not None and is_said and is_signed(key, signed, signer["signature"].native)


def _values(attributes: cms.CMSAttributes, name: str) -> list[object]:
    found = [entry for entry in attributes if entry["type"].native == name]
    return [value.native for entry in found for value in entry["values"]]


def _names_signer(attributes: cms.CMSAttributes, certificate: asn1_x509.Certificate) -> bool:
    """Say whether the seal names this certificate, where it names one (RFC 5035)."""
    kinds = {"signing_certificate", "signing_certificate_v2"}
    named = [entry for entry in attributes if entry["type"].native in kinds]
    if not named:
        return True
    if len(named) != 1 or named[0]["type"].native == "signing_certificate":
        return False
    first = named[0]["values"][0]["certs"][0]
    wanted = _hashed(certificate.dump(), first["hash_algorithm"])
    return bool(first["cert_hash"].native == wanted)


def _hashed(data: bytes, algorithm: algos.DigestAlgorithm) -> bytes | None:
    name = algorithm["algorithm"].native
    if name == SM3:
        return sm3(data)
    if name != "sha256":
        return None
    state = hashes.Hash(hashes.SHA256())
    state.update(data)
    return state.finalize()


def _may_sign(certificate: asn1_x509.Certificate) -> bool:
    usage = certificate.key_usage_value
    return usage is None or bool(_SIGNING_KEY & set(usage.native))


def _path(
    certificate: asn1_x509.Certificate,
    others: Sequence[asn1_x509.Certificate],
    roots: Sequence[asn1_x509.Certificate],
    at: datetime,
) -> tuple[asn1_x509.Certificate, ...]:
    """Return the certificates from a trusted root down to this one; empty where none leads."""
    path: tuple[asn1_x509.Certificate, ...] = (certificate,)
    while len(path) < LONGEST_PATH:
        for root in roots:
            if _is_valid(root, at) and issued(root, path[0]):
                return (root, *path)
        above = [one for one in others if _is_valid(one, at) and issued(one, path[0])]
        if not above or above[0] in path:
            return ()
        path = (above[0], *path)
    return ()


def _is_valid(certificate: asn1_x509.Certificate, at: datetime) -> bool:
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)
