"""`/missing audit 7d`: the short form of an audit, with its picture.

It takes longer than Slack waits, so it follows; one after another, whoever asks how often. From the timelines of the
cases alone: the log of who looked at what is not read.
"""

import re
from datetime import datetime, timedelta

from slack_sdk.errors import SlackClientError

from bot.domain.permissions import Look
from bot.period_audit import audit_all
from bot.views import limits
from bot.views.audit_picture import draw_brief
from bot.views.blocks import MARKING
from bot.views.lists.audit_brief import AuditBrief, audit_brief, brief_markup, brief_message
from bot.views.message import Message
from bot.views.wording import words
from handlers.commands.case_commands import Word, WordAsked
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.errors import NotDone
from handlers.intake import channel_of
from handlers.live_pages.pictures import ALT, COMMENT
from handlers.replies import Followed, private, tell
from handlers.sight import Sight

_LONGEST = 31  # days
_USUAL = "7d"
_DAYS = re.compile(r"(\d{1,3}) ?(?:d|days?)", re.IGNORECASE)
NOT_A_PERIOD = (
    f"Say how many days back, up to {_LONGEST}: /missing audit {_USUAL}. "
    "For longer, or from one date to another: missing-bot audit, at a terminal."
)
COMING = "Auditing the last {days}. The answer follows in a moment."
NOT_HERE = (
    "Not posted here, and without its picture: for that, type it in the cases channel, or as a message to me."
)
NOT_DRAWN = "Slack did not take the picture."


def audit(asked: WordAsked) -> Message:
    """Raises NotDone where it is no period, and for who may not read it."""
    days = days_of(asked.rest)
    seen, deps = asked.seen, asked.deps
    seen.allow(Look.AUDIT)
    since = deps.clock.now() - timedelta(days=days)
    said_to = _from_whom(asked)
    coming = private(COMING.format(days="day" if days == 1 else f"{days} days"))
    return Followed(
        text=coming.text,
        blocks=coming.blocks,
        then=lambda: follow(
            "audit", said_to, lambda: _send(since, seen, said_to, deps), deps, by=deps.slowly
        ),
    )


def days_of(typed: str) -> int:
    """Raises NotDone, which says what to type."""
    found = _DAYS.fullmatch(typed.strip() or _USUAL)
    if found is None or not 1 <= int(found[1]) <= _LONGEST:
        raise NotDone(NOT_A_PERIOD)
    return int(found[1])


def _from_whom(asked: WordAsked) -> Body:
    """Who asked, and where: a command or a message alike."""
    told = {"user_id": asked.person, "channel_id": channel_of(asked.body)}
    return told | {name: asked.body[name] for name in ("response_url",) if name in asked.body}


def _send(since: datetime, seen: Sight, body: Body, deps: Dependencies) -> None:
    screen = deps.screen
    found, unread = seen.reported(since, screen.now + timedelta(microseconds=1), Look.AUDIT)
    got = audit_all(found, unread, seen.entries, screen.policy, screen.now)
    brief = audit_brief(got.audits, got.left_out, since, screen)
    channel = channel_of(body)
    asker = f"Asked for by {words.escape(screen.directory.name(seen.person))}."
    if not deps.places.may_answer_in(channel):
        tell(body, brief_message(brief, NOT_HERE), deps)
    elif not brief.bars:
        tell(body, brief_message(brief), deps)
    elif _posted(brief, asker, channel, deps):
        seen.answered(Look.AUDIT, "")
    else:
        tell(body, brief_message(brief, NOT_DRAWN), deps)


def _posted(brief: AuditBrief, asker: str, channel: str, deps: Dependencies) -> bool:
    """Text and picture in one post, so that neither is read without the other."""
    said = limits.clip_markup(brief_markup(brief, asker), COMMENT)
    try:
        deps.posting.files_upload_v2(
            content=draw_brief(brief),
            filename="audit.png",
            title=brief.title,
            alt_txt=limits.clip(f"{brief.title}. {' '.join(brief.facts)}", ALT),
            initial_comment=f"{said}\n{MARKING}",
            channel=channel,
        )
    except (SlackClientError, OSError):
        return False
    return True


AUDIT_WORDS: dict[str, Word] = {"audit": audit}
