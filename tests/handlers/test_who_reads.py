"""Whoever may look at something, by the one permission table (`bot/domain/permissions.py`), reads it; who may not is
told so alone, is shown nothing of a child or of staff, and is in the processing log as refused.

Every way to look is asked by everybody: each role, who holds none, whose own case it is, who is no member, of whom
Slack says nothing any more, and who lost their role while a form was open; and in every kind of place.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any, NamedTuple

import pytest

from bot.domain import commands
from bot.domain.commands import Command
from bot.domain.facts import Child
from bot.domain.people import AccountKind, Role
from bot.domain.permissions import Look, Readers, may, may_read
from bot.domain.processing import Processing
from bot.views import ids
from handlers.forms.every_step import STEPS
from sandbox.client import Message
from tests.handlers.evening import NAMES, Evening, an_evening, id_of
from tests.handlers.every_press import (
    Press,
    a_button,
    a_command,
    off_duty,
    on_a_view,
    pressing,
)
from tests.handlers.test_every_press import form_of
from tests.world import answers

REF, OTHER = "MC-26-0001", "MC-26-0002"
CHILD = "Rowan Pike"


class Ask(NamedTuple):
    press: Press
    look: Look
    verb: type[Command] | None = None
    of_case: bool = True


def asking(words: str, place: str) -> Press:
    """Of the bot, in so many words."""

    def press(evening: Evening, name: str, ref: str) -> Any:
        mention = "" if place == "direct" else f"<@{evening.workspace.app().bot_user}> "
        where = "@missing" if place == "direct" else place
        return lambda: evening.person(name).type(f"{mention}{words.format(ref=ref)}", where)

    return press


def opening_home(evening: Evening, name: str, _: str) -> Any:
    return evening.person(name).open_home


ASKS: dict[str, Ask] = {
    "open case": Ask(a_button(ids.OPEN_CASE), Look.CASE),
    "refresh": Ask(on_a_view(ids.REFRESH_CASE, lambda ref: ref, ids.CASE, lambda ref: ref), Look.CASE),
    "/missing REF": Ask(a_command(lambda ref: ref), Look.CASE),
    "/missing status": Ask(a_command(lambda ref: f"status {ref}"), Look.STATUS),
    "details": Ask(a_button(ids.DETAILS), Look.DETAILS),
    "picture": Ask(a_button(ids.TIMELINE_PICTURE, channel="cases"), Look.TIMELINE),
    "question": Ask(asking("who has {ref}?", "control"), Look.ANSWER),
    "direct question": Ask(asking("who has {ref}?", "direct"), Look.ANSWER),
    "/missing list": Ask(a_command(lambda _: "list"), Look.LIST, of_case=False),
    "list button": Ask(a_button("list_all", lambda _: "all"), Look.LIST, of_case=False),
    "/missing mine": Ask(a_command(lambda _: "mine"), Look.MINE, of_case=False),
    "home": Ask(opening_home, Look.HOME, of_case=False),
    "all that waits": Ask(a_button(ids.SHOW_ALL, lambda _: "fim"), Look.WAITING, of_case=False),
    "/missing board": Ask(a_command(lambda _: "board"), Look.BOARD, of_case=False),
    "/missing audit": Ask(a_command(lambda _: "audit 7d"), Look.AUDIT, of_case=False),
    "/missing duty": Ask(a_command(lambda _: "duty fim"), Look.DUTY, of_case=False),
} | {f"form {id}": Ask(a_button(id), Look.FORM, step.verb) for id, step in STEPS.items()}

# Who looks: a name of the evening, the roles held; whether the case is theirs; what their account is.


class Who(NamedTuple):
    name: str
    roles: tuple[Role, ...] = ()
    owns: bool = False
    kind: AccountKind = AccountKind.MEMBER
    outdated: bool = False


PEOPLE: dict[str, Who] = (
    {role.value: Who("oz", (role,)) for role in Role if role is not Role.OWNER}
    | {"no role": Who("oz"), "whose case it is": Who("oz", owns=True)}
    | {
        kind.value: Who("oz", (Role.SUPERVISOR,), kind=kind)
        for kind in AccountKind
        if kind is not AccountKind.MEMBER
    }
    | {"by an old list": Who("oz", (Role.FIM,), outdated=True)}
)


@pytest.fixture(scope="module")
def shared() -> Iterator[Evening]:
    with two_cases() as running:
        yield running


@pytest.fixture
def evening() -> Iterator[Evening]:
    """Of its own: what a person sees is read again with each look, and should not grow with everybody else's."""
    with two_cases() as running:
        yield running


