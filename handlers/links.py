"""From an old page to the newest one."""

from contextlib import suppress

from slack_sdk.errors import SlackClientError

from bot.domain.events import Acknowledged
from bot.domain.people import BY_RANK
from bot.outgoing import role_lane
from bot.ports.places import page_key, place
from bot.views.wording import naming, refusal_words
from handlers.dependencies import Body, Dependencies
from handlers.intake import person_of


def newest_page(ref: str, otherwise: str, body: Body, deps: Dependencies) -> str:
    """Who acknowledged, when, and where to look now; `otherwise` where nobody has."""
    entries = deps.ask(lambda: deps.cases.entries(ref))
    said = [entry for entry in entries if isinstance(entry.event, Acknowledged)]
    if not said:
        return otherwise
    screen = deps.screen
    last = said[-1]
    link = _link(ref, body, deps)
    return refusal_words.stale_acknowledgement(naming.staff(last.by, screen), screen.time(last.at), link)


def _link(ref: str, body: Body, deps: Dependencies) -> str:
    """To the newest page of a role that this person holds; empty where there is none."""
    roles = deps.actor(person_of(body)).roles
    for role in BY_RANK:
        where = deps.outbox.card(page_key(role_lane(role), ref)) if role in roles else None
        if where:
            at = place(where)
            with suppress(SlackClientError, OSError):  # who and when is said all the same
                return str(deps.asking.chat_getPermalink(channel=at.channel, message_ts=at.ts)["permalink"])
    return ""
