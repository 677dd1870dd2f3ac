"""`meldkamer dossier opschonen`: destroys what is older than the terms; without --uitvoeren it only looks."""

from __future__ import annotations

import sys
import time
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from console.dossier.page import moment
from console.dossier.progress import Progress
from console.dossier.reading_room import opened
from console.record import engine
from console.record.purge import PAUSE, Plan, Purge, plan
from console.record.rows import to_time
from console.settings import SettingsError, own_file
from console.times import now

if TYPE_CHECKING:
    import argparse

    from console.dossier.reading_room import ReadingRoom
    from console.record import Home
    from console.settings import Settings

_SHOWN: Final = 10
_WAIT_MS: Final = 2000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what can be given on the command line."""
    parser.add_argument(
        "--uitvoeren", action="store_true", help="doe het; zonder dit ziet u alleen wat er zou gebeuren"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show what is too old, and destroy it when that was asked; the exit code."""
    keep, keep_reads = _terms(settings)
    with opened(settings) as room:
        moment_now = now()
        found = room.reader.ask(
            lambda connection: plan(
                connection, moment_now - timedelta(days=keep), moment_now - timedelta(days=keep_reads)
            )
        )
        _tell(found)
        if not arguments.uitvoeren:
            print("Er is niets vernietigd. Doe het met: meldkamer dossier opschonen --uitvoeren")
            return 0
        calls, reads = _destroy(room, found)
        home = room.home
    print(f"Vernietigd: {calls} meldingen en {reads} regels van het inzagelogboek. Het bewijs staat in het register.")
    _empty_log(home)
    return 0


def _terms(settings: Settings) -> tuple[int, int]:
    if settings.keep_days is None or settings.keep_reads_days is None:
        missing = [
            key
            for key, value in (
                ("bewaren_dagen", settings.keep_days),
                ("bewaren_leeslog_dagen", settings.keep_reads_days),
            )
            if value is None
        ]
        raise SettingsError(
            f"Er is geen bewaartermijn ingesteld ({', '.join(missing)}); er is niets vernietigd. "
            f"Vraag de privacyfunctionaris welke termijn geldt en zet die in {own_file(settings)}, "
            f"bijvoorbeeld: {missing[0]} = 30"
        )
    return settings.keep_days, settings.keep_reads_days


def _tell(found: Plan) -> None:
    newest = "-" if found.newest_audit is None else moment(to_time(found.newest_audit))
    print(f"Meldingen van voor {moment(found.before)}: {found.calls} te vernietigen", end="")
    print(f" ({found.oldest} tot en met {found.newest})." if found.calls else ".")
    print(f"Inzagelogboek van voor {moment(found.reads_before)}: {found.reads} regels te vernietigen.")
    print(f"De klok van deze computer: {moment(now())}. Nieuwste regel in het register: {newest}.")
    if found.unfinished:
        more = f" en {len(found.unfinished) - _SHOWN} andere" if len(found.unfinished) > _SHOWN else ""
        print(f"Te oud maar niet afgerond, dus niet vernietigd: {', '.join(found.unfinished[:_SHOWN])}{more}.")
        print("Rond deze eerst af in de console: besluit, reden of bericht ontbreekt nog.")


def _destroy(room: ReadingRoom, found: Plan) -> tuple[int, int]:
    purge = Purge(room.writer, room.who)
    calls = reads = 0
    progress = Progress("meldingen vernietigd")
    while step := purge.calls(found.before):
        calls += step
        progress.tell(calls, max(calls, found.calls))
        time.sleep(PAUSE)
    progress = Progress("regels van het inzagelogboek vernietigd")
    while step := purge.reads(found.reads_before):
        reads += step
        progress.tell(reads, max(reads, found.reads))
        time.sleep(PAUSE)
    if calls or reads:
        purge.finish(found, calls, reads)
    purge.tidy()
    return calls, reads


def _empty_log(home: Home) -> None:
    """Write the log of changes into the file and cut it: what was destroyed still stood in there."""
    with closing(engine.connect(home.database)) as connection:
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}").fetchone()
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if busy:
        print(
            "Een ander programma leest nog, dus het logbestand is nog niet leeg. "
            "Wat vernietigd is, kan daar nog in staan; doe het later nog eens.",
            file=sys.stderr,
        )
