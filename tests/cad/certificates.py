"""Certificates made for a test, and a real HTTPS server that shows them and asks for ours."""

from __future__ import annotations

import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPENING_WORDS = b"zesdeurenindehal"
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Paper:
    """A certificate with its key, and where they lie."""

    certificate: x509.Certificate
    secret: ec.EllipticCurvePrivateKey
    path: Path
    key: Path


class Office:
    """An authority that issues certificates into a folder."""

    def __init__(self, folder: Path, name: str = "uitgever") -> None:
        self._folder = folder
        self.own = self._write(name, None, timedelta(days=-1), timedelta(days=365))

    def issue(
        self,
        name: str = "localhost",
        *,
        start: timedelta = -DAY,
        end: timedelta = 365 * DAY,
        encrypted: bool = False,
        file: str = "",
    ) -> Paper:
        return self._write(name, self.own, start, end, encrypted=encrypted, file=file)

    def _write(
        self,
        name: str,
        issuer: Paper | None,
        start: timedelta,
        end: timedelta,
        *,
        encrypted: bool = False,
        file: str = "",
    ) -> Paper:
        secret = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        moment = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.subject if issuer else subject)
            .public_key(secret.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(moment + start)
            .not_valid_after(moment + end)
            .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(issuer.secret if issuer else secret, hashes.SHA256())
        )
        paper = Paper(made, secret, self._folder / f"{file or name}.pem", self._folder / f"{file or name}.key")
        paper.path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
        closed = serialization.BestAvailableEncryption(OPENING_WORDS) if encrypted else serialization.NoEncryption()
        paper.key.write_bytes(
            secret.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, closed)
        )
        paper.key.chmod(0o600)
        return paper


class _Handler(BaseHTTPRequestHandler):
    """A CAD that takes everything and says what the contract wants."""

    protocol_version = "HTTP/1.1"
    taken: list[bytes]

    def do_GET(self) -> None:
        self._answer(200, b'{"status": "ok"}')

    def do_POST(self) -> None:
        self.taken.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(202, b'{"reference": "CAD-1"}')

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_who: object) -> None:
        """A client that ends the conversation is what is tested."""


@dataclass(frozen=True)
class SecuredCad:
    """A CAD over HTTPS: its port, and the messages that it was given."""

    port: int
    taken: list[bytes]

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"


@contextmanager
def secured(
    paper: Paper | None, *, asks_for: Paper | None = None, newest: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED
) -> Iterator[SecuredCad]:
    """Serve with this certificate, or without any TLS, and demand one of the authority `asks_for`."""
    taken: list[bytes] = []
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"taken": taken}))
    if paper is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(paper.path, paper.key)
        context.maximum_version = newest
        if asks_for is not None:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(asks_for.path)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield SecuredCad(server.server_address[1], taken)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
