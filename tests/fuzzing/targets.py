"""What is given any bytes at all, and what must hold of each: one target for every reader of what strangers write.

A target takes bytes and raises where something does not hold. Tests give it known bytes and chance every day; the
coverage-guided fuzzer of `make torture` looks for bytes that reach code which no others reached.
"""

from __future__ import annotations

import asyncio
import json
import random
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, Final

from console import classification, credentials, safe_text, settings
from console.cad import names
from console.cad import ticketscad as ticketscad_adapter
from console.cad.ticketscad_table import TicketsCadTableError, read_table
from console.cad.wire import Reply
from console.domain import ago, amounts, linking, moments, recognising
from console.intake.message import BadMessageError, read_call
from console.record.rows import to_text
from tests.cad import answers as cad_answers
from tests.cad.test_answers import ask_everything, ours, theirs
from tests.cad.test_ticketscad import TABLE_TEXT
from tests.intake.bodies import NOW, any_body
from tests.intake.oracle import judge
from tests.intake.rig import NOW_IN_MICROSECONDS, Rig

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.cad.peer import Cad
    from console.model import IncomingCall
    from tests.intake.oracle import Content

MOST_BYTES: Final = 4_096
_ROOT: Final = Path(__file__).resolve().parents[2]
_TODAY: Final = NOW.date()


@dataclass(frozen=True)
class Target:
    """A reader: how it is held, and what to begin with."""

    hold: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    words: tuple[str, ...] = ()
    """What its language is made of, to be put in by the fuzzer."""


class Intake:
    """The whole door, on a real record; begun when it is first asked."""

    def __init__(self) -> None:
        """Begin nothing yet."""
        self._rig: Rig | None = None

    def hold(self, body: bytes) -> None:
        """Every invariant of a body, the record included."""
        if self._rig is None:
            self._rig = Rig().__enter__()
        self._rig.body(body)

    def close(self) -> None:
        """Leave nothing behind."""
        rig, self._rig = self._rig, None
        if rig is not None:
            rig.__exit__(None, None, None)


INTAKE: Final = Intake()


def message(body: bytes) -> None:
    """The reader alone: it takes what the oracle takes, with the same content, and refuses the rest in Dutch."""
    verdict = judge(body, NOW_IN_MICROSECONDS)
    try:
        call = read_call(body, NOW)
    except BadMessageError as error:
        refused = error
    else:
        _is_what_was_told(call, verdict.content)
        return
    assert verdict.content is None, f"refused: {refused}"
    assert refused.status in verdict.statuses, (refused.status, verdict.statuses)
    assert refused.wrong.endswith("."), refused.wrong
    assert refused.remedy.endswith("."), refused.remedy


def _is_what_was_told(call: IncomingCall, content: Content | None) -> None:
    assert content is not None, "taken"
    read = (call.external_id, call.channel, call.number, call.name, call.location.address, call.first_words)
    told = (content.id, content.channel, content.number, content.name, content.address, content.first_words)
    assert read == told
    assert (call.location.lat, call.location.lon) == (content.lat, content.lon)
    assert (to_text(call.received_at), call.urgent) == (content.received_at, content.urgent)


def shown(data: bytes) -> None:
    """The display form: nothing that acts, within its limit, and the same again."""
    text, limit = _text(data), 100 + (data[0] if data else 0)
    for made in (safe_text.visible(text, limit), safe_text.one_line(text, limit)):
        assert len(made) <= limit
        acting = [each for each in made if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} and each != "\n"]
        assert not acting, acting
    assert safe_text.visible(safe_text.visible(text, limit), limit) == safe_text.visible(text, limit)
    assert "\n" not in safe_text.one_line(text, limit)


def recognised(data: bytes) -> None:
    """The note: what is recognised stands where it says, once each, at most so many."""
    text = _text(data)
    found = recognising.recognise(text, _TODAY)
    assert len(found) <= recognising.MOST
    assert [(each.start, each.end) for each in found] == sorted((each.start, each.end) for each in found)
    for each in found:
        assert 0 <= each.start < each.end <= len(text), each
        assert each.clue.text == text[each.start : each.end]
        assert each.clue.value
    assert recognising.clues_of_line(text, _TODAY) or not text.strip()
    for amount in amounts.amounts_in(text):
        assert 0 <= amount.start < amount.end <= len(text)
    for moment in moments.moments_in(text, _TODAY):
        assert 0 <= moment.start < moment.end <= len(text)
    cents = amounts.cents_of(text)
    assert cents is None or 0 <= cents < amounts.MOST_CENTS


