"""What a caller hears at the end: what the reference number is for, how to prevent the next time, where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from console.domain.advice import line
from console.domain.form_help import help_for
from console.domain.referral import organisation
from console.model import Referred
from console.texts import words

if TYPE_CHECKING:
    from console.model import CallFile

_AFTER_LOSS: Final = "helpers"
"""The line against those who offer to get the money back (domain notes 3.4), said again at the end."""


def closing_words(file: CallFile) -> tuple[str, ...]:
    """Give the sentences to read out at the close of a call, in their order.

    The reference number always comes, so no call ends without something the caller can do (S0.36). The prevention line
    comes with the form, the warning of helpers when it was no attempt, a referral when one was recorded.
    """
    said = [words.closing.reference(file.call_id)]
    help_of_form = help_for(file.answers.get("vorm"))
    if help_of_form is not None:
        said.append(help_of_form.prevention)
    warning = line(_AFTER_LOSS)
    if warning is not None and warning.fits(file.answers, unit=False):
        said.append(warning.text)
    said += [each.say for each in map(organisation, _referred(file)) if each is not None]
    return tuple(said)


def _referred(file: CallFile) -> dict[str, None]:
    """The organisations that were given to the caller, in order, each once."""
    return {
        known.detail.to: None for known in file.details if isinstance(known.detail, Referred) and not known.taken_back
    }
