"""The figures for another program: the same as on the board, in the words of the record's data."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.overview.figures import Figures
    from console.overview.signals import Signal


def as_json(figures: Figures, signals: Sequence[Signal], cad_name: str) -> dict[str, Any]:
    """Give the whole board; moments are UTC, lengths of time are seconds, times that nobody measured are null."""
    glance, hour = figures.glance, figures.hour
    return {
        "stand": _plain(glance.at),
        "seinen": [
            {"soort": each.kind, "tekst": each.words, "sinds": _plain(each.since), "meldingen": list(each.calls)}
            for each in signals
        ],
        "wacht": {
            "aantal": sum(each.count for each in glance.waiting),
            "sinds": _plain(min((each.since for each in glance.waiting), default=None)),
            "per_kanaal": {
                each.channel.value: {"aantal": each.count, "sinds": _plain(each.since), "spoed": each.urgent}
                for each in glance.waiting
            },
        },
        "in_behandeling": {"aantal": len(glance.held), "meldingen": _plain(glance.held)},
        "overleg": {"aantal": glance.asked_count, "vragen": _plain(glance.asked)},
        "prio1": {
            "zeker": _plain(figures.prio1.certain),
            "mogelijk": _plain(figures.prio1.possible),
            "onbekend": figures.prio1.unknown,
        },
        "onbevestigd": {"aantal": glance.dispatches_count, "inzetten": _plain(glance.dispatches)},
        "zonder_eenheid": {"aantal": glance.units_count, "inzetten": _plain(glance.units)},
        "terugbellen": {"te_laat": glance.call_backs_due, "beloftes": _plain(glance.call_backs)},
        "tijdvakken": _plain(figures.windows),
        "ophalingen": _plain(figures.pickups),
        "verbanden": _plain(figures.linked),
        "stijgend": _plain(figures.rising),
        "koppeling": {
            "cad": cad_name,
            "bereikbaar": glance.link.reachable,
            "sinds": _plain(glance.link.since),
            "gezien": _plain(glance.link.seen_at),
        },
        "laatste_uur": {
            "meldingen": hour.calls,
            "per_vijf_minuten": list(hour.rhythm),
            "aannemen": _plain(hour.taking),
            "besluiten": _plain(hour.deciding),
            "uitkomsten": {choice.value: count for choice, count in hour.outcomes},
            "afwijkingen": hour.deviations,
            "norm": _plain(figures.norm),
            "binnen_norm": hour.in_time,
            "aan_te_nemen": hour.to_take,
        },
    }


_KEYS = {
    "call_id": "melding",
    "owner": "behandelaar",
    "since": "sinds",
    "received_at": "binnen",
    "place": "plaats",
    "stale_since": "stil_sinds",
    "number": "nummer",
    "question": "vraag",
    "asked_at": "gevraagd_om",
    "asked_by": "gevraagd_door",
    "seen_by": "antwoordt",
    "priority": "prio",
    "state": "staat",
    "attempts": "pogingen",
    "next_attempt_at": "volgende_poging",
    "addition": "aanvulling",
    "at": "om",
    "agreed": "afspraak",
    "by": "uiterlijk",
    "kind": "soort",
    "said": "tekst",
    "noted_at": "vastgelegd",
    "count": "aantal",
    "calls": "meldingen",
    "towns": "plaatsen",
    "name": "naam",
    "now": "nu",
    "before": "eerder",
    "weeks": "weken",
    "middle": "midden",
    "longest": "langste",
}
"""A field whose name is not here is not given out."""


def _plain(value: object) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {_KEYS[each.name]: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