def linked(data: bytes) -> None:
    """What calls share: each trace once, with a value and the words that it was read from."""
    text = _text(data)
    for read in (linking.find, linking.of_phone, linking.of_address, linking.of_iban, linking.of_domain,
                 linking.of_remote, linking.of_plate, linking.of_question):  # fmt: skip
        found = read(text)
        assert len({(each.kind, each.value) for each in found}) == len(found)
        assert all(each.value for each in found), found


def how_long_ago(data: bytes) -> None:
    """The quick entry: hours before the call, never after it, or a sentence."""
    try:
        found = ago.hours_before(_text(data), NOW)
    except ago.AgoError as error:
        refused = str(error)
    else:
        _is_before_the_call(found)
        return
    assert refused.endswith("."), refused


def _is_before_the_call(found: ago.Ago) -> None:
    assert found.read_back
    assert found.answer
    if found.hours is not None and found.moment is not None:
        assert found.hours >= 0
        assert found.moment <= NOW
        assert abs(found.hours - Decimal((NOW - found.moment) / timedelta(hours=1))) < Decimal("0.001")


def secret(data: bytes) -> None:
    """What can be a key can stand in a header; what cannot is refused without repeating it."""
    try:
        usable = credentials.usable(data, "plek")
    except credentials.CredentialError as error:
        refused = str(error)
    else:
        _can_stand_in_a_header(usable, data)
        return
    assert len(data) <= 12 or data.decode("latin-1") not in refused


def _can_stand_in_a_header(usable: str, data: bytes) -> None:
    assert usable.encode("latin-1") == data.rstrip(b"\r\n")
    assert usable.isprintable()
    assert not set(usable) & set(" \r\n")


def tables(data: bytes) -> None:
    """The tables and settings of a room: read, or refused with a sentence that names the file."""
    with NamedTemporaryFile(suffix=".toml") as file:
        path = Path(file.name)
        path.write_bytes(data)
        for read, refusals in _TABLES:
            said = _refusal(partial(read, path), refusals)
            assert said is None or str(path) in said, said


def _refusal(read: Callable[[], object], refusals: type[Exception]) -> str | None:
    try:
        read()
    except refusals as error:
        return str(error)
    return None


def _settings(path: Path) -> None:
    settings._apply(settings.Settings(home=path.parent), settings._read(path), where=str(path))


_TABLES: Final[tuple[tuple[Callable[[Path], object], type[Exception]], ...]] = (
    (read_table, TicketsCadTableError),
    (lambda path: names.tables_of(path, classification.classifications()), names.TableError),
    (classification.classifications.__wrapped__, classification.ClassificationError),
    (_settings, settings.SettingsError),
)


class OneAnswer:
    """A CAD that gives one answer to everything: the first byte is its status, the second whether it asks a pause."""

    def __init__(self, data: bytes) -> None:
        """Make the answer."""
        statuses = cad_answers._STATUSES
        status = statuses[data[0] % len(statuses)] if data and data[0] & 1 else 200
        pause = cad_answers._PAUSES[data[1] % len(cad_answers._PAUSES)] if len(data) > 1 and data[1] & 1 else None
        headers = {} if pause is None else {"retry-after": pause}
        self._reply = Reply(status, headers, data[2:], cad_answers.Line())  # type: ignore[arg-type]

    async def ask(self, *_: object, **__: object) -> Reply:
        """Answer."""
        return self._reply


def _answered(adapter: Callable[[Any], Cad], data: bytes) -> None:
    asyncio.run(ask_everything(adapter(OneAnswer(data)), len(data)))


def eido_answer(data: bytes) -> None:
    """What a CAD of our contract answers has a meaning and a text that is safe."""
    _answered(ours, data)


def ticketscad_answer(data: bytes) -> None:
    """What TicketsCAD answers has a meaning and a text that is safe."""
    soonest, every = ticketscad_adapter._SOONEST_QUESTION, ticketscad_adapter._TYPES_EVERY
    ticketscad_adapter._SOONEST_QUESTION = ticketscad_adapter._TYPES_EVERY = 0.0  # type: ignore[misc]
    try:
        _answered(theirs, data)
    finally:
        ticketscad_adapter._SOONEST_QUESTION, ticketscad_adapter._TYPES_EVERY = soonest, every  # type: ignore[misc]


