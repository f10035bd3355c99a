"""By Apprise: what is asked for is what was meant, each number is asked once and without a pause, and what came of
it is judged by the attempt itself."""

import pytest

from bot.ports.ways_tried import Way
from tests.outside import Letterbox, Pager
from tests.waiting import in_time
from workers.ways_out.channel import BadWay, Letter
from workers.ways_out.ways import Ways

ACCOUNT = f"twilio://AC{'a' * 32}:{'b' * 32}@15005550006"
LETTER = Letter(title="FIM: act on HIGH MC-26-0001", body="Acknowledge by 13:46.\nSlack has not taken it.")


def asked(url: str) -> list[str]:
    return [channel.asks for channel in Ways({"fim": {"SMS": url}}).all.values()]


def gateway(beeper: Pager, *numbers: str) -> str:
    """An SMS gateway of the force's own, one of Apprise's services that can be told where it is."""
    return beeper.url.replace("json://", "smseagle://token@").replace("/page", "/" + "/".join(numbers))


@pytest.mark.parametrize(
    "written", ["07700900124", "+447700900124", "+44(0)7700900124", "?to=07700900124", "?to=%2B447700900124"]
)
def test_a_number_is_asked_for_as_it_was_meant(written: str) -> None:
    assert asked(f"{ACCOUNT}/{written}") == ["Twilio for +44 7700 900124"]


@pytest.mark.parametrize("service", ["bulksms://user:pass@{}", "d7sms://token@{}", "clickatell://key/{}"])
def test_so_do_other_services(service: str) -> None:
    (said,) = asked(service.format("07700900124"))
    assert said.endswith("for +44 7700 900124")


@pytest.mark.parametrize(
    "numbers", ["12", "07700900124/12", "?to=07700900124,12", "07700900124/02079460018", "0770090012"]
)
def test_a_number_that_would_be_dropped_without_a_word_stops_the_start(numbers: str) -> None:
    with pytest.raises(BadWay, match="a number of the way SMS for fim") as bad:
        Ways({"fim": {"SMS": f"{ACCOUNT}/{numbers}"}})
    assert "b" * 32 not in str(bad.value)


def test_a_service_of_texts_that_is_given_no_number_stops_the_start() -> None:
    with pytest.raises(BadWay, match="names no number"):
        Ways({"fim": {"SMS": ACCOUNT}})


def test_a_number_that_its_service_reads_by_itself_must_be_the_one_that_it_asks_for() -> None:
    assert asked("46elks://user:pass@+447700900124") == ["46elks for +44 7700 900124"]
    with pytest.raises(BadWay, match="rewrite into another"):
        Ways({"fim": {"SMS": "46elks://user:pass@+07700900124"}})


def test_a_service_whose_package_is_missing_is_not_called_unknown() -> None:
    with pytest.raises(BadWay, match=r"needs a Python package that is not installed here: paho-mqtt"):
        Ways({"fim": {"pager": "mqtt://user:hunter2@localhost/topic"}})


@pytest.mark.parametrize(
    "written",
    ["/07700900124/07700900125", "/07700900124,07700900125", "/07700900124?to=07700900124,07700900125"],
)
def test_however_several_are_set_apart_each_is_asked_for_once(written: str) -> None:
    assert asked(f"{ACCOUNT}{written}") == ["Twilio for +44 7700 900124", "Twilio for +44 7700 900125"]


def test_several_numbers_are_several_ways_each_asked_once_and_at_once(beeper: Pager) -> None:
    beeper.answer = b'{"result":{"message_id":1,"status":"ok"}}'
    ways = Ways({"fim": {"SMS": gateway(beeper, "07700900124", "07700900125", "07700900126")}})

    def each_is_asked() -> None:
        beeper.pages.clear()
        attempts = ways.deliver(dict.fromkeys(ways.all, LETTER))
        assert [way.name for way in attempts] == ["SMS (1 of 3)", "SMS (2 of 3)", "SMS (3 of 3)"]
        assert all(attempt.was_taken for attempt in attempts.values())

    in_time(3.0, each_is_asked)
    assert sorted(page["params"]["to"] for page in beeper.pages) == [
        "+447700900124",
        "+447700900125",
        "+447700900126",
    ]


def test_the_same_way_sends_the_next_message_too_without_a_pause(beeper: Pager) -> None:
    beeper.answer = b'{"result":{"message_id":1,"status":"ok"}}'
    ways = Ways({"fim": {"SMS": gateway(beeper, "07700900124") + "?retry=2"}})

    def three_go() -> None:
        beeper.pages.clear()
        for _ in range(3):
            assert ways.send("fim", LETTER.title, LETTER.body).taken == ("SMS",)
        assert len(beeper.pages) == 3

    in_time(3.0, three_go)


def test_what_its_service_refuses_was_asked_once_and_has_failed(beeper: Pager) -> None:
    beeper.answer = b'{"result":{"status":"error"}}'
    ways = Ways({"fim": {"SMS": gateway(beeper, "07700900124") + "?retry=2"}})
    assert ways.send("fim", LETTER.title, LETTER.body).failed == ("SMS",)
    assert beeper.asked == 1


def test_a_mail_keeps_its_lines(mail: Letterbox) -> None:
    ways = Ways({"fim": {"e-mail": mail.url}})
    assert ways.deliver({Way("fim", "e-mail"): LETTER})[Way("fim", "e-mail")].was_taken
    assert mail.bodies[0].splitlines()[:2] == LETTER.body.splitlines()
