"""The fields of a payment, of a suspect and of a device: each kept while it is typed, whatever is left open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from console.domain import linking
from console.domain.amounts import cents_of, in_euro
from console.model import Clue, ClueKind, Device, Payee, Payment, Suspect
from console.safe_text import as_typed
from console.screens.fields import FieldsScreen
from console.texts import words
from console.widgets.key_choice import KeyChoice
from console.widgets.line_input import LineInput
from console.widgets.marked import Marked
from console.widgets.trace_rows import lacking_words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

    from console.model import Detail

LONG: Final = 1_000
SHORT: Final = 200
PAYEES: Final = {str(number): (payee.value, words.traces.PAYEE[payee]) for number, payee in enumerate(Payee, 1)}

Keep = Callable[["Detail | None"], None]


class DetailScreen(FieldsScreen):
    """The fields of one detail; what they make of it is handed to `keep` at each change."""

    TITLE_WORDS = ""

    def __init__(self, detail: Detail | None, keep: Keep) -> None:
        """Start from a detail, or from nothing."""
        super().__init__()
        self.kept: Detail | None = detail
        self._keep = keep

    def compose(self) -> ComposeResult:
        """Title, fields, what is still needed."""
        with Vertical():
            yield Static(Content(self.TITLE_WORDS), markup=False, classes="titel")
            with VerticalScroll(can_focus=False, classes="velden"):
                yield from self.fields()
            yield self.more
            yield self.below

    def on_mount(self) -> None:
        """Say what is still needed."""
        self.say(self.about(self.kept))

    def fields(self) -> list[Widget]:
        """The fields, in the order in which they are asked."""
        raise NotImplementedError

    def made(self) -> Detail | None:
        """What the fields say; None while that is nothing that can be recorded."""
        raise NotImplementedError

    def about(self, detail: Detail | None) -> str:  # noqa: ARG002 - of most there is nothing to say
        """What to say of it."""
        return ""

    def take_over(self) -> None:
        """Hand on what the fields say now."""
        detail = self.made()
        self.say(self.about(detail))
        if detail != self.kept:
            self.kept = detail
            self._keep(detail)


class SuspectScreen(DetailScreen):
    """Who can be looked out for."""

    TITLE_WORDS = words.traces.SUSPECT_TITLE
    AUTO_FOCUS = "#signalement"

    def fields(self) -> list[Widget]:
        """What can be seen from afar, in the order in which a crew asks it."""
        known = self.kept if isinstance(self.kept, Suspect) else Suspect()
        return [
            *_line(words.traces.DESCRIPTION, "signalement", known.description, LONG),
            *_line(words.traces.DIRECTION, "richting", known.direction, LONG),
            *_line(words.traces.VEHICLE, "voertuig", known.vehicle, LONG),
            *_line(words.traces.PLATE, "kenteken", known.plate, SHORT),
        ]

    def made(self) -> Detail | None:
        """A description with anything in it."""
        suspect = Suspect(*(self.text_of(each) for each in ("signalement", "richting", "voertuig", "kenteken")))
        return None if suspect == Suspect() else suspect


class DeviceScreen(DetailScreen):
    """A data carrier for the unit."""

    TITLE_WORDS = words.traces.DEVICE_TITLE
    AUTO_FOCUS = "#apparaat"

    def fields(self) -> list[Widget]:
        """What it is and how it stands."""
        known = self.kept if isinstance(self.kept, Device) else Device("")
        return [
            *_line(words.traces.WHAT, "apparaat", known.what, LONG),
            *_line(words.traces.STATE, "toestand", known.state, LONG),
        ]

    def made(self) -> Detail | None:
        """A device of which is said what it is; the state alone is kept under that it is some device."""
        what, state = self.text_of("apparaat"), self.text_of("toestand")
        return Device(what or words.traces.SOME_DEVICE, state) if what or state else None


class PaymentScreen(DetailScreen):
    """A payment, with all that whoever must stop it asks for."""

    TITLE_WORDS = words.traces.PAYMENT_TITLE
    AUTO_FOCUS = "#bedrag"

    def __init__(self, detail: Detail | None, keep: Keep, aside: Callable[[Clue], None]) -> None:
        """`aside` takes an amount that cannot be read, so that it is not lost."""
        super().__init__(detail, keep)
        self._aside = aside

    def fields(self) -> list[Widget]:
        """What a bank or shop asks, in the order in which a caller knows it; to whom last, an account tells it."""
        known = self.kept if isinstance(self.kept, Payment) else None
        amount = "" if known is None or known.cents is None else in_euro(known.cents)
        chosen = known is not None and (known.payee is not Payee.OTHER or payee_of(known.account) is not Payee.OTHER)
        payee = known.payee.value if known and chosen else None
        return [
            *_line(words.traces.HOW_MUCH, "bedrag", amount, SHORT),
            *_line(words.traces.ACCOUNT, "rekening", known.account if known else "", SHORT),
            *_line(words.traces.NAME, "naam", known.name if known else "", SHORT),
            *_line(words.traces.WHEN, "tijd", known.at if known else "", SHORT),
            Static(Content(words.traces.TO_WHOM), markup=False),
            KeyChoice(PAYEES, payee, id="aan"),
        ]

    def made(self) -> Detail | None:
        """A payment with anything in it; an account number says that it went to a bank, until something else is."""
        account, name, at = self.text_of("rekening"), self.text_of("naam"), self.text_of("tijd")
        cents, chosen = cents_of(self.text_of("bedrag")), self.chosen_in("aan")
        if cents is None and chosen is None and not (account or name or at):
            return None
        return Payment(Payee(chosen) if chosen else payee_of(account), cents, account, name, at)

    def about(self, detail: Detail | None) -> str:
        """What a bank still needs, or that the amount cannot be read."""
        if self.is_mounted and self.text_of("bedrag") and cents_of(self.text_of("bedrag")) is None:
            return words.traces.UNREADABLE_AMOUNT
        return lacking_words(detail) if isinstance(detail, Payment) else ""

    async def action_leave(self) -> None:
        """Done; an amount that cannot be read is kept as a trace."""
        await super().action_leave()
        amount = self.text_of("bedrag")
        if amount and cents_of(amount) is None:
            self._aside(Clue(ClueKind.AMOUNT, amount, amount, valid=False))


def payee_of(account: str) -> Payee:
    """Whom a payment went to while nobody said so: an account number is one of a bank."""
    return Payee.BANK if any(each.valid for each in linking.of_iban(account)) else Payee.OTHER


def _line(question: str, field: str, text: str, limit: int) -> list[Widget]:
    return [
        Static(Content(question), markup=False),
        Marked(LineInput(as_typed(text, max(limit, SHORT)), max_length=limit, id=field)),
    ]
