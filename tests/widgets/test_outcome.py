"""How a dispatch stands, in words: every state has its own, none is hidden, nobody is promised before it is sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.model import (
    Bounds,
    CallFile,
    Channel,
    Choice,
    Decision,
    Delivery,
    DeliveryState,
    Facts,
    IncomingCall,
    KnownDetail,
    Link,
    Location,
    PassedOn,
    PolicyStamp,
    Stage,
    Suggestion,
    UnitStatus,
)
from console.texts.nl.terms import ARRANGING, CLOSING, DELIVERY
from console.widgets.outcome import also_in_the_cad, outcome_words, reason_missing, to_pass_on

AT = datetime(2026, 3, 2, 13, 5, 12, tzinfo=UTC)
"""14:05:12 in the Netherlands."""
UP = Link(reachable=True, since=AT, seen_at=AT)
DOWN = Link(reachable=False, since=AT, seen_at=AT, error="geen verbinding.")
SILENT = Link(None, None, None)


def later(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


def decision(number: int = 1, choice: Choice = Choice.PRIO1, *, deviates: bool = False) -> Decision:
    sure = Bounds(choice.value, choice.value)
    return Decision(
        number,
        "26-0001",
        AT,
        "j.devries",
        choice,
        PolicyStamp("tpdc", "1.0", "a", "b"),
        {},
        Suggestion(sure, sure, ()),
        deviates=deviates,
        reason=None,
        message_id=f"m{number}" if choice.priority else None,
    )


READY = DeliveryState("m1", "26-0001", 1, Delivery.READY, AT)
SENT = replace(READY, state=Delivery.SENT, attempts=1, sent_at=later(1))
DELIVERED = replace(SENT, state=Delivery.DELIVERED, delivered_at=later(2), cad_reference="CAD-7")
ACCEPTED = replace(DELIVERED, state=Delivery.ACCEPTED, answered_at=later(3))
REFUSED = replace(SENT, state=Delivery.REFUSED, answered_at=later(3), reason="geen plaats\x1b[2J")
UNCLEAR = replace(SENT, state=Delivery.UNCLEAR, reason="geen antwoord")
BY_HAND = replace(READY, state=Delivery.BY_HAND, answered_at=later(9))
TOO_OLD = replace(READY, state=Delivery.TOO_OLD)
DROPPED = replace(READY, state=Delivery.DROPPED, answered_at=later(9), reason="al geholpen\x1b[2J")
EVERY = {each.state: each for each in (READY, SENT, DELIVERED, ACCEPTED, REFUSED, UNCLEAR, BY_HAND, TOO_OLD, DROPPED)}


def file(*deliveries: DeliveryState, decisions: tuple[Decision, ...] | None = None) -> CallFile:
    incoming = IncomingCall("x", Channel.EMERGENCY, "06-1", "mw. Jansen", Location("Brink 4"), "", AT)
    made = (decision(),) if decisions is None else decisions
    return CallFile("26-0001", incoming, Stage.DECIDED, "a", AT, 1, Facts(), {}, "", made, deliveries)


def said(call: CallFile, *, link: Link = UP, after: float = 5) -> list[str]:
    if link in {UP, DOWN}:
        link = replace(link, seen_at=later(after))
    return [words.text for words in outcome_words(call, link=link, cad_name="GMS", moment=later(after))]


def told(call: CallFile, *, link: Link = UP, after: float = 5) -> str:
    return " ".join(said(call, link=link, after=after))


def test_every_state_is_tried_here() -> None:
    assert set(EVERY) == set(Delivery)


def test_before_a_decision_nothing_is_said() -> None:
    assert said(file(decisions=())) == []


def test_the_decision_comes_first_with_who_and_when() -> None:
    assert said(file(READY))[0] == "Eenheid ter plaatse, prio 1 (spoed) (j.devries, 14:05)"


@pytest.mark.parametrize(
    ("state", "road"),
    [
        (Delivery.READY, "klaargezet 14:05:12"),
        (Delivery.SENT, "klaargezet 14:05:12, verzonden 14:05:13"),
        (Delivery.DELIVERED, "klaargezet 14:05:12, verzonden 14:05:13, afgeleverd 14:05:14"),
        (Delivery.ACCEPTED, "klaargezet 14:05:12, verzonden 14:05:13, afgeleverd 14:05:14, bevestigd 14:05:15"),
        (Delivery.REFUSED, "klaargezet 14:05:12, verzonden 14:05:13, GEWEIGERD 14:05:15"),
        (Delivery.UNCLEAR, "klaargezet 14:05:12, verzonden 14:05:13, ONDUIDELIJK"),
        (Delivery.BY_HAND, "klaargezet 14:05:12, met de hand doorgegeven 14:05:21"),
        (Delivery.TOO_OLD, "klaargezet 14:05:12, VEROUDERD"),
        (Delivery.DROPPED, "klaargezet 14:05:12, niet meer nodig 14:05:21"),
    ],
)
def test_every_step_of_the_road_is_a_word_with_its_time(state: Delivery, road: str) -> None:
    assert said(file(EVERY[state]))[1] == f"GMS prio 1: {road}"


@pytest.mark.parametrize(
    ("state", "to_do"),
    [
        (Delivery.READY, "De inzet is vastgelegd en gaat nu weg (0:05)."),
        (Delivery.SENT, "De inzet is verzonden; GMS antwoordt nog niet (0:05)."),
        (Delivery.DELIVERED, "Wacht op antwoord van GMS, 0:05."),
        (
            Delivery.REFUSED,
            (
                "GMS weigert. Geef de inzet nu door per telefoon of portofoon, en leg dat vast met F10. Reden: "
                "geen plaats�[2J."
            ),
        ),
        (
            Delivery.UNCLEAR,
            "Onduidelijk of GMS de inzet heeft. Bel de uitgifte, vraag het na, en leg wat u doorgeeft vast met F10.",
        ),
        (Delivery.TOO_OLD, "Te lang niet bezorgd: de inzet gaat niet meer vanzelf weg. Bel de uitgifte"),
        (Delivery.DROPPED, "Niet verstuurd, niet meer nodig: al geholpen�[2J"),
    ],
)
def test_what_is_not_settled_says_what_to_do(state: Delivery, to_do: str) -> None:
    assert to_do in told(file(EVERY[state]))


@pytest.mark.parametrize("state", [Delivery.ACCEPTED, Delivery.BY_HAND])
def test_what_is_settled_asks_nothing_even_with_the_link_down(state: Delivery) -> None:
    words = told(file(EVERY[state]), link=DOWN, after=600)
    assert "BEL NU" not in words
    assert "F10" not in words
    assert "niet bereikbaar" not in words


@pytest.mark.parametrize("state", list(Delivery))
def test_police_are_promised_only_when_somebody_confirmed_it(state: Delivery) -> None:
    words = said(file(EVERY[state]))
    sure = state in {Delivery.ACCEPTED, Delivery.BY_HAND}
    assert (CLOSING[Choice.PRIO1] in words) is sure
    assert (ARRANGING in words) is not (sure or state is Delivery.DROPPED)


def test_what_may_have_left_before_it_grew_too_old_says_so() -> None:
    assert "Misschien is die er al" in told(file(replace(TOO_OLD, attempts=1)))
    assert "Misschien" not in told(file(TOO_OLD))


def test_a_choice_without_a_unit_says_its_own_closing() -> None:
    words = said(file(decisions=(decision(choice=Choice.ONLINE),)))
    assert words == [
        "Online aangifte (j.devries, 14:05)",
        CLOSING[Choice.ONLINE],
    ]


def test_a_later_choice_hides_no_earlier_dispatch() -> None:
    second = replace(UNCLEAR, message_id="m2", priority=2, created_at=later(60))
    made = (decision(1), decision(2, Choice.PRIO2), decision(3, Choice.ADVICE))
    words = said(file(REFUSED, second, decisions=made), after=62)
    roads = [line for line in words if line.startswith("GMS prio")]
    assert roads == [
        "GMS prio 2: klaargezet 14:06:12, verzonden 14:05:13, ONDUIDELIJK",
        "GMS prio 1: klaargezet 14:05:12, verzonden 14:05:13, GEWEIGERD 14:05:15",
    ]
    assert words[0].startswith("Advies, geen vervolg")
    assert words[-1] == CLOSING[Choice.ADVICE]


def test_the_promise_follows_the_dispatch_of_the_latest_decision() -> None:
    second = replace(READY, message_id="m2", priority=2)
    made = (decision(1), decision(2, Choice.PRIO2))
    assert said(file(ACCEPTED, second, decisions=made))[-1] == ARRANGING
    assert said(file(REFUSED, replace(second, state=Delivery.ACCEPTED), decisions=made))[-1] == CLOSING[Choice.PRIO2]


@pytest.mark.parametrize(
    ("delivery", "link", "after", "call_now"),
    [
        (READY, DOWN, 0, True),
        (READY, UP, 29.9, False),
        (READY, UP, 30, True),
        (READY, SILENT, 0, True),
        (READY, replace(UP, seen_at=AT - timedelta(seconds=20)), 0, True),
        (replace(READY, priority=2), SILENT, 0, False),
        (replace(SENT, reason="GMS gaf 503"), UP, 0, True),
        (DELIVERED, UP, 29, False),
        (DELIVERED, UP, 30, True),
        (DELIVERED, DOWN, 0, True),
        (replace(READY, priority=2), DOWN, 0, False),
        (replace(READY, priority=2), DOWN, 30, True),
        (replace(READY, priority=3), DOWN, 29, False),
    ],
)
def test_call_now_at_once_for_prio_1_with_the_link_down_else_after_half_a_minute(
    delivery: DeliveryState, link: Link, after: float, call_now: bool
) -> None:
    assert ("BEL NU de uitgifte" in told(file(delivery), link=link, after=after)) is call_now


def test_a_link_that_is_down_says_why_once() -> None:
    assert "geen verbinding. De inzet is vastgelegd" in told(file(READY), link=DOWN)
    failed = replace(SENT, reason="GMS gaf 503.")
    assert "GMS gaf 503. De inzet" in told(file(failed), link=DOWN)
    assert "GMS is niet bereikbaar. De inzet" in told(file(READY), link=replace(DOWN, error=""))


def test_a_send_that_failed_is_not_called_sent() -> None:
    failed = replace(SENT, reason="geen verbinding")
    assert said(file(failed))[1] == "GMS prio 1: klaargezet 14:05:12"
    assert "verzonden" in said(file(replace(failed, state=Delivery.DELIVERED, delivered_at=later(4))))[1]


@pytest.mark.parametrize("state", [DELIVERED, ACCEPTED])
def test_what_the_cad_did_to_a_dispatch_that_it_stored_is_shown(state: DeliveryState) -> None:
    remarked = replace(state, reason="ingekort: naam\x1b[2J")
    assert "ingekort: naam" in told(file(remarked))
    assert "\x1b" not in told(file(remarked))


def test_why_it_is_unclear_is_shown() -> None:
    assert "geen antwoord" in told(file(UNCLEAR))


def test_the_number_in_the_cad_is_shown() -> None:
    assert "Nummer in GMS: CAD-7" in said(file(ACCEPTED))


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (UnitStatus.ASSIGNED, "gekoppeld"),
        (UnitStatus.EN_ROUTE, "aanrijdend"),
        (UnitStatus.ON_SCENE, "ter plaatse"),
        (UnitStatus.CLOSED, "afgesloten"),
    ],
)
def test_the_call_sign_is_shown_and_said_to_the_caller_until_the_unit_is_done(status: UnitStatus, word: str) -> None:
    words = said(file(replace(ACCEPTED, unit="2101\x07", unit_status=status, unit_status_at=later(60))))
    assert f"Eenheid 2101�: {word} 14:06" in words
    spoken = "Zeg: “De agenten komen met 2101�. Twijfelt u? Bel 112 ter controle.”"
    assert (spoken in words) is (status is not UnitStatus.CLOSED)
    still_coming = status in {UnitStatus.ASSIGNED, UnitStatus.EN_ROUTE}
    assert (CLOSING[Choice.PRIO1] in words) is still_coming


def test_a_deviation_asks_for_its_reason_until_it_is_given() -> None:
    first, second = decision(1, deviates=True), decision(2, Choice.ADVICE, deviates=True)
    asked = "Waarom wijkt u af? Geef de reden met F7."
    assert asked in said(file(READY, decisions=(first, second)))
    assert reason_missing(file(decisions=(first, second))) == first
    given = replace(first, reason="indruk")
    assert reason_missing(file(decisions=(given, second))) == second
    assert reason_missing(file(decisions=(given, decision(3)))) is None
    assert asked not in said(file(READY, decisions=(given,)))


def test_what_can_be_passed_on_is_the_newest_that_is_not_settled() -> None:
    assert to_pass_on(file(ACCEPTED, BY_HAND)) is None
    assert to_pass_on(file()) is None
    refused, waiting = REFUSED, replace(READY, message_id="m2")
    assert to_pass_on(file(refused, waiting)) == waiting
    assert to_pass_on(file(refused, ACCEPTED)) == refused
    assert to_pass_on(file(UNCLEAR)) == UNCLEAR
    news = replace(READY, message_id="m9", adds_to="m1")
    assert to_pass_on(file(REFUSED, news)) == REFUSED
    assert to_pass_on(file(ACCEPTED, news)) == news


def test_every_state_has_a_word_of_its_own() -> None:
    assert len(set(DELIVERY.values())) == len(Delivery)


def test_an_addition_stands_under_its_dispatch_and_is_called_one() -> None:
    news = replace(READY, message_id="m9", adds_to="m1", created_at=later(30))
    second = replace(ACCEPTED, message_id="m2", priority=2)
    lines = said(file(ACCEPTED, second, news), after=31)
    roads = [line for line in lines if line.startswith("GMS ")]
    assert [road.partition(":")[0] for road in roads] == ["GMS prio 2", "GMS prio 1", "GMS aanvulling"]
    assert "De aanvulling is vastgelegd en gaat nu weg (0:01)." in lines
    assert "geef de aanvulling door" in told(file(ACCEPTED, news), after=70)
    refused = replace(news, state=Delivery.REFUSED, reason="vol")
    assert "GMS weigert. Geef de aanvulling nu door" in told(file(ACCEPTED, refused))


def test_the_control_word_and_the_expected_time_are_told_while_they_help() -> None:
    sure = replace(ACCEPTED, control_word="rode molen")
    assert "Zeg: “De agenten noemen “rode molen”. Twijfelt u? Bel 112 ter controle.”" in said(file(sure))
    coming = replace(sure, unit="NN 31.01", unit_status=UnitStatus.EN_ROUTE, expected_at=later(600))
    assert "Verwacht ter plaatse (volgens GMS): 14:15" in said(file(coming))
    assert "komen met NN 31.01 en noemen “rode molen”" in told(file(coming))
    there = replace(coming, unit_status=UnitStatus.ON_SCENE)
    assert "Verwacht" not in told(file(there))
    assert "noemen" not in told(file(replace(there, unit_status=UnitStatus.CLOSED)))
    assert "noemen" not in told(file(replace(sure, state=Delivery.DELIVERED)))


@pytest.mark.parametrize("state", [READY, REFUSED, UNCLEAR])
def test_who_passes_a_dispatch_on_by_voice_is_given_the_control_word(state: DeliveryState) -> None:
    word = "Geef ook het controlewoord door: “rode molen”."
    assert word in said(file(replace(state, control_word="rode molen")), after=70)
    assert "controlewoord" not in told(file(replace(state, control_word="")), after=70)
    news = replace(state, message_id="m9", adds_to="m1", control_word="rode molen")
    assert "controlewoord" not in told(file(ACCEPTED, news), after=70)


@pytest.mark.parametrize("state", [READY, REFUSED, UNCLEAR])
def test_who_passes_a_dispatch_on_by_voice_has_its_lines_to_read_out(state: DeliveryState) -> None:
    lines = ("PRIO 1 - BANKHELPDESK", "Brink 4 - mw. Jansen", "gevaar: nu\x1b[2J")
    open_one = replace(state, briefing=lines)
    shown = said(file(open_one), after=70)
    start = shown.index("Lees de inzet voor aan de uitgifte:")
    assert shown[start + 1 : start + 4] == [
        "- PRIO 1 - BANKHELPDESK",
        "- Brink 4 - mw. Jansen",
        "- gevaar: nu\ufffd[2J",
    ]
    news = replace(open_one, message_id="m9", adds_to="m1", briefing=("AANVULLING", "Spoor 1: kenteken"))
    assert "- Spoor 1: kenteken" in said(file(ACCEPTED, news), after=70)
    assert "Lees de" not in told(file(replace(ACCEPTED, briefing=lines)), after=70)


def test_what_goes_on_in_an_earlier_call_is_not_said_to_be_handed_to_somebody() -> None:
    call = file(decisions=(decision(choice=Choice.PASSED_ON),))
    noted = KnownDetail(1, PassedOn("eerdere melding", "26-0007"), AT, "j.devries")
    goes_on = told(replace(call, details=(noted,)))
    assert "Ga verder met melder in de eerdere melding 26-0007." in goes_on
    assert "collega" not in goes_on
    assert CLOSING[Choice.PASSED_ON] in told(call)
    assert CLOSING[Choice.PASSED_ON] in told(replace(call, details=(replace(noted, taken_back=True),)))


def test_what_was_chosen_besides_is_said_with_its_own_closing() -> None:
    both = replace(decision(), also=(Choice.ONLINE, Choice.STATION))
    words = told(file(ACCEPTED, decisions=(both,)))
    assert "prio 1 (spoed) + online + bureau" in words
    assert f"Daarnaast online. {CLOSING[Choice.ONLINE]}" in words


def test_what_came_in_after_it_was_passed_on_is_said_and_an_older_failure_is_not() -> None:
    came = replace(
        BY_HAND, delivered_at=later(10), attempts=1, reason="staat ook in de CAD\x1b[2J", cad_reference="CAD-7"
    )
    assert any("staat ook in de CAD" in line for line in said(file(came)))
    failed = replace(BY_HAND, attempts=1, reason="geen verbinding")
    assert not any("geen verbinding" in line for line in said(file(failed)))


def test_who_passes_on_what_the_cad_may_have_is_told_to_say_so() -> None:
    assert also_in_the_cad(READY, "GMS") == ()
    assert also_in_the_cad(REFUSED, "GMS") == ()
    for each, stands in (
        (SENT, "kan ook in GMS staan"),
        (UNCLEAR, "kan ook in GMS staan"),
        (DELIVERED, "staat ook in GMS"),
    ):
        (line,) = also_in_the_cad(each, "GMS")
        assert stands in line
