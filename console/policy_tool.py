"""`meldkamer beleid`: check, activate, compare, replay and show a policy, for its owner and for automatic checks.

Exit 0 when all is well, 1 when a check found something or an activation was refused, 2 when the question is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import triage_rules
from console import policy_shelf
from console.dutch_errors import in_dutch
from console.exit_codes import WRONG_USE
from console.printing import as_json
from triage_rules import Policy, PolicyError
from triage_rules.comparing import Recorded
from triage_rules.compiling import confirmed

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from triage_rules.comparing import Comparison, Replayed
    from triage_rules.gate import Gate
    from triage_rules.verifying import Finding, Report

FOUND = 1
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Room:
    """What the tool needs of the room it works in.

    `folder` is where the room keeps its policies (`policy_shelf`); `announce` puts an activation in the audit, given
    the old and the new policy; `decisions` reads the recorded decisions, oldest first; `today` is the day it is here.
    """

    folder: Path
    announce: Callable[[Policy, Policy], None]
    decisions: Callable[[], Iterable[Recorded]]
    today: date


def add_arguments(parser: ArgumentParser) -> None:
    """What `meldkamer beleid` takes on the command line."""
    actions = parser.add_subparsers(dest="actie", required=True, metavar="ACTIE")
    check = actions.add_parser("controleer", help="bewijs dat een beleid klopt; stelt ontbrekende voorbeelden voor")
    check.add_argument("bestand", nargs="?", type=Path, help="map of bestand; zonder: het actieve beleid")
    activate = actions.add_parser("activeer", help="neem een beleid in gebruik voor nieuwe meldingen")
    activate.add_argument("bestand", type=Path)
    compare = actions.add_parser("vergelijk", help="wat er verandert tussen twee versies, over alle antwoorden")
    compare.add_argument("oud", type=Path)
    compare.add_argument("nieuw", type=Path)
    again = actions.add_parser("naspelen", help="wat een beleid van de genomen besluiten had gezegd")
    again.add_argument("bestand", type=Path)
    for action in (check, compare, again):
        action.add_argument("--json", action="store_true", help="uitvoer als JSON")
    show = actions.add_parser("toon", help="het beleid als leesbare tabellen, een per vorm")
    show.add_argument("bestand", nargs="?", type=Path)
    show.add_argument("--als", choices=["markdown", "csv"], default="markdown")
    build = actions.add_parser("compileer", help="maak het bestand dat de console laadt")
    build.add_argument("bestand", type=Path)
    build.add_argument("doel", type=Path)
    actions.add_parser("schema", help="het JSON-schema van een beleid, voor editors")


def run(arguments: Namespace, room: Room) -> int:
    """Do what was asked on the command line; returns the exit status."""
    actions: dict[str, Callable[[Namespace, Room], int]] = {
        "controleer": _check,
        "activeer": _activate,
        "vergelijk": _compare,
        "naspelen": _replay,
        "toon": _show,
        "compileer": _build,
        "schema": _schema,
    }
    try:
        return actions[arguments.actie](arguments, room)
    except PolicyError as fault:
        print(fault, file=sys.stderr)
        return WRONG_USE
    except OSError as fault:
        print(f"{fault.filename}: {in_dutch(fault)}.", file=sys.stderr)
        return WRONG_USE


def read(path: Path | None, room: Room) -> Policy:
    """The policy at a path, as YAML or compiled; without a path the active one. Raises PolicyError.

    A compiled file is compiled again, so that nothing is checked or activated but what its rules say.
    """
    if path is None:
        return policy_shelf.active(room.folder)
    if path.suffix == ".json":
        return confirmed(triage_rules.load(path), path.name)
    return triage_rules.read_pack(path)


# -- controleer


def _check(arguments: Namespace, room: Room) -> int:
    try:
        policy = read(arguments.bestand, room)
    except PolicyError as fault:
        if arguments.json:
            _print_json(
                {"in_orde": False, "fout": {"tekst": fault.message, "bestand": fault.file, "regel": fault.line}}
            )
        else:
            print(fault)
        return FOUND
    report, gate = checked(policy)
    if arguments.json:
        _print_json(_report_as_data(policy, report, gate))
    else:
        print("\n".join(_report_as_text(policy, report, gate)))
    return 0 if report.sound and not gate.findings else FOUND


def checked(policy: Policy) -> tuple[Report, Gate]:
    """Everything that is checked before a policy is used."""
    from triage_rules.gate import gate  # noqa: PLC0415 - the tool starts fast for its other actions
    from triage_rules.proving import Proof  # noqa: PLC0415
    from triage_rules.verifying import verify  # noqa: PLC0415

    proof = Proof(policy)
    return verify(policy, proof), gate(policy, proof)


def _report_as_text(policy: Policy, report: Report, gate: Gate) -> list[str]:
    lines = [f"Beleid {policy.id} {policy.version} ({policy.status}), eigenaar {policy.owner}"]
    lines.append(f"kenmerk tekst {policy.text_hash[:12]}, kenmerk betekenis {policy.meaning_hash[:12]}")
    lines.append(f"{report.rules} regels, {gate.examples} voorbeelden, {report.assumptions} aannames zonder bron")
    lines.append(f"{len(report.overlaps)} paren regels kunnen samen opgaan; de meest urgente wint.")
    lines += [f"FOUT  {finding.check}: {finding.text}" for finding in (*report.findings, *gate.findings)]
    lines += [f"let op  {notice.check}: {notice.text}" for notice in report.notices]
    if gate.proposals:
        from triage_rules.gate import as_yaml  # noqa: PLC0415

        lines += ["", "Voorgestelde grensgevallen; zet ze in het beleid als de uitkomst klopt:", ""]
        lines.append(as_yaml(gate.proposals))
    total = len(report.findings) + len(gate.findings)
    lines.append("In orde." if total == 0 else f"Niet in orde: {total} {'fout' if total == 1 else 'fouten'}.")
    return lines


def _report_as_data(policy: Policy, report: Report, gate: Gate) -> dict[str, Any]:
    return {
        "in_orde": report.sound and not gate.findings,
        "beleid": _stamp(policy),
        "regels": report.rules,
        "voorbeelden": gate.examples,
        "aannames": report.assumptions,
        "overlap": [list(pair) for pair in report.overlaps],
        "fouten": [_finding(each) for each in (*report.findings, *gate.findings)],
        "let_op": [_finding(each) for each in report.notices],
        "voorstellen": [
            {"id": each.id, "toont": each.why, "antwoorden": dict(each.answers), "verwacht": each.expected}
            for each in gate.proposals
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {"controle": finding.check, "over": finding.about, "tekst": finding.text}
    if finding.story is not None:
        data |= {"melding": dict(finding.story.answers), "uitkomst": finding.outcome}
    return data


def _stamp(policy: Policy) -> dict[str, str]:
    return {
        "id": policy.id,
        "versie": policy.version,
        "status": policy.status,
        "tekst": policy.text_hash,
        "betekenis": policy.meaning_hash,
    }


# -- activeer


def _activate(arguments: Namespace, room: Room) -> int:
    policy = read(arguments.bestand, room)
    refusal = refused(policy, room.today)
    if refusal:
        print("Niet geactiveerd.\n" + "\n".join(refusal), file=sys.stderr)
        return FOUND
    policy_shelf.activate(room.folder, policy, room.announce)
    print(f"Actief voor nieuwe meldingen: {policy.id} {policy.version} ({policy.text_hash[:12]}).")
    print("Lopende meldingen houden het beleid waaronder ze begonnen.")
    return 0


def refused(policy: Policy, today: date) -> list[str]:
    """Why a policy may not become active, in sentences; empty when it may."""
    reasons = []
    if policy.status != "vastgesteld":
        reasons.append(f"De status is '{policy.status}'; alleen een vastgesteld beleid kan actief worden.")
    if policy.valid_from > today.isoformat():
        reasons.append(f"Dit beleid geldt pas vanaf {policy.valid_from}.")
    report, gate = checked(policy)
    reasons += [f"{finding.check}: {finding.text}" for finding in (*report.findings, *gate.findings)]
    return reasons


# -- vergelijk


def _compare(arguments: Namespace, room: Room) -> int:
    from triage_rules.comparing import compare  # noqa: PLC0415

    old, new = read(arguments.oud, room), read(arguments.nieuw, room)
    found = compare(old, new)
    if arguments.json:
        _print_json(_comparison_as_data(old, new, found))
    else:
        print("\n".join(_comparison_as_text(old, new, found)))
    return 0


def _comparison_as_text(old: Policy, new: Policy, found: Comparison) -> list[str]:
    lines = [f"{old.id} {old.version} ({old.text_hash[:12]}) -> {new.id} {new.version} ({new.text_hash[:12]})"]
    share = found.changed / found.sets
    lines.append(
        f"{_thousands(found.changed)} van {_thousands(found.sets)} antwoordsets veranderen ({_percent(share)})."
    )
    for cell in found.cells:
        lines += [
            "",
            (
                f"{cell.before.short} -> {cell.after.short}: {_thousands(cell.sets)} sets ({_percent(cell.share)}),"
                f" naar verwachting {_percent(cell.likely)} van de meldingen"
            ),
            f"  {cell.story.text}.",
            (
                f"  {cell.before.short} door {', '.join(cell.rules_before)};"
                f" {cell.after.short} door {', '.join(cell.rules_after)}"
            ),
        ]
    if found.flips:
        lines += ["", "Voorbeelden die omslaan:"]
        lines += [f"  {flip.id}: {flip.before} -> {flip.after}  {flip.caller}" for flip in found.flips]
    for word, parts in (("Nieuw", found.added), ("Vervallen", found.lost)):
        lines += [f"{word}, {kind}: {', '.join(names)}" for kind, names in parts.items()]
    return lines


def _percent(share: float) -> str:
    return f"{share:.3%}".replace(".", ",")


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _comparison_as_data(old: Policy, new: Policy, found: Comparison) -> dict[str, Any]:
    return {
        "oud": _stamp(old),
        "nieuw": _stamp(new),
        "sets": found.sets,
        "veranderd": found.changed,
        "veranderingen": [
            {
                "van": cell.before.id,
                "naar": cell.after.id,
                "sets": cell.sets,
                "aandeel": cell.share,
                "verwacht_aandeel": cell.likely,
                "melding": dict(cell.story.answers),
                "tekst": cell.story.text,
                "regels_oud": list(cell.rules_before),
                "regels_nieuw": list(cell.rules_after),
            }
            for cell in found.cells
        ],
        "voorbeelden": [{"id": flip.id, "van": flip.before, "naar": flip.after} for flip in found.flips],
        "nieuw_erbij": {kind: list(names) for kind, names in found.added.items()},
        "vervallen": {kind: list(names) for kind, names in found.lost.items()},
    }


# -- naspelen


def _replay(arguments: Namespace, room: Room) -> int:
    from triage_rules.comparing import replay  # noqa: PLC0415

    policy = read(arguments.bestand, room)
    seen, changed, unfit = 0, [], []
    for each in replay(policy, room.decisions()):
        seen += 1
        if each.problem:
            unfit.append(each)
        elif each.changed:
            changed.append(each)
    if arguments.json:
        _print_json(
            {
                "beleid": _stamp(policy),
                "besluiten": seen,
                "veranderd": [_replayed(each) for each in changed],
                "past_niet": [{"besluit": each.decision.id, "reden": each.problem} for each in unfit],
            }
        )
    else:
        print(f"{seen} besluiten nagespeeld onder {policy.id} {policy.version}; {len(changed)} anders.")
        for each in changed[:_SHOWN]:
            before = _interval(each.decision.at_least, each.decision.at_most)
            after = f"{_interval(each.at_least, each.at_most)} ({', '.join(each.rules)})"
            print(f"  besluit {each.decision.id}: {before} -> {after}; gekozen is {each.decision.choice}")
        if len(changed) > _SHOWN:
            print(f"  en {len(changed) - _SHOWN} andere (--json geeft ze alle)")
        for each in unfit[:_SHOWN]:
            print(f"  besluit {each.decision.id} past niet: {each.problem}")
    return 0


def _replayed(each: Replayed) -> dict[str, Any]:
    return {
        "besluit": each.decision.id,
        "was": {"at_least": each.decision.at_least, "at_most": each.decision.at_most},
        "wordt": {"at_least": each.at_least, "at_most": each.at_most},
        "regels": list(each.rules),
        "gekozen": each.decision.choice,
    }


def _interval(least: str, most: str) -> str:
    return least if least == most else f"{least} tot {most}"


# -- toon, compileer, schema


def _show(arguments: Namespace, room: Room) -> int:
    from triage_rules.tables import as_csv, as_markdown  # noqa: PLC0415

    policy = read(arguments.bestand, room)
    sys.stdout.write(as_csv(policy) if arguments.als == "csv" else as_markdown(policy))
    return 0


def _build(arguments: Namespace, _room: Room) -> int:
    policy = triage_rules.compile_pack(arguments.bestand, arguments.doel)
    print(f"{arguments.doel}: {policy.id} {policy.version} ({policy.text_hash[:12]})")
    return 0


def _schema(_arguments: Namespace, _room: Room) -> int:
    from triage_rules.schema import for_editors  # noqa: PLC0415

    _print_json(for_editors())
    return 0


def _print_json(data: dict[str, Any]) -> None:
    print(as_json(data))
