"""What each answer of Slack's is final for. The codes are those of its Web API's reference, per method."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto

from bot.ports.metrics import SlackTrouble

# `Retry-After` as HTTP has it: a number of seconds, or a date (RFC 9110, 10.2.3), which a proxy may send.

UNSAID = 1.0  # seconds, where nothing is said that can be read


def seconds_of(said: str | None, now: datetime) -> float:
    """Seconds from now; never below 0."""
    text = (said or "").strip()
    try:
        return max(0.0, float(text))
    except ValueError:
        return _until(text, now)


def _until(text: str, now: datetime) -> float:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return UNSAID
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


class For(Enum):
    NOBODY_KNOWS = auto()  # Slack's own trouble: it may have been done all the same
    BLOCKS = auto()  # how it was drawn: the same words, plainly, may be taken
    MESSAGE = auto()  # the message to be edited or answered: it is gone, or its thread takes no more
    PLACE = auto()  # the channel, the person or the app: nothing more arrives there until somebody mends it
    ROW = auto()  # this one thing, as far as anybody knows: worth another try, and no other's reason to wait


# Of the app or its token: whatever the place, nothing of ours gets in.
OF_THE_TOKEN = frozenset(
    (
        "account_inactive",
        "app_access_restricted",
        "enterprise_is_restricted",
        "invalid_auth",
        "not_allowed_token_type",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "team_not_found",
        "token_expired",
        "token_revoked",
    )
)

_BY_CODE: dict[str, For] = {
    **dict.fromkeys(
        ("internal_error", "fatal_error", "service_unavailable", "request_timeout"), For.NOBODY_KNOWS
    ),
    **dict.fromkeys(
        (
            "message_not_found",
            "thread_not_found",
            "cant_update_message",
            "edit_window_closed",
            "cannot_reply_to_message",
            "restricted_action_thread_locked",
            "restricted_action_non_threadable_channel",
            "thread_locked",
        ),
        For.MESSAGE,
    ),
    **dict.fromkeys(
        (
            # the channel
            "channel_not_found",
            "channel_is_limited_access",
            "is_archived",
            "is_inactive",
            "not_in_channel",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "posting_to_channel_denied",
            "ekm_access_denied",
            # the person
            "user_not_found",
            "users_not_found",
            "user_disabled",
            "user_not_visible",
            "user_not_in_channel",
            "invalid_user_combination",
            "messages_tab_disabled",
            "cannot_dm_bot",
            # the app, or its token
            "missing_scope",
            "no_permission",
            *sorted(OF_THE_TOKEN),
        ),
        For.PLACE,
    ),
}

_WHY_OF_THE_TOKEN = {
    "token_revoked": "the bot's token was revoked",  # nosec # words for a person
    "token_expired": "the bot's token has expired",  # nosec # words for a person
}

_WHY = {
    "is_archived": "the channel is archived",
    "not_in_channel": "the bot is not in the channel",
    "channel_not_found": "the bot is not in the channel, or it is gone",
    "user_disabled": "the account is closed",
    "account_inactive": "the bot's account is closed",
    "user_not_found": "there is no such account",
    **_WHY_OF_THE_TOKEN,
    "invalid_auth": "the bot's token is wrong",
    "missing_scope": "the app lacks a scope of config/slack-manifest.yaml",
    "no_such_subteam": "there is no such user group, or it is disabled",
    "plan_upgrade_required": "this workspace's plan has no user groups; name people in MISSING_PEOPLE",
    "restricted_action": "the bot may not post there",
    "restricted_action_read_only_channel": "the channel takes no posts",
    "restricted_action_thread_only_channel": "the channel takes replies alone",
    "posting_to_channel_denied": "the bot may not post there",
}

_POSTING = "let the app post there (in Slack: the channel's settings, posting permissions)"
_MEND = {
    "is_archived": "unarchive it in Slack",
    "not_in_channel": "type /invite @missing in it",
    "channel_not_found": "type /invite @missing in it, or put right its id",
    "missing_scope": "install the app anew from config/slack-manifest.yaml",
    "restricted_action": _POSTING,
    "restricted_action_read_only_channel": _POSTING,
    "restricted_action_thread_only_channel": _POSTING,
    "posting_to_channel_denied": _POSTING,
}


def final_for(code: str) -> For:
    """`code`: Slack's own word."""
    if "block" in code or "msg_too_long" in code:
        return For.BLOCKS
    return _BY_CODE.get(code, For.ROW)


TOO_MANY = frozenset({"ratelimited", "rate_limited"})  # chat.postMessage has a word of its own
_KIND = {
    For.NOBODY_KNOWS: SlackTrouble.SLACK,
    For.BLOCKS: SlackTrouble.BLOCKS,
    For.MESSAGE: SlackTrouble.MESSAGE,
    For.PLACE: SlackTrouble.PLACE,
    For.ROW: SlackTrouble.OTHER,
}


def kind_of(code: str) -> SlackTrouble:
    """To be counted by."""
    if code in TOO_MANY:
        return SlackTrouble.LIMITED
    return SlackTrouble.TOKEN if code in OF_THE_TOKEN else _KIND[final_for(code)]


def why(code: str) -> str:
    """For a sentence that a person reads: "Slack says that …"."""
    return _WHY.get(code, code)


def mend(code: str) -> str:
    """What to do about it, for a sentence: "… To mend it, …"."""
    if code in OF_THE_TOKEN:
        return "install the app anew, and give its new token in SLACK_BOT_TOKEN"
    return _MEND.get(code, "look in the channel's settings in Slack")
