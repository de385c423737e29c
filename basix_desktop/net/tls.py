"""The one TLS context: the operating system's trust store, TLS 1.2 or newer, no key log (reliability.md E)."""

from __future__ import annotations

import ssl
from functools import cache

from basix_desktop.domain.errors import CertificateProblem


def build_context(extra_ca: bytes | None = None) -> ssl.SSLContext:
    """A context that trusts what the operating system trusts, and ``extra_ca`` (PEM) besides.

    Takes some milliseconds and reads files: not for the main thread. ``truststore`` builds it from a bare context,
    which unlike ``ssl.create_default_context`` never writes to ``SSLKEYLOGFILE`` (E8), and passes over a missing
    ``SSL_CERT_FILE`` (E7). Raises ``CertificateProblem("tls_failed")`` where the platform's TLS cannot be set up.
    """
    import truststore

    try:
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if extra_ca is not None:
            context.load_verify_locations(cadata=extra_ca.decode("ascii"))
    except (OSError, ValueError) as problem:  # ssl.SSLError is an OSError
        raise CertificateProblem("tls_failed", f"{type(problem).__name__} while preparing TLS") from None
    return context


@cache
def bare_context() -> ssl.SSLContext:
    """For plain ``http`` to this computer, where nothing is verified because nothing is encrypted: trusts nobody, so
    that it could not be used by mistake for anything else. Made once: it takes longer than connecting."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
