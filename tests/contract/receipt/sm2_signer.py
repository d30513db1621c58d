"""An SM2 seal made without a line of ours: keys, certificates and signatures by `openssl`."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import algos, cms, core, pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import cms_embedder
from pyhanko.sign.signers.pdf_byterange import SignatureObject

SM3, SM2_WITH_SM3 = "1.2.156.10197.1.401", "1.2.156.10197.1.501"
IDENTIFIER = ("distid:1234567812345678",)
ROOM = 16_384


def openssl(folder: Path, *words: str, given: bytes | None = None) -> bytes:
    """Run openssl in a folder."""
    done = subprocess.run(
        ["openssl", *words], cwd=folder, check=True, capture_output=True, input=given
    )
    return done.stdout


@dataclass(frozen=True)
class Sm2Branch:
    """A root and a branch under it, as files of a folder."""

    folder: Path

    @classmethod
    def founded(cls, folder: Path, name: str = "/O=样本机构/CN=SM2 root") -> Sm2Branch:
        """Make root and branch; both are valid from now on."""
        folder.mkdir(parents=True)
        one = cls(folder)
        for who in ("root", "branch"):
            openssl(folder, "genpkey", "-algorithm", "SM2", "-out", f"{who}.key")
        ca = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
        one._req("-x509", "-key", "root.key", "-subj", name, *ca, "-out", "root.pem")
        one.issue("branch", "110199")
        return one

    def issue(self, who: str, code: str) -> None:
        """Let the root issue a certificate for a key that is there."""
        subject = f"/serialNumber={code}/CN=样本市商户服务中心"
        self._req("-key", f"{who}.key", "-subj", subject, "-out", f"{who}.csr")
        (self.folder / "ext").write_text("keyUsage=critical,digitalSignature,nonRepudiation\n")
        openssl(
            self.folder,
            *("x509", "-req", "-in", f"{who}.csr", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-sm3", "-sigopt", *IDENTIFIER, "-vfyopt", *IDENTIFIER, "-days", "30"),
            *("-CAcreateserial", "-extfile", "ext", "-out", f"{who}.pem"),
        )

    def _req(self, *words: str) -> None:
        always = ("-new", "-utf8", "-sm3", "-sigopt", *IDENTIFIER, "-days", "30")
        openssl(self.folder, "req", *always, *words)

    def certificate(self, who: str) -> asn1_x509.Certificate:
        """Return a certificate."""
        _, _, der = pem.unarmor((self.folder / f"{who}.pem").read_bytes())
        return asn1_x509.Certificate.load(der)

    def sm3(self, data: bytes) -> bytes:
        """Hash."""
        return openssl(self.folder, "dgst", "-sm3", "-binary", given=data)

    def signature(self, data: bytes, who: str = "branch") -> bytes:
        """Sign; the identifier goes into the hash."""
        (self.folder / "said").write_bytes(data)
        words = ("pkeyutl", "-sign", "-rawin", "-digest", "sm3", "-inkey", f"{who}.key")
        return openssl(self.folder, *words, "-in", "said", "-pkeyopt", *IDENTIFIER)

    def seal(self, pdf: bytes, *, key: str = "branch", named: str = "branch") -> bytes:
        """Seal a paper with a key under the name of a certificate."""
        out = io.BytesIO()
        embedder = cms_embedder.PdfCMSEmbedder()
        steps = embedder.write_cms(
            field_name="Seal", writer=IncrementalPdfFileWriter(io.BytesIO(pdf))
        )
        next(steps)
        place = SignatureObject(datetime.now(UTC), SigSeedSubFilter.PADES, bytes_reserved=ROOM)
        permitted = cms_embedder.SigMDPSetup(
            md_algorithm="sha256", certify=True, docmdp_perms=MDPPerm.NO_CHANGES
        )
        steps.send(cms_embedder.SigObjSetup(sig_placeholder=place, mdp_setup=permitted))
        prepared, _ = steps.send(
            cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=False, output=out)
        )
        raw = out.getvalue()
        start, end = prepared.reserved_region_start, prepared.reserved_region_end
        steps.send(self.message(raw[:start] + raw[end:], key, named))
        return out.getvalue()

    def message(self, covered: bytes, key: str, named: str) -> cms.ContentInfo:
        """Write the CMS around a signature."""
        certificate = self.certificate(named)
        digest = algos.DigestAlgorithm({"algorithm": SM3})
        attributes = cms.CMSAttributes(
            [
                {"type": "content_type", "values": ["data"]},
                {"type": "message_digest", "values": [self.sm3(covered)]},
                {"type": "signing_time", "values": [cms.Time({"utc_time": datetime.now(UTC)})]},
            ]
        )
        signer = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {"issuer": certificate.issuer, "serial_number": certificate.serial_number},
            ),
            "digest_algorithm": digest,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": SM2_WITH_SM3},
            "signature": core.OctetString(self.signature(attributes.dump(), key)),
        }
        signed = {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})
