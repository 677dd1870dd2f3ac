"""A secured link: what a wrong certificate of theirs or ours comes to, against a real HTTPS server."""

from __future__ import annotations

import asyncio
import logging
import ssl
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from console import credentials
from console.cad.adapters import choose
from console.cad.client import HttpCad
from console.cad.peer import Delivered, NoCad, NotDelivered, Unclear
from console.cad.ticketscad import TicketsCad
from console.cad.tls import Papers, TlsError, secure
from console.cad.wire import Patience
from console.settings import Settings
from tests.cad.certificates import DAY, OPENING_WORDS, Office, secured
from tests.cad.dispatches import dispatch
from tests.cad.test_ticketscad import WHOLE_TABLE_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from console.cad.peer import Outcome
    from tests.cad.certificates import SecuredCad

NOW = datetime.now(UTC)
QUICK = Patience(connect=2.0, send=2.0, ask=2.0)
BOTH_VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture
def open_things() -> Iterator[ExitStack]:
    with ExitStack() as things:
        yield things


async def sent(peer: SecuredCad, papers: Papers, url: str = "") -> Outcome:
    tls = secure(papers, NOW)
    async with HttpCad(url or peer.url, "mk.example", name="GMS", patience=QUICK, tls=tls) as cad:
        return await cad.send(dispatch())


def said(outcome: Outcome) -> str:
    assert isinstance(outcome, NotDelivered), outcome
    assert outcome.error.startswith("GMS: geen veilige verbinding, ")
    return outcome.error


@pytest.mark.parametrize("version", BOTH_VERSIONS)
async def test_a_dispatch_goes_over_a_link_that_both_sides_proved(office: Office, version: ssl.TLSVersion) -> None:
    ours = office.issue("meldkamer")
    with secured(office.issue(), asks_for=office.own, newest=version) as peer:
        assert await sent(peer, Papers(office.own.path, ours.path, ours.key)) == Delivered("CAD-1")
        assert len(peer.taken) == 1


async def test_a_key_that_is_encrypted_opens_with_its_credential(office: Office) -> None:
    ours = office.issue("meldkamer", encrypted=True)
    papers = Papers(office.own.path, ours.path, ours.key)
    tls = secure(papers, NOW, lambda name: OPENING_WORDS.decode() if name == "cad_sleutel_wachtwoord" else None)
    with secured(office.issue(), asks_for=office.own) as peer:
        async with HttpCad(peer.url, "mk.example", name="GMS", patience=QUICK, tls=tls) as cad:
            assert await cad.trouble() == ""


@pytest.mark.parametrize(
    ("name", "start", "end", "why", "mends"),
    [
        ("elders.example", -DAY, DAY, "van een ander adres", "cad_url"),
        ("localhost", -2 * DAY, -DAY, "is verlopen", "beheerder van het CAD"),
        ("localhost", DAY, 2 * DAY, "geldt nog niet", "klok"),
    ],
)
async def test_a_certificate_of_theirs_that_is_wrong_is_named(
    office: Office, name: str, start: timedelta, end: timedelta, why: str, mends: str
) -> None:
    with secured(office.issue(name, start=start, end=end)) as peer:
        error = said(await sent(peer, Papers(office.own.path)))
        assert why in error
        assert mends in error
        assert peer.taken == []


async def test_an_authority_that_is_not_ours_is_not_trusted(tmp_path: Path, office: Office) -> None:
    (tmp_path / "ander").mkdir()
    other = Office(tmp_path / "ander", "ander")
    for shown in (other.issue(), other.own):
        with secured(shown) as peer:
            assert "Zet cad_ca" in said(await sent(peer, Papers(office.own.path)))
            assert peer.taken == []
    with secured(office.issue()) as peer:
        async with HttpCad(peer.url, "mk.example", name="GMS", patience=QUICK) as cad:
            assert "Zet cad_ca" in await cad.trouble()


