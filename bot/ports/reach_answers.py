"""What Slack last said of who would hear a page: Do Not Disturb, channels, the token. Kept in the record by the bot,
for every process."""

import msgspec
from msgspec import Struct, field

from bot.ports.notes import Documents

DOCUMENT = "reach"  # the name that it has in the store


class ReachAnswers(Struct, frozen=True, kw_only=True):
    """One answer for all, as of one moment."""

    at: float = 0.0  # machine seconds
    quiet: dict[str, tuple[float, float]] = field(default_factory=dict)  # person → begin, end: since 1970
    members: dict[str, frozenset[str]] = field(default_factory=dict)  # channel → who is in it
    refused: dict[str, str] = field(default_factory=dict)  # channel → Slack's word for what is wrong with it
    token: str = ""  # Slack's word, where it no longer takes the bot's token
    quiet_unknown: str = ""  # Slack's word, where it does not tell of Do Not Disturb


def save(documents: Documents, asked: ReachAnswers) -> None:
    documents.put(DOCUMENT, msgspec.json.encode(asked))


def load(documents: Documents) -> ReachAnswers | None:
    """None before Slack was first asked."""
    return decode(documents.get(DOCUMENT))


def decode(found: bytes | None) -> ReachAnswers | None:
    return msgspec.json.decode(found, type=ReachAnswers) if found else None


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
    found = documents.get(_SHUT)
    return msgspec.json.decode(found, type=dict[str, Shut]) if found else {}
