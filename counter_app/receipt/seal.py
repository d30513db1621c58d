"""The electronic seal: PAdES B-B with the branch's RSA key, offline, the moment paper is made.

The seal certifies the file and permits no later change but validation data, which head office or
the sender may add (B-LT). Source: ETSI EN 319 142-1, level B-B; ISO 32000-1, 12.8.
"""

from __future__ import annotations

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko_certvalidator.registry import SimpleCertificateStore

from counter_app.errors import CounterError, FailureCode
from counter_app.ports.clock import Clock
from counter_app.receipt.certificates import to_asn1
from counter_app.receipt.keys import SealKey

FIELD_NAME = "Seal"
WARN_DAYS = 30
_ROOM = 12_000
"""Bytes kept free for the signature, in hexadecimal twice as many."""


class PadesSeal:
    """Seals papers with one key, kept open for as long as the counter runs.

    Args:
        key: The branch's sealing key.
        clock: For the signing time and the certificate's validity.
    """

    def __init__(self, key: SealKey, clock: Clock) -> None:
        self._key = key
        self._clock = clock
        self._signer = HeldKeySigner(key)

    def seal(self, pdf: bytes) -> bytes:
        """Seal a paper; see `ports.paper.Seal`."""
        self._require_validity()
        details = signers.PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
        )
        out = io.BytesIO()
        try:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
            sealer = _TimedSigner(details, self._signer, self._clock)
            sealer.sign_pdf(writer, bytes_reserved=_ROOM, output=out)
        except (PdfError, SigningError, ValueError) as error:
            raise CounterError(FailureCode.SEAL_FAILED) from error
        return out.getvalue()

    def days_left(self) -> int:
        """Whole days until the certificate ends; negative when it has ended."""
        return (self._key.ends_at() - self._clock.now()).days

    def _require_validity(self) -> None:
        now = self._clock.now()
        if not self._key.certificate.not_valid_before_utc <= now <= self._key.ends_at():
            raise CounterError(FailureCode.SEAL_CERTIFICATE_EXPIRED, days=self.days_left())


class _TimedSigner(signers.PdfSigner):
    """Writes the counter's time into the seal, not whatever the library finds."""

    def __init__(
        self, details: signers.PdfSignatureMetadata, signer: signers.Signer, clock: Clock
    ) -> None:
        super().__init__(details, signer)
        self._clock = clock

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> PdfSigningSession:
        """Start as pyHanko does, at our time."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._clock.now()
        return session


class HeldKeySigner(signers.Signer):
    """Lets pyHanko sign with a key that is already open."""

    def __init__(self, key: SealKey) -> None:
        chain = SimpleCertificateStore()  # type: ignore[no-untyped-call] # pyHanko leaves it untyped
        chain.register_multiple([to_asn1(entry) for entry in key.chain])
        super().__init__(signing_cert=to_asn1(key.certificate), cert_registry=chain)
        self._raw = key.signer

    async def async_sign_raw(
        self,
        data: bytes,
        digest_algorithm: str,
        dry_run: bool = False,  # noqa: FBT001, FBT002 - pyHanko's signature
    ) -> bytes:
        """Sign; `dry_run` asks only for the size."""
        if digest_algorithm != "sha256":
            raise SigningError("only SHA-256 is used")
        return bytes(512) if dry_run else self._raw.sign_sha256(data)
