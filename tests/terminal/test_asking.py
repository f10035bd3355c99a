"""What is left out is asked for; what may not be kept is not taken."""

import os
import pty
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.domain.events import HandoverAccepted
from bot.store.redis_stores import RedisStores
from bot.store.server import Server
from bot.store.server_program import find_program
from tests.conftest import REDIS_CONF
from tests.terminal.conftest import A_TIME, Outcome, Terminal


def at_a_tty(terminal: Terminal, person: str, typed: str, keys: str) -> Outcome:
    """As a person at a terminal types it: what is asked comes back on standard error."""
    keyboard, screen = pty.openpty()
    try:
        with terminal.start(person, typed, stdin=screen) as process:
            os.write(keyboard, keys.encode())
            out, err = process.communicate(timeout=60)
        return Outcome(process.returncode, out, err)
    finally:
        os.close(keyboard)
        os.close(screen)


def test_a_tired_person_is_asked_field_by_field(terminal: Terminal) -> None:
    """Enter on the presets; a birth date, a bad time and a blank name are asked about again."""
    keys = (
        "LOG-1042\n\nRowan Pike\n2 Mar 2013\nHe texted\nself_harm\nyes\n\n"
        "\n\nTom Pike\n07700 900001\nfather\nteatime\nnow\n"
    )
    outcome = at_a_tty(terminal, "cal", "case report", keys)
    assert outcome.code == 0, outcome
    assert "This is needed." in outcome.err and 'Type a time: "2215"' in outcome.err
    shown = terminal.shown()
    assert (shown["name"], shown["grade"], shown["category"]) == ("Rowan Pike", "high", "missing")


def test_ctrl_d_stops_and_nothing_is_saved(terminal: Terminal) -> None:
    assert at_a_tty(terminal, "cal", "case report", "LOG-1042\nRowan\n\x04").code == 1
    assert terminal.case("cal", "list --json").document == []


def test_a_long_text_comes_from_standard_input(terminal: Terminal) -> None:
    ref = terminal.reported()
    terminal.done("ola", f"note {ref} --text -", "Door to door.\nNobody in at 12.\n")
    assert "Door to door. Nobody in at 12." in terminal.shown()["timeline"][-1]["says"]


def test_the_only_enquiry_that_waits_is_meant(terminal: Terminal) -> None:
    ref = terminal.reported()
    for text in ("CCTV_A", "CCTV_B"):
        terminal.done("sam", f"enquiry {ref} --text {text} --owner ola --due 30m")
    assert "1: Ola Brandt, due" in terminal.done("sam", f"show {ref}")
    assert (
        terminal.refused("ola", f"enquiry-done {ref} --result Bus")
        == "Not saved. Type which enquiry: its number."
    )
    terminal.done("ola", f"enquiry-done {ref} --id 1 --result Bus")
    terminal.done("ola", f"enquiry-done {ref} --result Train")
    assert "You did this already" in terminal.refused("ola", f"enquiry-done {ref} --id 2 --result Train")


def test_reference_only_takes_codes_and_the_number_of_a_log_entry(discreet: Terminal) -> None:
    discreet.done(
        "cal",
        "report --incident LOG-1042 --child-age 13 --category missing --markers self_harm "
        "--adverse-event yes --last-seen-at now --reported-at now",
    )
    note = "note LOG-1042 --text"
    assert "The words stay in the log; --text is one of:" in discreet.refused("ola", f"{note} Door_to_door")
    assert "--log-entry" in discreet.refused("ola", f"{note} note_in_log")
    discreet.done("ola", f"{note} note_in_log --log-entry 17")
    assert "(log entry 17)" in discreet.done("ola", "show LOG-1042")


