"""The shape of what Slack sends, as far as anything here reads it: looked at once, before Bolt or any listener does.

What is not of this shape is no press of anybody's: Slack changed, or somebody else sends. It is refused whole, and
counted. What it lacks is not replaced by a guess, and whatever more it has is passed over.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from bot.views import ids

Body = dict[str, Any]
_Address = Annotated[str, Meta(pattern=r"^$|^https?://[^\s/]+")]
_Moment = Annotated[
    str, Meta(pattern=r"^\d{1,12}(\.\d{1,9})?$")
]  # seconds since 1970: a message's or a press's


_Account = Annotated[str, Meta(pattern=r"^[UW][A-Z0-9]+$")]
_Channel = Annotated[str, Meta(pattern=r"^[CGD][A-Z0-9]+$")]
# What a listener needs of them: the view that they stand in; the message, which Slack sends of none that one person
# alone sees; the place that it is in.
_IN_A_VIEW = frozenset(
    {
        *(ids.LIVE, ids.VALUE, ids.CONCERN_INSTEAD, ids.KEEP_MISSING, ids.SHOW_NO_LISTS, ids.SAME_CHILD),
        *(ids.GO_ON, ids.START_FRESH, ids.REFRESH_CASE),
        *(ids.TAKE_CASE, ids.TAKE_REST, ids.TAKE_OFF_DUTY),
    }
)
_ON_A_MESSAGE = frozenset({ids.TIMELINE_PICTURE})
_IN_A_CHANNEL = frozenset({ids.PRACTICE_ACKNOWLEDGE, ids.KEEP_ACTIVITY, ids.KEEP_INFORMATION})


class _Id(Struct):
    id: str


class _Place(Struct):
    id: _Channel


class _Person(Struct):
    id: _Account
    team_id: str | None = None


class _Option(Struct):
    value: str


class _Given(Struct):
    """Of one input."""

    value: str | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None
    selected_user: str | None = None


class _Pressed(_Given, kw_only=True):
    action_id: str
    type: str
    action_ts: _Moment
    block_id: str | None = None


class _Words(Struct):
    text: str = ""


class _Element(Struct):
    action_id: str | None = None
    value: str | None = None
    options: list[_Option] | None = None
    initial_value: str | None = None
    initial_option: _Option | None = None
    initial_options: list[_Option] | None = None


class _Block(Struct):
    type: str
    block_id: str | None = None
    text: _Words | str | None = None
    label: _Words | None = None
    element: _Element | None = None
    accessory: _Element | None = None
    elements: list[dict[str, Any]] = []

    def __post_init__(self) -> None:
        if self.type == "input" and (self.block_id is None or self.element is None):
            raise ValueError("an input without a name, or nothing to fill in")


class _State(Struct):
    values: dict[str, dict[str, _Given]]


class _View(Struct):
    id: str
    type: str
    callback_id: str
    private_metadata: str
    blocks: list[_Block]
    state: _State
    hash: str
    previous_view_id: str | None = None
    root_view_id: str | None = None


class _File(Struct):
    name: str | None = None
    title: str | None = None


class _Message(Struct):
    ts: _Moment
    thread_ts: _Moment | None = None
    user: str | None = None
    username: str | None = None
    text: str | None = None
    files: list[_File] | None = None


class _Container(Struct):
    type: str | None = None
    message_ts: _Moment | None = None
    thread_ts: _Moment | None = None
    channel_id: _Channel | None = None
    view_id: str | None = None
    is_ephemeral: bool = False

    def __post_init__(self) -> None:
        if self.type == "message" and not (self.message_ts and self.channel_id):
            raise ValueError("a message that is nowhere")


class _ResponseUrl(Struct):
    response_url: _Address


class _Sent(Struct, kw_only=True):
    """What Bolt itself reads of anything."""

    team: _Id | None = None
    enterprise: _Id | None = None
    team_id: str | None = None
    enterprise_id: str | None = None
    response_url: _Address | None = None
    response_urls: list[_ResponseUrl] = []


class _Interaction(_Sent, kw_only=True):
    type: str
    user: _Person
    trigger_id: str
    channel: _Place | None = None
    container: _Container | None = None
    message: _Message | None = None
    view: _View | None = None


class _Press(_Interaction, kw_only=True):
    actions: Annotated[list[_Pressed], Meta(min_length=1)]

    def __post_init__(self) -> None:
        pressed = self.actions[0].action_id
        if pressed in _IN_A_VIEW and self.view is None:
            raise ValueError("pressed in a view that is not there")
        if pressed in _ON_A_MESSAGE and self.message is None:
            raise ValueError("pressed on a message that is not there")
        if pressed in _IN_A_CHANNEL | _ON_A_MESSAGE and not (self.channel and self.container):
            raise ValueError("pressed nowhere")


class _Submission(_Interaction, kw_only=True):
    view: _View


class _Shortcut(_Interaction, kw_only=True):
    callback_id: str


class _OnMessage(_Shortcut, kw_only=True):
    channel: _Place
    message: _Message


class _Command(_Sent, kw_only=True):
    command: str
    user_id: _Account
    trigger_id: str
    channel_id: _Channel
    text: str = ""


class _HomeView(Struct):
    private_metadata: str = ""


class _Whose(Struct):
    user: str | dict[str, Any] | None = None
    channel: str | dict[str, Any] | None = None


class _Event(_Whose, kw_only=True):
    type: str
    message: _Whose | None = None
    previous_message: _Whose | None = None
    item: _Whose | str | None = None
    assistant_thread: _Whose | None = None


class _Heard(_Event, kw_only=True):
    channel: _Channel
    event_ts: _Moment
    user: _Account | None = None


class _Written(_Heard, kw_only=True):
    ts: _Moment
    thread_ts: _Moment | None = None
    text: str | None = None
    user_team: str | None = None
    subtype: str | None = None
    channel_type: str | None = None
    bot_id: str | None = None
    files: list[_File] | None = None


class _Opened(_Heard, kw_only=True):
    tab: str | None = None
    view: _HomeView | None = None


class _Authorization(Struct):
    user_id: str | None = None
    team_id: str | None = None
    enterprise_id: str | None = None


class _Happened(_Sent, kw_only=True):
    event: _Event
    event_id: str
    authorizations: list[_Authorization] | None = None


class _Writing(_Happened, kw_only=True):
    event: _Written


class _Opening(_Happened, kw_only=True):
    event: _Opened


_OF_TYPE: dict[str, type[_Sent]] = {
    "block_actions": _Press,
    "view_submission": _Submission,
    "shortcut": _Shortcut,
    "message_action": _OnMessage,
}
_OF_EVENT: dict[str, type[_Sent]] = {
    "message": _Writing,
    "app_mention": _Writing,
    "app_home_opened": _Opening,
}

_ONLY_OF: dict[str, type[_Sent]] = {"actions": _Press, "event": _Happened, "command": _Command}
"""By which whoever answers it tells the kinds apart."""


def trouble_with(body: object) -> str:
    """Which part of it is not as it should be, with nothing of what it holds; "" for none."""
    kind = _kind_of(body)
    if isinstance(body, dict) and any(
        name in body and not issubclass(kind, of) for name, of in _ONLY_OF.items()
    ):
        return "$"
    try:
        msgspec.convert(body, kind, strict=True)
        msgspec.json.encode(body)  # half a character, or depths that nothing of ours would write
    except msgspec.ValidationError as wrong:
        return str(wrong).rpartition(" - at ")[2].strip("`") if " - at " in str(wrong) else "$"
    except (UnicodeError, RecursionError, TypeError, ValueError):
        return "$"
    return ""


def _kind_of(body: object) -> type[_Sent]:
    said: Body = body if isinstance(body, dict) else {}
    if "command" in said:
        return _Command
    if said.get("type") == "event_callback":
        return _of(_OF_EVENT, said.get("event"), _Happened)
    return _of(_OF_TYPE, said, _Interaction)


def _of(kinds: dict[str, type[_Sent]], said: object, otherwise: type[_Sent]) -> type[_Sent]:
    kind = said.get("type") if isinstance(said, dict) else None
    return kinds.get(kind, otherwise) if isinstance(kind, str) else otherwise
