"""Questions: "@bot who has it and what is late?", in a case's thread, under its page, or anywhere with its name.

The answer is a dated snapshot beside the question.
"""

import re
from collections.abc import Callable
from typing import Any

from slack_sdk.errors import SlackClientError

from bot.domain.case import Case
from bot.domain.people import Actor
from bot.domain.permissions import Look
from bot.ports.errors import StoreUnavailable
from bot.questions import Intent, cases_named, understand
from bot.questions.orders import Order, order_in
from bot.questions.phrasebook import shipped
from bot.views import ids
from bot.views.answering import answers
from bot.views.answering.known_risk import About, names_in
from bot.views.lists.listing import is_of
from bot.views.message import Message
from bot.views.wording.dealt_with import not_done
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import note
from handlers.errors import NotDone, NotForYou, RecordSilent
from handlers.listeners import Listeners
from handlers.live_pages.pictures import send_timeline
from handlers.replies import private, whisper
from handlers.sight import Sight, sight
from handlers.wire_form import as_mention, bot_of, plain, without

# Steps told to the bot in free words, in a thread or to the bot itself: not done, with the button that
# does it.


def _is_theirs(case: Case, who: Actor) -> bool:
    return is_of(who.id, case)


_MEANT: dict[Order, Callable[[Case, Actor], bool]] = {
    Order.ACCEPT: lambda case, who: case.ownership.assigned_to == who.id,
    Order.DECLINE: lambda case, who: case.ownership.assigned_to == who.id,
    Order.ACKNOWLEDGE: lambda case, who: any(who.roles & set(page.told) for page in case.paging.values()),
}


def refused(order: Order, ref: str | None, person: str, deps: Dependencies) -> Message:
    """With the case that is meant; where none is, with those of this person that may be."""
    if ref:
        return not_done(order, [ref])
    actor = deps.actor(person)
    is_meant = _MEANT.get(order, _is_theirs)
    cases = Sight(person, "", deps).open_cases(Look.MINE).cases
    return not_done(order, [case.ref for case in cases if is_meant(case, actor)])


WHICH_CASE = "Which case? Ask in a case's thread or under its page, or name it: status MC-26-0142."
ONE_AT_A_TIME = "One case at a time: name one of them."
SILENT = "The record did not answer. Ask again; if it fails twice: paper log, and ring FIM."

_OWN_REF = re.compile(r"\b(?:MC|TRAINING)-\d{2}-\d{4,}\b")


def register(app: Listeners, deps: Dependencies) -> None:
    """Raises KeyError, ValueError where the phrases are wrong or lack a question: before anybody asks."""
    shipped()

    @app.event("app_mention")
    def asked(body: Body) -> None:
        event = body["event"]
        deps.background.do("answer", lambda: answer(event, body, deps))


def answer(event: dict[str, Any], body: Body, deps: Dependencies) -> None:
    """Who may not read is told so alone, wherever it was asked."""
    if event.get("bot_id") or not event.get("user"):
        return
    question, seen = words_to_the_bot(event, body), sight(body, deps)
    try:
        if (order := order_in(question)) and not understand(question):
            meant = _case_meant(question, event, seen, deps)
            whisper(event, refused(order, meant, event["user"], deps), deps)
            return
        then = _answer_about(_case_asked_about(question, event, seen, deps), question, event, seen, deps)
    except NotForYou as no:
        whisper(event, private(no.sentence), deps)
    except NotDone as no:
        _reply(private(no.sentence), event, deps)
    except (RecordSilent, StoreUnavailable) as away:
        note(away)
        whisper(event, private(SILENT), deps)
    else:
        then()


def words_to_the_bot(event: dict[str, Any], body: Body) -> str:
    """What was said to it, without its own mention, wherever that stands."""
    return plain(without(bot_of(body), str(event.get("text") or "")), as_mention).strip()


def _answer_about(
    case: Case, question: str, event: dict[str, Any], seen: Sight, deps: Dependencies
) -> Callable[[], None]:
    """Answers, and returns what follows: if that fails, they were answered all the same."""
    names = [case.ref, case.incident]
    asked = understand(question, cases=names, people=names_in(case, deps.screen))
    if not asked:
        _reply(answers.not_understood(), event, deps)
        return lambda: None
    told = about(case, seen)
    is_for_all = _reply(answers.answer(asked, told, deps.screen), event, deps)

    def then() -> None:
        if is_for_all:
            seen.answered(Look.ANSWER, case.ref)
        if Intent.TIMELINE in asked and deps.places.may_answer_in(event["channel"]):
            send_timeline(case, told.entries, event["channel"], _thread_of(event), deps)

    return then


def about(case: Case, seen: Sight) -> About:
    others, unread = seen.episodes(case)
    return About(case, seen.entries(case), others, unread)


def _case_asked_about(question: str, event: dict[str, Any], seen: Sight, deps: Dependencies) -> Case:
    """The one that is meant. Raises NotDone where there is none, or several."""
    ref = _case_meant(question, event, seen, deps)
    if ref is None:
        seen.allow(Look.ANSWER)
        raise NotDone(WHICH_CASE)
    return seen.case(ref, Look.ANSWER)


def _case_meant(question: str, event: dict[str, Any], seen: Sight, deps: Dependencies) -> str | None:
    """The one that is named, however; else the one of the thread. Raises NotDone where there are several."""
    named = {seen.find(name, Look.ANSWER) for name in cases_named(question)}
    if len(named) > 1:
        raise NotDone(ONE_AT_A_TIME)
    return named.pop() if named else case_of_thread(event, deps)


def _reply(said: Message, event: dict[str, Any], deps: Dependencies) -> bool:
    """Beside the question, where everybody who reads along may; else to who asked alone (domain.md §5). Whether the
    others read it."""
    if not deps.places.may_answer_in(event["channel"]):
        whisper(event, said, deps)
        return False
    deps.posting.chat_postMessage(
        channel=event["channel"],
        thread_ts=_thread_of(event),
        text=said.text,
        blocks=said.blocks,
        unfurl_links=False,
        unfurl_media=False,
    )
    return True


def _thread_of(event: dict[str, Any]) -> str:
    return str(event.get("thread_ts") or event["ts"])


def case_of_thread(event: dict[str, Any], deps: Dependencies) -> str | None:
    """The case of the card on top of the thread, whichever card it is. No index, so none to lose.

    None in a thread that is of no case, of several (a digest), or of which Slack does not tell the bot.
    """
    thread = event.get("thread_ts")
    if not thread:
        return None
    try:
        found = deps.asking.conversations_replies(channel=event["channel"], ts=thread, limit=1)
    except (SlackClientError, OSError):
        return None
    top: list[dict[str, Any]] = (found.get("messages") or [])[:1]
    refs = {ref for message in top if message.get("bot_id") for ref in _refs_on(message)}
    return refs.pop() if len(refs) == 1 else None


def _refs_on(message: dict[str, Any]) -> set[str]:
    """By its buttons; an old page, which has none any more, by what it says."""
    blocks = message.get("blocks", [])
    elements = [element for block in blocks for element in block.get("elements", [])]
    elements += [block["accessory"] for block in blocks if "accessory" in block]
    opened = {str(each["value"]) for each in elements if each.get("action_id") == ids.OPEN_CASE}
    return opened or set(_OWN_REF.findall(f"{message.get('text', '')} {blocks}"))
