"""The history by key: found by what somebody remembers, read whole, followed, opened; no text in it acts."""

from __future__ import annotations

from datetime import timedelta

from console.desk import Case, Desk
from console.model import (
    Advised,
    Appointment,
    AppointmentKind,
    BankCalled,
    CallBack,
    Certainty,
    Choice,
    Clue,
    ClueKind,
    Device,
    Fact,
    Facts,
    Known,
    Party,
    PassedOn,
    Payee,
    Payment,
    Person,
    PersonRole,
    Referred,
    Role,
    Secured,
    Securing,
    Source,
    Special,
    Suspect,
)
from console.record import Calls
from console.screens.history import QUERY_LIMIT, HistoryScreen
from tests.dossier.conftest import reads
from tests.screens.hand import in_call, paste
from tests.seat import FixedClock, Seat, ring, seated
from tests.terminal.payloads import ACTING, BELIEVED

DETAILS = (
    Clue(ClueKind.IBAN, "NL91 ABNA 0417 1643 01", "NL91ABNA0417164301", valid=False),
    Payment(Payee.BANK, 125_000, "NL91ABNA0417164300", "J. Jansen", "vandaag 13.40"),
    Device("laptop", "staat aan"),
    Suspect("man, rode jas", "richting station", "zwarte bus", "12-ABC-3"),
    Secured("schermafbeeldingen", Securing.ASKED),
    Advised("onbekende-regel"),
    BankCalled(Party.CALLER, "Regiobank"),
    Appointment(AppointmentKind.STATION, Party.SERVICE_CENTRE, "do 5 maart 10.00, bureau Assen"),
    Referred("onbekende-instantie"),
    PassedOn("zedenteam", "26-0001"),
)


async def a_whole_call(desk: Desk, clock: FixedClock) -> Case:
    """A call in which everything happened that can: decided twice, corrected, asked about, sent."""
    case = await desk.take(ring(desk, ago=timedelta(minutes=9), words="net opgelicht door een nepbank"))
    case = await desk.tell(case, Facts("Brink 4, Gieten", "06-12345678", Role.VICTIM, speaks_freely=True))
    case = await desk.answer(case, "gevaar", "zelf")
    case = await desk.answer(case, "gevaar", "nee")
    case = await desk.answer(case, "gaande", "nee")
    for detail in DETAILS:
        case = await desk.add(case, detail)
    case = await desk.add(case, CallBack(clock() + timedelta(hours=1), "06-12345678", "hoe gaat het"))
    case = await desk.take_back(case, 3)
    case = await desk.person(case, Person(PersonRole.VICTIM, name="Truus Plantsoen"))
    case = await desk.fact(case, Fact("de bus staat er nog", Source.SAID, Certainty.LIKELY, 1))
    case = await desk.impression(case, "klinkt erg van slag")
    case = await desk.special(case, Special.SUICIDALITY, Known.YES)
    await desk.note(case, "dochter is bij haar")
    case = await desk.consult(case, "eenheid of bureau?")
    await desk.reply(case.file.call_id, 1, "bureau kan ook")
    decision = await desk.decide(case, desk.propose(case, Choice.PRIO2))
    case = await desk.see(case)
    if decision.deviates:
        case = await desk.give_reason(case, decision.id, "de bus staat er nog")
    clock.moment += timedelta(minutes=20)
    case = await desk.reassess(case)
    case = await desk.answer(case, "gaande", "ja")
    await desk.decide(case, desk.propose(case, Choice.ADVICE))
    return await desk.see(case)


async def search(seat: Seat, text: str) -> None:
    await seat.press("l")
    await seat.see("LOGBOEK", "enter zoekt")
    await seat.type(text)
    await seat.press("enter")


async def read_all(seat: Seat) -> str:
    """Page through to the end, as a reader does; the scroll bar at the right is not read."""
    seen = [seat.text]
    for _ in range(12):
        await seat.press("pagedown")
        await seat.pilot.pause()
        seen.append(seat.text)
    return "\n".join(line.rstrip("#| ") for page in seen for line in page.splitlines())