@contextmanager
def two_cases() -> Iterator[Evening]:
    with an_evening() as running:
        running.workspace.settings(trigger_seconds=60, rate_limits=False)
        for number, ref in enumerate((REF, OTHER), 1):
            child = Child(name=CHILD, age=13)
            made = running.report(
                1, by=id_of("cal"), incident=f"LOG-{number}", child=child, markers=answers("abduction")
            )
            assert made == ref
        running.until(1)
        yield running


@pytest.fixture
def someone(evening: Evening, request: pytest.FixtureRequest) -> Iterator[Who]:
    who: Who = PEOPLE[request.param]
    person, people = id_of(who.name), evening.people
    held = people.people[person]
    owner = evening.case(REF).ownership.assigned_to
    if who.owns and owner != person:
        evening.do(2, id_of("sam"), commands.Assign(to=person), REF)
    if not who.owns and owner == person:
        evening.do(2, id_of("sam"), commands.Assign(to=id_of("ola")), REF)
    people.people[person] = who.roles
    if who.kind is not AccountKind.MEMBER:
        people.kinds[person] = who.kind
    if who.outdated:
        people.outdated.add(person)
    yield who
    people.people[person] = held
    people.kinds.pop(person, None)
    people.outdated.discard(person)


@pytest.mark.parametrize("someone", PEOPLE, indirect=True)
def test_everybody_reads_what_the_table_says(evening: Evening, someone: Who) -> None:
    wrong = {name: said for name, ask in ASKS.items() if (said := trouble(evening, someone, ask))}
    assert wrong == {}


def trouble(evening: Evening, who: Who, ask: Ask) -> str:
    person = id_of(who.name)
    before = len(noted(evening, person))
    pressed = pressing(evening, ask.press, who.name, REF)
    evening.settle()
    looked = [each for each in noted(evening, person)[before:] if each.action == ask.look.value]
    may_look = allowed(evening, who, ask)
    was_let = any(each.allowed for each in looked)
    if was_let is not may_look:
        return f"let: {was_let}, by the table: {may_look}"
    if may_look:
        return (
            ""
            if all(each.by == person and each.roles == set(who.roles) for each in looked)
            else "noted wrong"
        )
    if not looked and not ask.verb and who.kind is AccountKind.MEMBER:
        return "the refusal is not noted"
    return shown_to_nobody(evening, who, " ".join(pressed.answers))


def shown_to_nobody(evening: Evening, who: Who, said: str) -> str:
    if not said:  # a home page that says so already is drawn alike
        home = evening.person(who.name).home
        return "" if home and not home.says("MC-26") else "silence"
    if CHILD in said or "LOG-" in said:
        return "a child is named"
    staff = [full for name, full in NAMES.items() if name != who.name and full in said]
    is_stranger = who.kind is not AccountKind.MEMBER
    return f"{staff} are named" if staff and is_stranger else ""


def allowed(evening: Evening, who: Who, ask: Ask) -> bool:
    actor = evening.directory.actor(id_of(who.name))
    if actor is None:
        return False
    several = not ask.of_case and who.owns
    reads = may_read(
        actor, ask.look, Readers.ROLE_HOLDERS, evening.case(REF) if ask.of_case or several else None
    )
    return reads and (ask.verb is None or may(actor.roles, ask.verb))


