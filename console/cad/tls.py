"""What secures the link with a CAD: a private authority to trust, and a certificate that says who we are.

Everything is looked at when the adapter is made, so that a file which is missing, stale or open to all is said by day
and not at the first dispatch. What a peer makes of it later is said by `trouble_in_words`.
"""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console import credentials
from console.dutch_errors import in_dutch
from console.texts import words
from console.times import local

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate

OPENED_BY: Final = "cad_sleutel_wachtwoord"
"""The credential that opens an encrypted key."""

_FOR_OTHERS: Final = 0o007
_SOON: Final = timedelta(days=30)
_ABOUT_OUR_CERTIFICATE: Final = frozenset(
    {
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "TLSV1_ALERT_ACCESS_DENIED",
        "TLSV1_ALERT_UNKNOWN_CA",
    }
)
_NO_TLS_THERE: Final = frozenset(
    {"HTTP_REQUEST", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE", "WRONG_VERSION_NUMBER"}
)
_EXPIRED, _NOT_YET, _OTHER_NAME, _OTHER_IP = 10, 9, 62, 64
_UNKNOWN_AUTHORITY: Final = frozenset({2, 18, 19, 20, 21})
"""What OpenSSL calls the ways in which a certificate cannot be traced to an authority that is trusted."""


class TlsError(Exception):
    """What should secure the link cannot be used; the text is Dutch: which setting and file, why, what mends it."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The files that secure a link: PEM, each None where it is not set."""

    authority: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def __bool__(self) -> bool:
        """True when anything is set."""
        return any((self.authority, self.certificate, self.key))


def secure(papers: Papers, now: datetime, passphrase: Callable[[str], str | None] = credentials.find) -> ssl.SSLContext:
    """Make the context of a link that is secured with `papers`; a key that is encrypted is opened with a credential.

    With an authority of its own only that one is trusted, else those that every browser trusts.

    Raises:
        TlsError: a file cannot be used, or they do not belong together.
    """
    context = _trusting(papers.authority, now)
    if papers.certificate is None and papers.key is None:
        return context
    if papers.certificate is None or papers.key is None:
        raise TlsError(words.tls.BOTH)
    certificate = _certificate(words.tls.CERTIFICATE, papers.certificate, now)
    secret = _secret(papers.key, passphrase)
    if _key(papers.key, secret).public_key() != certificate.public_key():
        raise TlsError(words.tls.wrong(words.tls.KEY, papers.key, words.tls.OTHER_KEY))
    try:
        # A password for a key without one is not used; without any, OpenSSL would ask the terminal.
        context.load_cert_chain(papers.certificate, papers.key, password=secret or b"")
    except ssl.SSLError as error:
        why = words.tls.not_usable(error.reason or "")
        raise TlsError(words.tls.wrong(words.tls.CERTIFICATE, papers.certificate, why)) from None
    return context


def soon_expired(papers: Papers, now: datetime) -> list[str]:
    """Say which of our certificates will not be valid much longer.

    Raises:
        TlsError: as `secure`.
    """
    named = ((words.tls.AUTHORITY, papers.authority), (words.tls.CERTIFICATE, papers.certificate))
    found = [(setting, path, _certificate(setting, path, now)) for setting, path in named if path is not None]
    return [
        words.tls.wrong(setting, path, words.tls.soon(_said(certificate.not_valid_after_utc)))
        for setting, path, certificate in found
        if certificate.not_valid_after_utc - now < _SOON
    ]


def _trusting(authority: Path | None, now: datetime) -> ssl.SSLContext:
    if authority is None:
        import httpx  # noqa: PLC0415 - the same list as a link without papers; loaded by who talks to a CAD anyway

        return httpx.create_ssl_context(trust_env=False)
    _certificate(words.tls.AUTHORITY, authority, now)
    try:
        return ssl.create_default_context(cafile=str(authority))
    except ssl.SSLError:
        raise TlsError(words.tls.wrong(words.tls.AUTHORITY, authority, words.tls.NO_CERTIFICATE)) from None


def trouble_in_words(error: ssl.SSLError, where: str) -> str | None:
    """Say why a secured conversation with `where` failed and what mends it; None when it merely broke off."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return words.tls.not_safe(where, _distrusted(error.verify_code))
    reason = error.reason or ""
    if reason in _ABOUT_OUR_CERTIFICATE:
        return words.tls.not_safe(where, words.tls.REFUSES_US)
    if reason in _NO_TLS_THERE:
        return words.tls.not_safe(where, words.tls.NO_TLS)
    return None


def _distrusted(code: int) -> str:
    if code in _UNKNOWN_AUTHORITY:
        return words.tls.UNKNOWN_AUTHORITY
    known = {
        _EXPIRED: words.tls.THEIRS_EXPIRED,
        _NOT_YET: words.tls.THEIRS_NOT_YET,
        _OTHER_NAME: words.tls.OTHER_NAME,
        _OTHER_IP: words.tls.OTHER_NAME,
    }
    return known.get(code, words.tls.distrusted(code))


def _certificate(setting: str, path: Path, now: datetime) -> Certificate:
    """Read the first certificate of a file, and see that it is of this moment."""
    from cryptography import x509  # noqa: PLC0415 - only a room with certificates pays for loading it

    try:
        found = x509.load_pem_x509_certificate(_content(setting, path))
    except ValueError:
        raise TlsError(words.tls.wrong(setting, path, words.tls.NO_CERTIFICATE)) from None
    if found.not_valid_after_utc < now:
        raise TlsError(words.tls.wrong(setting, path, words.tls.expired(_said(found.not_valid_after_utc))))
    if found.not_valid_before_utc > now:
        raise TlsError(words.tls.wrong(setting, path, words.tls.not_yet(_said(found.not_valid_before_utc))))
    return found


def _secret(path: Path, passphrase: Callable[[str], str | None]) -> bytes | None:
    """Give what opens the key, or None for one that is not encrypted."""
    content = _content(words.tls.KEY, path)
    try:
        open_to_all = path.stat().st_mode & _FOR_OTHERS
    except OSError as error:
        raise TlsError(words.tls.wrong(words.tls.KEY, path, words.tls.unreadable(in_dutch(error)))) from None
    if open_to_all and os.name == "posix":
        raise TlsError(words.tls.wrong(words.tls.KEY, path, words.tls.open_to_all(path)))
    if b"ENCRYPTED" not in content:
        return None
    try:
        secret = passphrase(OPENED_BY)
    except credentials.CredentialError as error:
        raise TlsError(words.tls.wrong(words.tls.KEY, path, words.tls.no_passphrase(str(error)))) from None
    if secret is None:
        mend = credentials.how_to_set(OPENED_BY)
        raise TlsError(words.tls.wrong(words.tls.KEY, path, words.tls.no_passphrase(mend)))
    return secret.encode("utf-8")


def _key(path: Path, secret: bytes | None) -> PrivateKeyTypes:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        return load_pem_private_key(_content(words.tls.KEY, path), secret)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        why = words.tls.NO_KEY if secret is None else words.tls.wrong_passphrase(OPENED_BY)
        raise TlsError(words.tls.wrong(words.tls.KEY, path, why)) from None


def _content(setting: str, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TlsError(words.tls.wrong(setting, path, words.tls.MISSING)) from None
    except OSError as error:
        raise TlsError(words.tls.wrong(setting, path, words.tls.unreadable(in_dutch(error)))) from None


def _said(moment: datetime) -> str:
    return local(moment).strftime("%d-%m-%Y %H:%M")
