"""A text is answered: real processes, a real server, a local Slack and a local Notify. Once, whoever dies meanwhile."""

import json
import re
from collections.abc import Iterator

import pytest

from bot.domain.events import Acknowledged
from bot.ports.reach_answers import load
from sandbox.client import Person
from sandbox.notify.runner import LocalNotify, running_notify
from tests.chaos.conftest import Force, id_of, kill
from tests.waiting import in_time, until

pytestmark = pytest.mark.slow

FAY, PHONE = id_of("fay"), "+447700900124"


@pytest.fixture
def notify(monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalNotify]:
    with running_notify() as notify:
        for name, value in {
            "MISSING_WAYS_OUT": json.dumps({FAY: {"SMS": "notify://07700 900124"}}),
            "MISSING_NOTIFY__KEY": notify.key,
            "MISSING_NOTIFY__TEMPLATE": notify.template,
            "MISSING_NOTIFY__URL": notify.url,
            "MISSING_NOTIFY__POLL": "0.5",
            "MISSING_PATIENCE__SLACK": "1",
        }.items():
            monkeypatch.setenv(name, value)
        yield notify


def acknowledged(force: Force, ref: str) -> list[tuple[str, str]]:
    entries = force.bot.stores.cases.entries(ref)
    return [(each.by, each.surface) for each in entries if isinstance(each.event, Acknowledged)]


def answers(notify: LocalNotify) -> list[str]:
    return [text.body for text in notify.texts(PHONE) if (text.reference or "").startswith("answer")]


def texted(force: Force, notify: LocalNotify) -> tuple[str, str]:
    """A child whose page Slack does not take: its reference, and the code that the FIM was sent."""
    force.workspace.fault("server_error", "chat.postMessage")
    ref = force.report()
    until("the FIM is texted", lambda: any(ref in body for body in notify.bodies(PHONE)))
    force.workspace.clear_faults()
    (text,) = [body for body in notify.bodies(PHONE) if ref in body]
    found = re.search(r"Reply (\d\d) to acknowledge", text)
    assert found, text
    return ref, found[1]


def test_a_reply_acknowledges_once_though_two_bots_read_it(notify: LocalNotify, force: Force) -> None:
    force.listen()
    force.listen()
    force.start("timer")
    force.start("worker", "deliver")
    ref, code = texted(force, notify)
    force.wait_for_page(ref)
    notify.reply(PHONE, code)
    until("it is acknowledged", lambda: acknowledged(force, ref) == [(FAY, "text")])
    until("the answer came", lambda: len(answers(notify)) == 1)
    assert f"You acknowledged {ref} at" in answers(notify)[0]
    force.wait_until_told()
    until(
        "the card says so",
        lambda: any("acknowledged by text at" in page.words for page in force.pages(ref)),
    )
    assert sum("acknowledged by text at" in message.words for message in force.thread_of(ref)) == 1
    assert acknowledged(force, ref) == [(FAY, "text")]
    assert len([body for body in notify.bodies(PHONE) if code in body and "Reply" in body]) == 1


def test_a_bot_killed_between_reading_and_answering_loses_nothing_and_doubles_nothing(
    notify: LocalNotify, force: Force
) -> None:
    bot = force.listen()
    force.start("timer")
    ref, code = texted(force, notify)
    notify.fails(0, path="/v2/notifications/sms")  # it takes the answer, and never says so
    reply = notify.reply(PHONE, code)
    until("the answer has left", lambda: len(answers(notify)) == 1)
    kill(bot)
    force.listen()
    until("the reply is done with", lambda: _is_done(force, reply), 60)
    assert acknowledged(force, ref) == [(FAY, "text")]
    names = [text.reference for text in notify.texts(PHONE) if text.reference]
    assert len(set(names)) == len(names) == 2, "the page and the answer were sent once"


def _is_done(force: Force, reply: str) -> bool:
    prefix = force.bot.settings.prefix
    return force.bot.redis.get(f"{prefix}:texts:reply:{reply}") == b"done"


def test_a_fim_in_do_not_disturb_is_texted_within_five_seconds_and_answers_from_the_phone(
    notify: LocalNotify, force: Force
) -> None:
    """Card, thread and home page say that she was called, how, and that she knows."""
    fay = force.workspace.person("fay")
    fay.do_not_disturb(8 * 3600)
    force.listen()
    force.start("timer")
    force.start("worker", "deliver")
    until("Slack has said whom it does not disturb", lambda: FAY in quiet(force))
    refs: list[str] = []

    def texted() -> None:
        refs.append(force.report())
        until("the FIM is texted", lambda: any(refs[-1] in body for body in notify.bodies(PHONE)))

    in_time(5.0, texted)
    ref = refs[-1]
    fay.open_home()
    until("her home page says that Slack is silent for her", lambda: shown(fay, "Do Not Disturb"))

    (text,) = [body for body in notify.bodies(PHONE) if ref in body]
    found = re.search(r"Reply (\d\d) to acknowledge", text)
    assert found, text
    notify.reply(PHONE, found[1])
    until("it is acknowledged", lambda: acknowledged(force, ref) == [(FAY, "text")])
    force.wait_for_page(ref)
    until(
        "the card says so",
        lambda: any("acknowledged by text at" in page.words for page in force.pages(ref)),
    )
    force.wait_until_told()
    assert sum("acknowledged by text at" in message.words for message in force.thread_of(ref)) == 1
    until("the home page says so", lambda: shown(fay, "acknowledged by text at"))


def quiet(force: Force) -> dict[str, tuple[float, float]]:
    asked = load(force.bot.stores.documents)
    return asked.quiet if asked else {}


def shown(person: Person, words: str) -> bool:
    home = person.home
    return home is not None and home.says(words)
