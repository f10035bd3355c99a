"""The Bolt app: who handles what, and what a person sees when something goes wrong."""

from collections.abc import Callable
from typing import Any

from slack_bolt import App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.deadline import within
from bot.ports.errors import Fate
from bot.slack.slack_client import quiet
from bot.views.wording import refusal_words
from handlers import actions, carried, commands, error_replies, handovers, intake, offers, replies
from handlers.answers_first import AnswersFirst
from handlers.conversation import direct, recorded_replies, shortcuts, threads
from handlers.dependencies import Body, Dependencies
from handlers.errors import NotDone
from handlers.forms import draft_offers, every_step, fit_to_keep
from handlers.forms.report import first_page
from handlers.intake import DEADLINE, Gate, Identity
from handlers.listeners import Listeners
from handlers.live_pages import home_tab, pictures
from handlers.live_pages.refresher import Refresher

# With as many slow presses, the next would go unanswered for its three seconds.
_ANSWERED_AT_ONCE = 64
# A trigger lives for three seconds: of a hundred views that are drawn all at once, none would be done before the last.
_DRAWN_AT_ONCE = 12
# Each of these waits for Slack to put a view up, which takes it a second on a bad night.
_OPENED_AT_ONCE = 64


def build_app(
    deps: Dependencies,
    refresher: Refresher,
    identity: Identity | None = None,
    *,
    signing_secret: str | None = None,
    workspaces: frozenset[str] = frozenset(),
    gate: Gate | None = None,
) -> App:
    """For Socket Mode; with a signing secret for HTTP too. `deps.close()` ends its threads.

    `workspaces`: whose people are the force's, beside those of the bot's own.
    """
    who = identity or Identity(deps.asking)

    def authorized() -> AuthorizeResult:
        return who.authorize()

    app = _AnswersFirst(
        deps.answers_first,
        client=deps.asking,
        signing_secret=signing_secret,
        authorize=authorized,  # the answer to auth.test: no request waits for it
        user_facing_authorize_error_message=refusal_words.NOT_OPENED,
        process_before_response=True,  # on threads of ours (handlers/listeners.py)
        logger=quiet("handlers.bolt"),
    )
    app.use(
        intake.Looks(
            (gate or Gate()).look,
            intake.only_once(deps),
            intake.submissions(deps),
            intake.only_of(lambda: workspaces | {who.workspace()}),
            fit_to_keep.no_words(deps.setting),
        )
    )
    listeners = Listeners(
        app,
        deps.pools(_ANSWERED_AT_ONCE, "answer"),
        _tells_of_trouble(deps),
        drawing=deps.pools(_DRAWN_AT_ONCE, "drawing"),
        opening=deps.pools(_OPENED_AT_ONCE, "opening"),
        gives_way=deps.answers_first.give_way,
        slack_waits=deps.slack_waits,
    )
    register_all(listeners, deps, refresher)
    app.error(_on_error(deps))
    return app


class _AnswersFirst(App):
    """Bolt's, which says what it has in hand."""

    def __init__(self, answers_first: AnswersFirst, **given: Any) -> None:
        super().__init__(**given)
        self._answers_first = answers_first

    def dispatch(self, req: BoltRequest) -> BoltResponse:
        with self._answers_first.answering():
            return super().dispatch(req)


def register_all(listeners: Listeners, deps: Dependencies, refresher: Refresher) -> None:
    for part in (
        commands,
        actions,
        handovers,
        every_step,
        offers,
        threads,
        pictures,
        recorded_replies,
        direct,
        draft_offers,
        shortcuts,
    ):
        part.register(listeners, deps)
    first_page.register(listeners, deps, refresher.second_pages)
    first_page.register_second_page(listeners, deps)
    home_tab.register(listeners, deps, refresher.homes)
    home_tab.register_list_buttons(listeners, deps, refresher.homes)
    _register_the_rest(listeners, deps)


def _register_the_rest(listeners: Listeners, deps: Dependencies) -> None:
    """What has no listener any more, such as a button of an older version, says so."""

    def told(sentence: str, body: Body) -> None:
        error_replies.follow(
            "unknown", body, lambda: replies.tell(body, replies.private(sentence), deps), deps
        )

    def action(ack: Callable[..., Any], body: Body) -> None:
        ack()
        if not error_replies.is_typing(body):
            told(carried.OLD_BUTTON, body)

    def shortcut(ack: Callable[..., Any], body: Body) -> None:
        ack()
        told("Not saved. Open the case by /missing list, and add it there.", body)

    def view(_: Callable[..., Any], __: Body) -> None:
        raise NotDone(carried.OLD_FORM)

    def command(_: Callable[..., Any], __: Body) -> None:
        raise NotDone(carried.OLD_COMMAND)

    listeners.unknown_actions(action)
    listeners.unknown_commands(command)
    listeners.unknown_shortcuts(shortcut)
    listeners.unknown_views(view)


def _tells_of_trouble(deps: Dependencies) -> Callable[[Exception, Body], None]:
    """After Slack was answered."""

    def trouble(error: Exception, body: Body) -> None:
        error_replies.tell(error, body, deps)
        if "event" in body:
            _tell_who_asked(error, body["event"], deps)

    return trouble


def _on_error(deps: Dependencies) -> Callable[..., BoltResponse | None]:
    def on_error(error: Exception, body: Body, context: BoltContext) -> BoltResponse | None:
        """Before Slack was answered: with one sentence for the person."""
        with within(context.get(DEADLINE)):
            error_replies.note(error)
        if "event" in body:  # what failed comes again, and is not refused twice
            _tell_who_asked(error, body["event"], deps)
            return BoltResponse(status=200) if isinstance(error, NotDone) else None
        deadline = context.get(DEADLINE)
        sentence, field = error_replies.said(error, body, deadline.fate if deadline else Fate.NOTHING)
        return replies.refusal(body, sentence, field, deps)

    return on_error


def _tell_who_asked(error: Exception, event: Body, deps: Dependencies) -> None:
    """A stranger who asks the bot something is refused, not left in silence; talk in a channel is no question."""
    to_the_bot = event.get("type") == "app_mention" or direct.is_to_the_bot(event)
    is_of_somebody = bool(event.get("user")) and not event.get("bot_id")
    if isinstance(error, NotDone) and to_the_bot and is_of_somebody:
        said = replies.private(error.sentence)
        deps.background.do("refusal", lambda: replies.whisper(event, said, deps))
