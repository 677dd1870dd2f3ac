"""A list chosen from by key: nothing is chosen beforehand, and only its own keys choose."""

from __future__ import annotations

from console.screens.facts import FREELY, ROLES
from console.widgets.key_choice import KeyChoice
from tests.widgets.stage import on_stage


def chosen(messages: list[object]) -> list[str]:
    return [message.value for message in messages if isinstance(message, KeyChoice.Chosen)]


async def test_nothing_is_chosen_until_a_key_of_the_list_is_pressed() -> None:
    choice = KeyChoice(FREELY, None, id="vrij")
    async with on_stage(choice) as (app, pilot):
        await pilot.press("tab", "1", "x", "enter", "7")
        assert not app.told(KeyChoice.Chosen)
        assert "[x]" not in "\n".join(app.lines())
        await pilot.press("n")
        assert chosen(list(app.heard)) == ["nee"]
        assert app.lines()[0].endswith("[ ] j praat vrij")
        assert app.lines()[1].endswith("[x] n kan niet vrij praten: alleen ja/nee-vragen")


async def test_another_key_chooses_otherwise_and_every_role_has_one() -> None:
    choice = KeyChoice(ROLES, "slachtoffer", id="rol")
    async with on_stage(choice) as (app, pilot):
        choice.focus()
        await pilot.pause()
        assert app.lines()[0].startswith("> [x] 1 belt voor zichzelf")
        await pilot.press(*ROLES, "j", "8")
        assert chosen(list(app.heard)) == [value for value, _text in ROLES.values()]
        assert [line for line in app.lines() if "[x]" in line] == ["> [x] 7 andere meldkamer"]