@pytest.mark.parametrize("version", BOTH_VERSIONS)
async def test_a_cad_that_demands_our_certificate_says_so_and_took_nothing(
    office: Office, version: ssl.TLSVersion
) -> None:
    """With TLS 1.3 it says so only after the dispatch was sent to it; it is still certain that it was not read."""
    with secured(office.issue(), asks_for=office.own, newest=version) as peer:
        outcome = await sent(peer, Papers(office.own.path))
        assert peer.taken == []
    assert isinstance(outcome, NotDelivered | Unclear), outcome
    assert "certificaat van ons" in outcome.error
    assert "cad_certificaat" in outcome.error


@pytest.mark.parametrize("version", BOTH_VERSIONS)
async def test_a_certificate_of_ours_that_they_do_not_trust_is_said(
    tmp_path: Path, office: Office, version: ssl.TLSVersion
) -> None:
    (tmp_path / "ander").mkdir()
    ours = Office(tmp_path / "ander", "ander").issue("meldkamer")
    with secured(office.issue(), asks_for=office.own, newest=version) as peer:
        outcome = await sent(peer, Papers(office.own.path, ours.path, ours.key))
        assert peer.taken == []
    assert isinstance(outcome, NotDelivered | Unclear), outcome
    assert "cad_certificaat" in outcome.error


async def test_a_port_without_tls_is_said(office: Office) -> None:
    with secured(None) as peer:
        error = said(await sent(peer, Papers(office.own.path)))
        assert "poortnummer in cad_url" in error
        assert peer.taken == []


async def test_an_answer_of_tls_on_a_plain_address_is_not_believed(office: Office) -> None:
    with secured(office.issue()) as peer:
        async with HttpCad(peer.url.replace("https", "http"), "mk.example", name="GMS", patience=QUICK) as cad:
            assert await cad.send(dispatch()) == Unclear("GMS brak de verbinding af")
        assert peer.taken == []


async def test_the_first_answer_that_breaks_off_makes_one_think_of_certificates(office: Office) -> None:
    """A server that cuts without a word may have wanted a certificate; after one good answer it surely did not."""
    shown = office.issue()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown.path, shown.key)
    receipt = b'HTTP/1.1 202 X\r\nContent-Length: 22\r\nConnection: close\r\n\r\n{"reference": "CAD-1"}'
    answers = [b"", b"", receipt, b""]  # the first is asked how it is

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answers.pop(0))
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    url = f"https://localhost:{server.sockets[0].getsockname()[1]}"
    tls = secure(Papers(office.own.path), NOW)
    async with server, HttpCad(url, "mk.example", name="GMS", patience=QUICK, tls=tls) as cad:
        first, second, third = [await cad.send(dispatch()) for _ in range(3)]
    assert isinstance(first, Unclear)
    assert "Zet cad_certificaat" in first.error
    assert second == Delivered("CAD-1")
    assert third == Unclear("GMS brak de verbinding af")


def wrong(papers: Papers, opens: str | None = None) -> str:
    with pytest.raises(TlsError) as refused:
        secure(papers, NOW, lambda _: opens)
    assert OPENING_WORDS.decode() not in str(refused.value)
    return str(refused.value)


