"""The local Notify is what its facts say, to whoever asks it as is documented; and the bot knows the same facts."""

import json
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.time import HostClock
from sandbox.notify.office import FACTS
from sandbox.notify.runner import LocalNotify, running_notify
from workers.ways_out import notify_api
from workers.ways_out.notify_api import NotifyApi, NotifyRefused

NUMBER = "+447700900124"


class Ahead:
    def __init__(self, seconds: float) -> None:
        self._ahead = seconds

    def seconds(self) -> float:
        return HostClock().seconds() + self._ahead


@pytest.fixture(scope="module")
def notify() -> Iterator[LocalNotify]:
    with running_notify() as notify:
        yield notify


def asking(notify: LocalNotify, ahead: float = 0) -> NotifyApi:
    return NotifyApi(notify.key, notify.url, Ahead(ahead))


def refusal(notify: LocalNotify, number: str = NUMBER, **asked: str) -> tuple[int, str]:
    with pytest.raises(NotifyRefused) as no:
        asking(notify).send_text(number, "Test", template=asked.get("template", notify.template))
    return no.value.status, no.value.kind


def test_a_text_is_taken_found_by_its_name_and_followed(notify: LocalNotify) -> None:
    api = asking(notify)
    text = api.send_text(NUMBER, "Test", template=notify.template, reference="one")
    assert (api.find("one"), api.find("two")) == (text, None)
    assert api.status(text) == "delivered"
    assert notify.texts(NUMBER)[-1].body == "Test"


def test_what_is_wrong_is_refused_as_it_is_documented(notify: LocalNotify) -> None:
    assert refusal(notify, "+15005550006") == (400, "ValidationError")
    assert refusal(notify, template="00000000-0000-0000-0000-000000000000") == (400, "BadRequestError")
    with pytest.raises(NotifyRefused) as no:
        asking(notify).send_text(NUMBER, "x" * (notify_api.LONGEST + 1), template=notify.template)
    assert no.value.is_final


@pytest.mark.parametrize(("ahead", "is_taken"), [(-45, False), (-20, True), (20, True), (45, False)])
def test_a_clock_must_be_within_half_a_minute(notify: LocalNotify, ahead: float, is_taken: bool) -> None:
    try:
        asking(notify, ahead).find("one")
        taken = True
    except NotifyRefused as no:
        assert (no.status, no.kind, no.is_final) == (403, "AuthError", False)
        taken = False
    assert taken is is_taken


def test_another_key_is_refused(notify: LocalNotify) -> None:
    wrong = notify.key[:-1] + ("0" if notify.key[-1] != "0" else "1")
    with pytest.raises(NotifyRefused) as no:
        NotifyApi(wrong, notify.url, HostClock()).find("one")
    assert no.value.status == 403
    assert wrong[-36:] not in str(no.value)


def test_its_numbers_for_tests_do_what_is_documented(notify: LocalNotify) -> None:
    api, numbers = asking(notify), FACTS["numbers"]
    fates = {}
    for fate in ("permanent_failure", "temporary_failure"):
        fates[fate] = api.status(api.send_text(numbers[fate], "Test", template=notify.template))
    assert fates == {"permanent_failure": "permanent-failure", "temporary_failure": "temporary-failure"}
    smoke = api.send_text(numbers["smoke_test"][0], "Test", template=notify.template)
    assert api.status(smoke) is None


def test_replies_come_by_pages_newest_first(notify: LocalNotify) -> None:
    ids = [notify.reply(NUMBER, str(number)) for number in range(260)]
    pages = list(asking(notify).received())
    assert [len(page) for page in pages] == [FACTS["received"]["page"], 10]
    assert [text.id for page in pages for text in page] == ids[::-1]
    assert pages[0][0].number == "447700900124"


def test_the_bot_knows_the_same_limits() -> None:
    assert FACTS["send_text"]["longest_characters"] == notify_api.LONGEST


def held(notify: LocalNotify, path: str, body: bytes | None = None) -> Request:
    return Request(f"{notify.url}{path}", data=body, headers={"Authorization": f"Bearer {notify.token}"})


def test_a_person_at_a_terminal_can_answer_for_a_phone(notify: LocalNotify) -> None:
    body = json.dumps({"number": NUMBER, "content": "47"}).encode()
    with urlopen(held(notify, "/control/reply", body)) as answer:
        assert json.load(answer)["id"]
    with pytest.raises(HTTPError), urlopen(f"{notify.url}/v2/received-text-messages"):
        pass


def test_the_phones_are_shown_with_what_came_and_what_was_answered(notify: LocalNotify) -> None:
    asking(notify).send_text("+447700900601", "HIGH MC-26-0001", template=notify.template)
    notify.reply("+447700900601", "47")
    with urlopen(held(notify, "/control/phones")) as answer:
        (phone,) = [each for each in json.load(answer) if each["number"] == "+447700900601"]
    assert [(each["theirs"], each["body"]) for each in phone["messages"]] == [
        (False, "HIGH MC-26-0001"),
        (True, "47"),
    ]
    with urlopen(held(notify, "/")) as page:
        assert b"<title>Phones</title>" in page.read()
