"""Using an element: pressing a button, choosing, filling in."""

from typing import Any

from sandbox.blocks import Place
from sandbox.errors import NotPossible
from sandbox.inputs import STATELESS, chosen
from sandbox.interactions.ask import ask, outcome
from sandbox.interactions.surface import Surface
from sandbox.sockets.envelope import Envelope
from sandbox.wire import JSON, copy_of


async def use(
    surface: Surface,
    action_id: str,
    choice: Any = None,
    block_id: str | None = None,
    confirm: bool | None = None,
    typed: str = "",
) -> JSON:
    place = surface.find(action_id, block_id)
    found = await _looked_up(surface, place, typed)
    if not _goes_ahead(place, confirm):
        return outcome(None, declined=True)
    made = chosen(surface.slack.team, place.element, choice, found)
    _hold(surface, place, made)
    if not _tells_the_app(place, enter=True):
        return outcome(None)
    return await _send(surface, place, made)


def fill(surface: Surface, action_id: str, choice: Any, block_id: str | None = None) -> list[Place]:
    """Fills an element in; the elements that tell the app of every character are returned."""
    place = surface.find(action_id, block_id)
    _hold(surface, place, chosen(surface.slack.team, place.element, choice))
    return [place] if _tells_the_app(place, enter=False) else []


async def options(surface: Surface, action_id: str, typed: str, block_id: str | None = None) -> list[JSON]:
    """What an external select offers for what has been typed."""
    place = surface.find(action_id, block_id)
    payload = surface.payload("block_suggestion")
    payload |= {"action_id": action_id, "block_id": place.block_id, "value": typed}
    answer, _ = await ask(surface.slack, surface.app, surface.user, Envelope("interactive", payload, True))
    groups = (answer or {}).get("option_groups", [])
    return [*(answer or {}).get("options", []), *(each for group in groups for each in group["options"])]


async def tell(surface: Surface, place: Place) -> JSON:
    value = {k: v for k, v in surface.values[place.block_id][place.action_id].items() if k != "type"}
    return await _send(surface, place, value)


async def _looked_up(surface: Surface, place: Place, typed: str) -> list[JSON] | None:
    if "external_select" not in place.element["type"]:
        return None
    return await options(surface, place.action_id, typed, place.block_id)


def _goes_ahead(place: Place, confirm: bool | None) -> bool:
    asks = place.element.get("confirm")
    if asks and confirm is None:
        raise NotPossible(f"a dialog asks first: {asks['title']['text']}: {asks['text']['text']}")
    if confirm is not None and not asks:
        raise NotPossible(f"no dialog asks about {place.action_id}")
    return confirm is not False


def _hold(surface: Surface, place: Place, made: JSON) -> None:
    if place.element["type"] not in STATELESS:
        kind = {"type": place.element["type"]}
        surface.values.setdefault(place.block_id, {})[place.action_id] = kind | copy_of(made)
        surface.slack.noted("filled", user=surface.user)


def _tells_the_app(place: Place, enter: bool) -> bool:
    """Inputs keep what is filled in to themselves until submitted, unless they ask otherwise."""
    if place.block["type"] != "input":
        return True
    if not place.block.get("dispatch_action"):
        return False
    asked = place.element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
    typed = place.element["type"].endswith("_input")
    return not typed or "on_character_entered" in asked or (enter and "on_enter_pressed" in asked)


async def _send(surface: Surface, place: Place, made: JSON) -> JSON:
    payload = surface.payload("block_actions") | surface.pass_on()
    payload["actions"] = [_action(surface, place, made)]
    envelope = Envelope("interactive", copy_of(payload))
    _, error = await ask(surface.slack, surface.app, surface.user, envelope)
    return outcome(error)


def _action(surface: Surface, place: Place, made: JSON) -> JSON:
    element = place.element
    shown: JSON = {key: element[key] for key in ("text", "placeholder", "style", "url") if key in element}
    return {
        "type": element["type"],
        "action_id": place.action_id,
        "block_id": place.block_id,
        "action_ts": surface.slack.team.next_ts(),
        **shown,
        **made,
    }
