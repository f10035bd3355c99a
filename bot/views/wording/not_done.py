"""To an order in free words: nothing is done by it, and here is the button that does it."""

from collections.abc import Sequence

from bot.questions.orders import Order
from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.message import Block, Message

_BUTTONS: dict[Order, tuple[str, str]] = {
    Order.ACCEPT: ("Accept", ids.ACCEPT),
    Order.DECLINE: ("Decline", ids.DECLINE),
    Order.ACKNOWLEDGE: ("Acknowledge", ids.ACKNOWLEDGE),
    Order.TAKE: ("Take ownership", ids.TAKE),
    Order.ASSIGN: ("Assign", ids.ASSIGN),
    Order.CLOSE: ("Close case", ids.CLOSE),
    Order.MISSING: ("Record as missing", ids.RECORD_MISSING),
    Order.SIGN_OFF: ("Sign off", ids.SIGN_OFF),
    Order.GRADE: ("Grade", ids.GRADE),
    Order.REVIEW: ("Review", ids.REVIEW),
    Order.RELEASE: ("Release", ids.RELEASE),
    Order.TRANSFER: ("Transfer", ids.TRANSFER),
    Order.REOPEN: ("Reopen", ids.REOPEN),
    Order.VOID: ("Void", ids.VOID),
}
MOST = 5  # cases, each with its button


def not_done(order: Order, refs: Sequence[str]) -> Message:
    """`refs`: the case that is meant; or those that may be, where none was named."""
    label, action = _BUTTONS[order]
    if not refs:
        said = f"Not done. Say which case, such as: {order.value} MC-26-0142. /missing mine lists yours."
        return Message(text=said, blocks=[section(said), marking()])
    if len(refs) > MOST:
        said = f"Not done. Several cases may be meant: say which, such as: {order.value} {refs[0]}."
        return Message(text=said, blocks=[section(said), marking()])
    said = f"Not done. Press {label}."
    return Message(text=said, blocks=[section(said), *(_row(ref, label, action) for ref in refs), marking()])


def _row(ref: str, label: str, action: str) -> Block:
    return actions(
        button(f"{label} {ref}", action, ref, primary=True, spoken=f"{label} {ref}"),
        button("Open case", ids.OPEN_CASE, ref, spoken=f"Open case {ref}"),
    )
