"""What Slack last said of who would hear a page, and of who reads what is said in each channel: Do Not Disturb,
channels, the token. Kept in the record by the bot, for every process."""

import msgspec
from msgspec import Struct, field

from bot.domain.people import AccountKind
from bot.ports.damaged import read
from bot.ports.notes import Documents

DOCUMENT = "reach"  # the name that it has in the store


class ChannelAnswer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of a channel that the bot is in."""

    at: float  # machine seconds, at which Slack said this and who its members are
    is_private: bool = False
    shared_with: frozenset[str] = frozenset()  # workspaces, beside the bot's own
    offered_to: frozenset[str] = frozenset()  # that have not accepted yet


class ReachAnswers(Struct, frozen=True, kw_only=True):
    """One answer for all, as of one moment."""

    at: float = 0.0  # machine seconds
    quiet: dict[str, tuple[float, float]] = field(default_factory=dict)  # person → begin, end: since 1970
    members: dict[str, frozenset[str]] = field(default_factory=dict)  # channel → who is in it
    channels: dict[str, ChannelAnswer] = field(default_factory=dict)
    kinds: dict[str, AccountKind] = field(
        default_factory=dict
    )  # of who is in one and not on the list of people
    bot: str = ""  # whom Slack calls the bot itself
    refused: dict[str, str] = field(default_factory=dict)  # channel → Slack's word for what is wrong with it
    token: str = ""  # Slack's word, where it no longer takes the bot's token
    quiet_unknown: str = ""  # Slack's word, where it does not tell of Do Not Disturb


def save(documents: Documents, asked: ReachAnswers) -> None:
    documents.put(DOCUMENT, msgspec.json.encode(asked))


def load(documents: Documents) -> ReachAnswers | None:
    """None before Slack was first asked."""
    return read(documents, DOCUMENT, ReachAnswers)


_SHUT = "shut places"


class Shut(Struct, frozen=True, array_like=True):
    """A channel that has refused a post, and until when that is held against it."""

    code: str  # Slack's word
    until: float  # machine seconds


def note_shut(documents: Documents, channel: str, shut: Shut) -> None:
    """By who posts: what a channel refuses cannot always be told without posting."""
    documents.put(_SHUT, msgspec.json.encode({**shut_places(documents), channel: shut}))


def shut_places(documents: Documents) -> dict[str, Shut]:
    """By channel; those whose time is over are among them."""
    return read(documents, _SHUT, dict[str, Shut]) or {}
