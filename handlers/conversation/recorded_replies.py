"""A person's reply in a case's thread is talk until somebody says that it belongs to the case (screens.md §2).

Full-content mode only: where Slack may carry nobody's words, none are taken from it either.
"""

from collections.abc import Callable
from typing import Any

from bot.domain import commands
from bot.domain.case import Case
from bot.domain.commands import Command
from bot.domain.permissions import Look, may
from bot.ports.drafts import DraftPlace
from bot.questions.orders import order_in
from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.cards.case_card import their_words
from bot.views.message import Message
from bot.views.wording import risk_questions
from bot.views.wording.dealt_with import not_done
from handlers.conversation.threads import case_of_thread
from handlers.dependencies import Body, Dependencies
from handlers.error_replies import follow
from handlers.errors import NotDone
from handlers.forms import lost_forms
from handlers.intake import person_of, value_of
from handlers.listeners import Listeners
from handlers.replies import private, replace_own
from handlers.sight import sight
from handlers.wire_form import people_in, said_in

Ack = Callable[..., Any]
_WRITTEN = (None, "file_share", "thread_broadcast")  # with a file; also sent to the channel


def register(app: Listeners, deps: Dependencies) -> None:
    if not deps.setting.full:
        return

    @app.action(ids.KEEP_ACTIVITY)
    def activity(ack: Ack, body: Body) -> None:
        may_keep(body, commands.Note, deps)
        ack()
        follow("keep", body, lambda: keep(body, lambda _, text: commands.Note(text=text), deps), deps)

    @app.action(ids.KEEP_INFORMATION)
    def information(ack: Ack, body: Body) -> None:
        may_keep(body, commands.Inform, deps)
        ack()
        follow(
            "keep",
            body,
            lambda: keep(body, lambda id, text: commands.Inform(id=id, kind="other", text=text), deps),
            deps,
        )


def may_keep(body: Body, step: type[Command], deps: Dependencies) -> None:
    """Before the words are fetched from Slack. Raises NotDone."""
    deps.need(step, person_of(body))
    sight(body, deps).case(ids.apart(value_of(body), 3)[0], Look.FORM)


def is_talk(event: dict[str, Any], bot: str) -> bool:
    """A reply that a person wrote, and that asks the bot nothing: colleagues may be mentioned in it."""
    is_reply = event.get("thread_ts") not in (None, event.get("ts"))
    by_person = not event.get("bot_id") and event.get("subtype") in _WRITTEN
    return is_reply and by_person and bot not in people_in(str(event.get("text") or ""))


def ask(event: dict[str, Any], deps: Dependencies) -> None:
    ref = case_of_thread(event, deps)
    if ref is None or not may(deps.actor(event["user"]).roles, commands.Note):
        return
    place = ids.together(ref, event["thread_ts"], event["ts"])
    message = _question(ref, place)
    deps.asking.chat_postEphemeral(
        channel=event["channel"],
        user=event["user"],
        thread_ts=event["thread_ts"],
        text=message.text,
        blocks=message.blocks,
    )


def _question(ref: str, place: str) -> Message:
    said = f"Save your reply to {ref}?"
    return Message(
        text=said,
        blocks=[
            section(said),
            actions(
                button("As a note", ids.KEEP_ACTIVITY, place),
                button("As new information", ids.KEEP_INFORMATION, place),
            ),
            marking(),
        ],
    )


def keep(body: Body, step: Callable[[str, str], Command], deps: Dependencies) -> None:
    """The words are read from the thread when they are kept: a button holds none."""
    ref, thread, ts = ids.apart(value_of(body), 3)
    text = words_of(str(body["channel"]["id"]), thread, ts, deps)
    if order := order_in(text):
        replace_own(body, not_done(order, [ref]), deps)
        return
    person, kept = person_of(body), step(f"reply-{ts}", text)
    place = DraftPlace(person, type(kept).__name__, ref, ts)
    try:
        deps.do(ref, kept, deps.actor(person), lost_forms.once(place, f"{thread}:{ts}", text, deps))
    except NotDone as no:
        replace_own(body, private(no.sentence), deps)
        return
    replace_own(body, _kept(sight(body, deps).again(ref, Look.FORM), text, deps), deps)


def _kept(case: Case, text: str, deps: Dependencies) -> Message:
    """With what these words ask about, where nobody has answered it."""
    said, screen = f"Saved to {case.ref}.", deps.screen
    asking = {ask.marker for ask in risk_questions.asks_of(text, screen)}
    if asking.isdisjoint(ask.marker for ask in risk_questions.unanswered(case, screen)):
        return private(said)
    return Message(text=said, blocks=[section(said), *their_words(case, screen), marking()])


def words_of(channel: str, thread: str, ts: str, deps: Dependencies) -> str:
    found = deps.asking.conversations_replies(
        channel=channel, ts=thread, oldest=ts, latest=ts, inclusive=True
    )
    messages: list[dict[str, Any]] = found.get("messages") or []
    name = deps.setting.directory.name
    return next((said_in(each, name) for each in messages if each.get("ts") == ts), "")
