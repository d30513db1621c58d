"""The web server's part in client certificates: the certificate of a connection, for the routes."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from counter_app.headoffice.identity import PEER_CERTIFICATE


class PeerCertificateProtocol(HttpToolsProtocol):
    """Puts the client's certificate (DER) into the scope of each request of the connection."""

    def on_headers_complete(self) -> None:
        """Add the certificate when a request's headers are there."""
        connection = self.transport.get_extra_info("ssl_object")
        if isinstance(connection, ssl.SSLObject):
            der = connection.getpeercert(binary_form=True)
            if der:
                cast("dict[str, object]", self.scope)[PEER_CERTIFICATE] = der
        super().on_headers_complete()


def server_tls(certificate: Path, key: Path, authority: Path) -> ssl.SSLContext:
    """Make the server's side of TLS: 1.2 or newer, client certificates of our authority only.

    A connection without a certificate is let in, because enrolment needs one; every other route
    refuses it.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    context.load_verify_locations(authority)
    context.verify_mode = ssl.CERT_OPTIONAL
    return context
