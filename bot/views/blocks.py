"""Block Kit's pieces, each within Slack's limits. Markup is `verbatim`: Slack makes no link or mention of a word."""

from collections.abc import Iterable, Mapping, Sequence

from bot.views import limits
from bot.views.message import Block
from bot.views.wording import words

MARKING = "OFFICIAL-SENSITIVE"


def plain(text: str, longest: int) -> Block:
    """Slack shows it as it is: `text` is never escaped."""
    return {"type": "plain_text", "text": limits.clip(text, longest)}


def markup(text: str, longest: int = limits.SECTION) -> Block:
    return {"type": "mrkdwn", "text": limits.clip_markup(text, longest), "verbatim": True}


def header(text: str) -> Block:
    """`text` as markup, as every line about a case is made; a header formats nothing."""
    return {"type": "header", "text": plain(words.literal(text), limits.HEADER)}


def section(text: str, *, accessory: Block | None = None, id: str = "") -> Block:
    block: Block = {"type": "section", "text": markup(text)}
    if accessory:
        block["accessory"] = accessory
    return {**block, "block_id": id} if id else block


def plain_section(text: str, accessory: Block) -> Block:
    """Like a header's; the shortest way to say a row, where a message is full of them."""
    return {"type": "section", "text": plain(words.literal(text), limits.SECTION), "accessory": accessory}


def context(*texts: str) -> Block:
    return {"type": "context", "elements": [markup(text, limits.CONTEXT) for text in texts]}


def marking(*before: str) -> Block:
    """The last block of every surface."""
    return context(*before, MARKING)


def actions(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(
    text: str, action: str, value: str = "", *, primary: bool = False, spoken: str = "", confirm: str = ""
) -> Block:
    """`spoken` is for screen readers, where the button's word alone does not say what it is about."""
    made: Block = {"type": "button", "text": plain(text, limits.BUTTON), "action_id": action}
    if value:
        made["value"] = limits.clip(value, limits.VALUE)
    if primary:
        made["style"] = "primary"
    if spoken:
        made["accessibility_label"] = limits.clip(spoken, limits.BUTTON)
    if confirm:
        made["confirm"] = _confirmation(text, confirm)
    return made


def _confirmation(text: str, question: str) -> Block:
    return {
        "title": plain(text, 100),
        "text": plain(question, 300),
        "confirm": plain("Yes", 30),
        "deny": plain("Not yet", 30),
    }


def option(text: str, value: str) -> Block:
    return {"text": plain(text, limits.OPTION), "value": limits.clip(value, 150)}


def options(choices: Mapping[str, str]) -> list[Block]:
    """Value → words."""
    return [option(said, value) for value, said in choices.items()]


def overflow(action: str, choices: Mapping[str, str]) -> Block:
    return {"type": "overflow", "action_id": action, "options": options(choices)}


def checkboxes(action: str, choices: Mapping[str, str], chosen: Iterable[str] = ()) -> Block:
    return _with_chosen({"type": "checkboxes", "action_id": action}, choices, chosen, many=True)


def radio(action: str, choices: Mapping[str, str], chosen: str | None = None) -> Block:
    return _with_chosen({"type": "radio_buttons", "action_id": action}, choices, [chosen or ""], many=False)


def select(action: str, choices: Mapping[str, str], placeholder: str = "Choose", chosen: str = "") -> Block:
    """At most 100 choices, as Slack has it; the caller orders them."""
    first = dict(list(choices.items())[: limits.CHOICES])
    made: Block = {"type": "static_select", "action_id": action, "placeholder": plain(placeholder, 150)}
    return _with_chosen(made, first, [chosen], many=False)


def _with_chosen(made: Block, choices: Mapping[str, str], chosen: Iterable[str], *, many: bool) -> Block:
    made["options"] = options(choices)
    initial = [option(choices[value], value) for value in chosen if value in choices]
    if initial:
        made |= {"initial_options": initial} if many else {"initial_option": initial[0]}
    return made


def typed(action: str, *, initial: str = "", multiline: bool = False, placeholder: str = "") -> Block:
    """A text input; what is longer than Slack takes cannot be typed."""
    made: Block = {
        "type": "plain_text_input",
        "action_id": action,
        "max_length": limits.TYPED,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    if multiline:
        made["multiline"] = True
    if initial:
        made["initial_value"] = limits.clip(initial, limits.TYPED)
    if placeholder:
        made["placeholder"] = plain(placeholder, 150)
    return made


def ask(id: str, label: str, element: Block, *, optional: bool = False, hint: str = "") -> Block:
    """An input block. Each change is sent as it is made: Slack says nothing of what was typed when a form is lost."""
    made: Block = {
        "type": "input",
        "block_id": id,
        "label": plain(label, limits.LABEL),
        "element": element,
        "optional": optional,
        "dispatch_action": True,
    }
    if hint:
        made["hint"] = plain(hint, limits.HINT)
    return made


def modal(
    callback: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str = "",
    close: str = "Close",
    metadata: str = "",
) -> Block:
    view: Block = {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title, limits.TITLE),
        "close": plain(close, limits.TITLE),
        "blocks": list(blocks)[: limits.VIEW_BLOCKS],
    }
    if submit:
        view["submit"] = plain(submit, limits.TITLE)
    if metadata:
        view["private_metadata"] = metadata
    return view