@pytest.mark.parametrize(
    "typed",
    [
        "report --incident LOG-7 --child-name Rowan",
        "report --incident LOG-7 --child-born 2013-03-02",
        "report --incident Rowan_Pike",
        "report --incident LOG-7 --last-seen-where Pier",
        "tell LOG-1042 --who Aunt_Jo",
        "tell LOG-1042 --who carer --how By_telephone",
        "correct LOG-1042 --field child.name --to Rowan --why other_in_log --log-entry 1",
    ],
)
def test_reference_only_refuses_what_it_would_have_to_hide(discreet: Terminal, typed: str) -> None:
    discreet.done(
        "cal",
        "report --incident LOG-1042 --child-age 13 --category missing --markers self_harm "
        "--adverse-event no --last-seen-at now --reported-at now",
    )
    said = discreet.refused("cal", typed)
    assert said.startswith("Not saved.") and "Rowan" not in said


def test_without_a_server_it_says_what_to_do(surroundings: Mapping[str, str], tmp_path: Path) -> None:
    alone = Terminal({**surroundings, "REDIS_URL": "", "MISSING_DATA_DIR": str(tmp_path)})
    outcome = alone.case("cal", "list")
    assert outcome.code == 2 and "Start `missing-bot run` here, or set REDIS_URL" in outcome.err


def test_the_server_of_this_machine_is_found(surroundings: Mapping[str, str], tmp_path: Path) -> None:
    """As `missing-bot run` starts one: nobody need know its port."""
    server = Server(find_program(), REDIS_CONF, tmp_path)
    server.start()
    here = Terminal({**surroundings, "REDIS_URL": "", "MISSING_DATA_DIR": str(tmp_path)})
    try:
        assert "Nobody is known here yet" in here.refused("cal", "list")
    finally:
        server.stop()
    assert here.case("cal", "list").code == 2


def test_a_record_that_does_not_answer_is_not_taken_for_done(surroundings: Mapping[str, str]) -> None:
    gone = Terminal({**surroundings, "REDIS_URL": "redis://127.0.0.1:9/0"})
    said = gone.refused("cal", "take MC-26-0001")
    assert "the record did not answer" in said and "paper log, and ring FIM" in said


def test_a_lower_grade_is_asked_what_changed(terminal: Terminal) -> None:
    ref = terminal.reported()
    lower = f"case grade {ref} --level medium"
    outcome = at_a_tty(terminal, "sam", lower, "yes\nyes\n\n")
    assert outcome.code != 0 and "Every marker is still a risk. What changed" in outcome.err
    assert at_a_tty(terminal, "sam", lower, "yes\nyes\nHis father has him\nSpoke to him\n").code == 0
    assert "What changed: His father has him" in terminal.shown()["timeline"][-1]["says"]


def test_a_marker_that_changed_is_why_a_grade_is_lower(terminal: Terminal) -> None:
    ref = terminal.reported()
    lower = f"case grade {ref} --level medium"
    assert at_a_tty(terminal, "sam", lower, "changed\nstill\n\nSpoke to him\n").code == 0
    assert terminal.shown()["timeline"][-1]["says"].count("hanged") == 1
    assert "Self-harm" not in terminal.shown()["timeline"][-1]["says"]


def test_it_is_recorded_when_it_happened_not_when_it_was_typed(terminal: Terminal) -> None:
    ref = terminal.reported()
    terminal.done("cal", f"tell {ref} --who carer,social_care --how Phone --took Jo --when An_hour_ago")
    terminal.done("ola", f"located {ref} --where Pier --seen-in-person yes --when An_hour_ago")
    shown = terminal.shown()["timeline"]
    said = [each["says"] for each in shown if each["type"] in ("Told", "Located")]
    assert len(said) == 3 and all(re.search(rf" at {A_TIME}", each) for each in said), said


def test_a_hand_over_is_read_back(terminal: Terminal, redis_stores: RedisStores) -> None:
    terminal.done("fay", "offer-handover --role fim --to sid")
    terminal.done("sid", "accept-handover --role fim", "Ring the HIGH ones\n")
    accepted = redis_stores.rosters.entries()[-1].event
    assert isinstance(accepted, HandoverAccepted) and accepted.first == "Ring the HIGH ones"