def test_each_file_that_cannot_be_used_is_named_with_why_and_what_mends_it(tmp_path: Path, office: Office) -> None:
    ours, other = office.issue("meldkamer"), office.issue("ander")
    good = Papers(office.own.path, ours.path, ours.key)
    nothing, folder, text = tmp_path / "weg.pem", tmp_path / "map", tmp_path / "tekst.pem"
    folder.mkdir()
    text.write_text("-----BEGIN CERTIFICATE-----\nnee\n-----END CERTIFICATE-----\n")
    text.chmod(0o600)
    for setting, field in (("cad_ca", "authority"), ("cad_certificaat", "certificate")):
        assert wrong(replace(good, **{field: nothing})) == (
            f"{setting} ({nothing}): dat bestand is er niet; verbeter de instelling, of zet het bestand daar"
        )
        assert "kan niet worden gelezen" in wrong(replace(good, **{field: folder}))
        assert "geen certificaat in PEM" in wrong(replace(good, **{field: text}))
        stale = office.issue("oud", start=-3 * DAY, end=-DAY)
        assert f"{setting} ({stale.path}): verlopen op " in wrong(replace(good, **{field: stale.path}))
        early = office.issue("vroeg", start=DAY, end=3 * DAY)
        assert "geldt pas vanaf" in wrong(replace(good, **{field: early.path}))
    assert "dat bestand is er niet" in wrong(replace(good, key=nothing))
    assert "kan niet worden gelezen" in wrong(replace(good, key=folder))
    assert "geen bruikbare sleutel in PEM" in wrong(replace(good, key=text))
    assert "hoort niet bij het certificaat" in wrong(replace(good, key=other.key))
    assert "horen bij elkaar" in wrong(replace(good, key=None))
    assert "horen bij elkaar" in wrong(replace(good, certificate=None))


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644])
def test_a_key_that_everybody_can_read_is_refused_with_the_command_that_mends_it(office: Office, mode: int) -> None:
    ours = office.issue("meldkamer")
    ours.key.chmod(mode)
    assert f"chmod o= {ours.key}" in wrong(Papers(office.own.path, ours.path, ours.key))


def test_a_key_that_does_not_open_says_which_credential_it_wants(office: Office, tmp_path: Path) -> None:
    ours = office.issue("meldkamer", encrypted=True)
    papers = Papers(office.own.path, ours.path, ours.key)
    assert "meldkamer geheim zet cad_sleutel_wachtwoord" in wrong(papers)
    assert "het wachtwoord dat als cad_sleutel_wachtwoord is gezet" in wrong(papers, "mis")

    def unreadable(_name: str) -> str:
        raise credentials.CredentialError(f"{tmp_path} kan niet worden gelezen")

    with pytest.raises(TlsError, match="kan niet worden gelezen"):
        secure(papers, NOW, unreadable)


def test_what_cannot_be_used_is_what_the_screens_say(
    tmp_path: Path, office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    ours = office.issue("meldkamer", end=10 * DAY)
    (tmp_path / "t.toml").write_text(WHOLE_TABLE_TEXT)
    room = Settings(
        home=tmp_path,
        cad_url="https://cad.example",
        cad_authority=office.own.path,
        cad_certificate=ours.path,
        cad_certificate_key=ours.key,
    )
    with caplog.at_level(logging.WARNING):
        assert isinstance(choose(room), HttpCad)
        assert isinstance(choose(replace(room, cad_kind="ticketscad", cad_table=tmp_path / "t.toml")), TicketsCad)
    assert f"cad_certificaat ({ours.path}): verloopt op " in caplog.text
    plain = choose(replace(room, cad_url="http://cad.example"))
    stale = choose(replace(room, cad_authority=tmp_path / "weg"))
    assert isinstance(plain, NoCad)
    assert "https://" in plain.why
    assert isinstance(stale, NoCad)
    assert stale.why.startswith("cad_ca (")


async def test_a_redirect_takes_neither_the_key_nor_the_certificate_elsewhere(office: Office) -> None:
    ours = office.issue("meldkamer")
    tls = secure(Papers(office.own.path, ours.path, ours.key), NOW)
    with secured(office.issue()) as elsewhere:

        async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            head = f"HTTP/1.1 307 X\r\nLocation: {elsewhere.url}/v1/incidents\r\nContent-Length: 0\r\n\r\n"
            writer.write(head.encode())
            writer.close()

        server = await asyncio.start_server(redirect, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with server, HttpCad(url, "mk.example", name="GMS", token="geheim", patience=QUICK, tls=tls) as cad:
            assert isinstance(await cad.send(dispatch()), NotDelivered)
        assert elsewhere.taken == []