def noted(evening: Evening, person: str) -> list[Processing]:
    return [each for each in evening.looks if each.by == person]


def test_no_look_is_left_out() -> None:
    told_with_others = {
        Look.EARLIER,
        Look.EXPORT,
        Look.HANDOVER,
        Look.LOG,
        Look.PURGE,
        Look.RETENTION,
    }  # in tests/handlers/test_seen_before.py, test_handover.py, tests/terminal/
    assert {ask.look for ask in ASKS.values()} | told_with_others == set(Look)


def test_who_reads_their_own_case_alone_reads_no_other(shared: Evening) -> None:
    evening = shared
    evening.do(2, id_of("sam"), commands.Assign(to=id_of("oz")), REF)
    with off_duty(evening, "oz"):
        pressed = pressing(evening, a_button(ids.OPEN_CASE), "oz", OTHER)
        assert CHILD not in " ".join(pressed.answers)
        listed = " ".join(pressing(evening, a_command(lambda _: "list"), "oz", REF).answers)
        assert REF in listed and OTHER not in listed
    assert [each.ref for each in noted(evening, id_of("oz")) if each.ref == OTHER and each.allowed] == []


@pytest.mark.parametrize("id", STEPS)
def test_who_lost_their_role_while_a_form_was_open_saves_nothing(shared: Evening, id: str) -> None:
    with off_duty(shared, "sid"):
        recorded = shared.entries(REF)
        pressed = pressing(shared, form_of(id), "sid", REF)
    assert shared.entries(REF) == recorded
    assert pressed.acked and CHILD not in " ".join(pressed.answers)


# --- where the answer is given ----------------------------------------------------------------------------------


class Place(NamedTuple):
    channel: str
    posted: bool


PLACES = {
    "the case's thread": Place("cases", True),
    "a channel to which somebody invited the bot": Place("control", False),
    "a public channel": Place("lobby", False),
}


@pytest.mark.parametrize("place", PLACES)
def test_an_answer_is_posted_in_the_force_s_own_channels_alone(shared: Evening, place: str) -> None:
    channel, posted = PLACES[place]
    assert told(shared, channel) == ((True, False) if posted else (False, True))


@pytest.mark.parametrize("how", ["made public", "shared", "a stranger is in it", "a guest is in it"])
def test_a_channel_that_is_the_force_s_alone_no_longer_takes_no_answer(how: str) -> None:
    with an_evening() as evening:
        evening.report(1, by=id_of("cal"), incident="LOG-1", child=Child(name=CHILD, age=13))
        assert told(evening, "cases") == (True, False)
        changes(evening, how)
        evening.asks_slack()
        assert told(evening, "cases") == (False, True)


def changes(evening: Evening, how: str) -> None:
    match how:
        case "made public":
            evening.person("fay").convert("cases", "public")
        case "shared":
            evening.person("fay").share("cases", "T0ELSE")
        case "a stranger is in it":
            evening.people.kinds[id_of("oz")] = AccountKind.STRANGER
        case _:
            evening.people.kinds[id_of("oz")] = AccountKind.GUEST


def told(evening: Evening, channel: str) -> tuple[bool, bool]:
    """Whether the answer to Sam was posted there; whether it was given to Sam alone."""
    before = {post.ts for post in evening.workspace.posts()}
    evening.person("sam").type(f"<@{evening.workspace.app().bot_user}> who has {REF}?", channel)
    evening.workspace.wait_for(lambda: new(evening, before), "an answer")
    evening.settle()
    said = new(evening, before)
    return any(not is_private(post) for post in said), any(is_private(post) for post in said)


def new(evening: Evening, before: set[str]) -> list[Message]:
    return [
        post for post in evening.workspace.posts() if post.ts not in before and "owner" in post.words.lower()
    ]


def is_private(post: Message) -> bool:
    return post.seen_by is not None


def test_each_role_is_asked() -> None:
    assert set(chain(*(who.roles for who in PEOPLE.values()))) == set(Role) - {Role.OWNER}