async def test_a_call_is_found_by_what_somebody_remembers_and_read(desk: Desk, clock: FixedClock) -> None:
    case = await a_whole_call(desk, clock)
    async with seated(desk) as seat:
        await search(seat, "plantsoen")
        await seat.see("1 gevonden: plantsoen", f"> {case.file.call_id}", "Gieten", "besloten", "advies")
        await seat.press("enter")
        await seat.see(f"LOGBOEK {case.file.call_id}", "Binnengekomen")
        text = await read_all(seat)
        for part in (
            "net opgelicht door een nepbank",
            "Beoordeling 1, vanaf 13:56",
            "Beoordeling 2, vanaf 14:25 door j.devries",
            "anders dan eerst: Is het nu nog bezig? nee -> ja",
            "j.devries: In gevaar, of dreigt iemand? ja (soort verborgen)",
            "j.devries: In gevaar, of dreigt iemand? nee",
            "Eenheid ter plaatse, prio 2",
            "beleid tpdc 1.0",
            "voorstel toen: urgentie",
            "Berichten aan GMS",
            "prio 2: klaargezet",
            "vroeg: eenheid of bureau? - bureau kan ook",
            "Truus Plantsoen",
            "[gezegd door melder, aannemelijk, over persoon 1] de bus staat er nog",
            "NL91ABNA0417164301",
            "klopt niet volgens zijn eigen controle",
            "€ 1.250,00",
            "TERUGGENOMEN Apparaat: laptop",
            "Afspraak (afspraak bureau), geregeld door RSC: do 5 maart 10.00, bureau Assen",
            "Terugbellen: 15:05",
            "dochter is bij haar",
            "Indruk van de centralist (oordeel, geen feit)",
        ):
            assert " ".join(part.split()) in " ".join(text.replace("\n", " ").split()), part


async def test_special_data_is_shown_only_when_asked_for_and_that_is_logged(desk: Desk, clock: FixedClock) -> None:
    case = await a_whole_call(desk, clock)
    async with seated(desk) as seat:
        await search(seat, "plantsoen")
        await seat.press("enter")
        await seat.see("Binnengekomen")
        hidden = await read_all(seat)
        assert "suicidaliteit" not in hidden
        assert "gevaar voor zichzelf" not in hidden
        await seat.press("home", "s")
        await seat.see("Bijzondere gegevens getoond")
        shown = await read_all(seat)
        assert "suicidaliteit" in shown
        assert "gevaar voor zichzelf" in shown
        what = [what for _who, what, of, _why in reads(desk._writer) if of == case.file.call_id]
        assert what[-2:] == ["ingezien", "ingezien met bijzondere gegevens"]
        await seat.press("s")
        await seat.see("staan al op deze bladzijde")


async def test_a_related_call_is_followed_with_enter_and_left_with_escape(desk: Desk) -> None:
    first = ring(desk, ago=timedelta(days=1), number="050-5512345", place="", words="nepbank")
    second = ring(desk, number="050-5512345", place="", words="weer die bank")
    async with seated(desk) as seat:
        await search(seat, "weer")
        await seat.press("enter")
        await seat.see(f"LOGBOEK {second}", "Hangt samen met", first, "zelfde telefoonnummer")
        await seat.press("enter")
        await seat.see("Op deze regel staat geen andere melding.")
        while not seat.app.screen.page.current.line.leads_to:  # type: ignore[attr-defined]
            await seat.press("down")
        await seat.press("enter")
        await seat.see(f"LOGBOEK {first}")
        assert (("ingezien", first)) in [(what, of) for _who, what, of, _why in reads(desk._writer)]
        await seat.press("escape")
        await seat.see(f"LOGBOEK {second}")
        await seat.press("escape")
        await seat.see("1 gevonden")
        await seat.press("slash")
        await seat.type("nergens")
        await seat.press("escape")
        await seat.see("WACHTRIJ")


async def test_a_free_call_is_taken_from_there_and_escape_goes_to_the_queue(desk: Desk) -> None:
    call_id = ring(desk, words="nepbank")
    async with seated(desk) as seat:
        await search(seat, "nepbank")
        await seat.press("enter")
        await seat.see("Binnengekomen")
        await seat.press("a")
        await seat.see(f"MELDING {call_id}", "Urgentiecheck")
        await seat.press("escape")
        await seat.see("WACHTRIJ")