def _text(data: bytes) -> str:
    """Any text, half characters too."""
    return data.decode("utf-8", "surrogateescape")


def _bodies(number: int) -> tuple[bytes, ...]:
    """Give good and nearly good bodies to begin with."""
    made = (any_body(random.Random(f"begin:{each}")) for each in range(1_000))
    return tuple(body for body in made if len(body) <= 600)[:number]


def _answers(bodies: tuple[Any, ...]) -> tuple[bytes, ...]:
    return tuple(status + json.dumps(body).encode() for body in bodies for status in (b"\x00\x00", b"\x03\x01"))


_JSON: Final = (
    *('"id"', '"channel"', '"number"', '"name"', '"location"', '"address"', '"lat"', '"lon"', '"first_words"'),
    *('"received_at"', '"spoed"', '"112"', '"0900-8844"', '"andere"', "true", "false", "null", "NaN", "Infinity"),
    *("2026-11-12T14:04:00Z", "+01:00", "\\u0000", "\\ud800", "\\udc00", "1e999", "-0.0", "\ufeff", "\u202e"),
)
_NOTES: Final = (
    b"Gebeld door 06-12345678 namens de bank, NL91ABNA0417164300, link hxxp://ing[.]nl.example/x?y gisteren 22:10",
    b"betaalde \xe2\x82\xac 1.250,50 en 0,5 btc naar bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq om kwart over drie",
    b"AnyDesk 123 456 789, mail jan(punt)b@voorbeeld.nl, kenteken 12-ABC-3, Brink 4, 9461 AS Gieten",
    "０６１２３４５６７８ ｗｗｗ．bank．nl 1\u200b2\u00ad3 e\u0301\u0301\u0301\u0301\u0301\u0301".encode(),
    b"0x52908400098527886E0F7030069857D2E4169EE7 @jan_b https://politie.nl 14 uur 12-11-2026 3u",
)
_AGO: Final = (
    *(b"20m", b"1,5u", b"1u30", b"3w", b"14:30", b"gisteren 22:10", b"ma 09:15", b"12-11 22:10", b"nu", b"o"),
    *(b"12-11-2026", b"29-2-24", b"2 uur geleden", b"zondag om 02:30", b"99999 jaar", b"eergisteren", b"29-10 02:30"),
)
_TABLE_TEXTS: Final = (
    TABLE_TEXT.encode(),
    (_ROOT / "console/cad/eido.toml").read_bytes(),
    (_ROOT / "console/classification.toml").read_bytes(),
    b'cad_url = "http://127.0.0.1:1"\ncad_soort = "eido"\noefening = "ja"\nverouderd_na_minuten = 30\n',
    b'telefoonlijst = {GMK = "0900"}\nseinen = {wacht = 60}\nmeldkamer = "mk.example"\nbewaren_dagen = 5\n',
    b"x = " + b"9" * 4_301,
    b"x = " + b"[" * 3_000,
    b"[" + b"a." * 1_500 + b"a]",
)

TARGETS: Final[dict[str, Target]] = {
    "ring": Target(INTAKE.hold, _bodies(60), _JSON),
    "message": Target(message, _bodies(60), _JSON),
    "safe_text": Target(shown, (*_NOTES, b"\x1b[2J\r\n\x9b", bytes(range(256)))),
    "recognising": Target(recognised, _NOTES, ("hxxps://", "[.]", "(at)", "bc1q", "NL91", "btc", "kwart over")),
    "linking": Target(linked, _NOTES, ("AnyDesk", "www.", "+31", "IBAN", "://", "xn--")),
    "ago": Target(how_long_ago, _AGO, ("gisteren", "uur", "geleden", "om ", "jaar")),
    "credentials": Target(secret, (b"sleutel-van-de-proef\n", b"a b", b"\xff", b"x" * 5_000)),
    "tables": Target(tables, _TABLE_TEXTS, ("[ernst]", "[soorten]", "[verkeer]", "[vormen]", "= {", '"""', "inf")),
    "eido_answer": Target(eido_answer, _answers(cad_answers.OURS)),
    "ticketscad_answer": Target(ticketscad_answer, _answers(cad_answers.TICKETSCAD)),
}