async def test_a_call_of_a_colleague_is_not_taken_and_it_is_said(desk: Desk) -> None:
    call_id = ring(desk, words="nepbank")
    Calls(desk._writer).claim(call_id, "a.bakker")
    async with seated(desk) as seat:
        await search(seat, "nepbank")
        await seat.press("enter")
        await seat.see("in behandeling bij a.bakker")
        await seat.press("a")
        await seat.see(f"Melding {call_id} is al in behandeling bij a.bakker")
        assert seat.app.screen.looked.file.call_id == call_id  # type: ignore[attr-defined]


async def test_the_call_in_hand_can_be_read_through_and_nothing_more_is_logged(desk: Desk) -> None:
    other = ring(desk, ago=timedelta(days=1), words="iemand anders")
    earlier = await desk.take(other)
    await desk.decide(earlier, desk.propose(earlier, Choice.ADVICE))
    async with in_call(desk) as seat:
        await seat.press("n")
        await seat.see("1 nee")
        await seat.until(lambda: desk._linked, "that the other call was shown as related and that was logged")
        before = reads(desk._writer)
        await seat.press("ctrl+l")
        await seat.see("LOGBOEK", "j.devries: In gevaar, of dreigt iemand? nee", other)
        assert reads(desk._writer) == before
        while not seat.app.screen.page.current.line.leads_to:  # type: ignore[attr-defined]
            await seat.press("down")
        await seat.press("enter")
        await seat.see(f"LOGBOEK {other}")
        await seat.press("a")
        await seat.see("Ga met escape terug naar de wachtrij")
        await seat.press("escape")
        await seat.see("LOGBOEK 26-0002", "> 26-0001")
        await seat.press("a")
        await seat.see("Urgentiecheck")


ANSWERS = ("gevonden:", "Geef ", "half teken", "Zoek met")
HOSTILE = [*ACTING.values(), *BELIEVED.values(), "é" * 12_000, "👩‍🚒 " * 4_000]


async def test_the_question_takes_whatever_is_pasted(desk: Desk) -> None:
    ring(desk)
    async with seated(desk) as seat:
        await seat.press("l")
        await seat.see("LOGBOEK")
        for typed in HOSTILE:
            history = seat.app.screen
            assert isinstance(history, HistoryScreen)
            history.query_line.value = ""
            history.say("")
            paste(seat, typed)
            await seat.until(lambda line=history.query_line: line.value, "what was pasted")  # type: ignore[misc]
            if len(" ".join(typed.split())) > QUERY_LIMIT:
                await seat.see("De regel is vol (10000 tekens)")
            await seat.press("enter")
            await seat.until(
                lambda: any(said in seat.text for said in ("gevonden:", "Geef ", "half teken", "Zoek met")), "answer"
            )
            assert history.query_line.has_focus or history.list.has_focus
            history.set_focus(history.query_line)
        await seat.press("escape")
        await seat.see("WACHTRIJ")


async def test_a_page_shows_whatever_was_said_and_moves_with_the_keys(desk: Desk) -> None:
    text = "\n".join(HOSTILE).encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
    call_id = ring(desk, words=f"nepbank {text}", place=text[:150])
    case = await desk.take(call_id)
    await desk.note(case, text)
    await desk.add(case, Device(text[:200], text[:200]))
    async with seated(desk) as seat:
        await search(seat, call_id)
        await seat.see("1 gevonden")
        await seat.press("enter")
        await seat.see("Binnengekomen")
        assert "huis [12a], tor [/b]" in await read_all(seat)
        await seat.press("end", "pageup", "home")
        await seat.see("> --Binnengekomen")


async def test_the_hints_and_the_help_name_the_keys_of_the_history(desk: Desk) -> None:
    ring(desk, words="nepbank")
    async with seated(desk) as seat:
        await seat.press("l")
        await seat.until(lambda: seat.hints.startswith("enter zoek  esc wachtrij"), "the keys of the question")
        await seat.type("nepbank")
        await seat.press("enter")
        await seat.until(
            lambda: seat.hints == "enter lezen  / andere vraag  esc wachtrij  ? toetsen", "the keys of the results"
        )
        await seat.press("enter")
        await seat.until(lambda: "a aannemen  s bijzondere gegevens" in seat.hints, "the keys of the page")
        await seat.press("question_mark")
        await seat.see("TOETSEN", "verband openen")
        await seat.press("escape", "f1")
        await seat.see("MELDING LEZEN (escape: terug")
        await seat.press("escape", "escape", "f1")
        await seat.see("LOGBOEK (escape: terug")
