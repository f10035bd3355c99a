"""An evening without Slack: the same desk, the same refusals, the same record."""

import json
import re

from bot.directory_document import save
from bot.domain.people import Role
from bot.store.redis_stores import RedisStores
from cli.terminal.signing import machine_user
from tests.terminal.conftest import A_TIME, HERE, IN_THEIR_WORDS, REPORTED, Terminal
from tests.world import listed


def test_a_report_is_saved_and_says_what_is_next(terminal: Terminal) -> None:
    """Given words piped in a line each, so that no name stands on a command line."""
    ref = terminal.reported()
    shown = terminal.shown()
    assert (shown["ref"], shown["grade"], shown["name"], shown["age"]) == (ref, "high", "Rowan Pike", 13)
    assert shown["timeline"][0]["surface"] == HERE
    assert {debt["clock"] for debt in shown["outstanding"]} >= {
        "fim-aware",
        "owner-accepted",
        "grade-recorded",
    }


def test_an_evening_from_the_report_to_closed(terminal: Terminal) -> None:
    ref = terminal.reported()
    for person, typed in (
        ("fay", "acknowledge LOG-1042"),
        ("cal", f"grade {ref} --level high --rationale Says_he_wants_to_die"),
        ("sam", f"assign {ref} --to Ola_Brandt"),
        ("ola", f"accept {ref}"),
        ("sam", f"enquiry {ref} --text CCTV_of_the_school --owner ola --due 30m"),
        ("ola", f"enquiry-done {ref} --result He_took_the_bus"),
        ("cal", f"information {ref} --kind sighting --text Seen_at_the_pier"),
        ("sam", f"consider {ref} --outcome Unit_sent"),
        ("cal", f"tell {ref} --who duty_inspector --how By_telephone"),
        ("cal", f"markers {ref} --markers pregnancy=no,mental_health"),
        ("sam", f"review {ref} --rationale As_before --considered suicidal_today,self_harm,mental_health"),
        ("sam", f"correct {ref} --field child.school --to Avonmead --why Misheard"),
        ("ola", f"note {ref} --text Door_to_door"),
        ("ola", f"ppn {ref} --ethnicity White --school Avonmead"),
        ("ola", f"located {ref} --where Pier --seen-in-person yes"),
        ("ola", f"interview {ref} --kind prevention --in-person yes"),
        ("sam", f"close {ref} --reason Home"),
    ):
        terminal.done(person, typed)
    shown = terminal.shown()
    assert (shown["status"], shown["owner"]) == ("closed", "ola")
    done = [entry["type"] for entry in shown["timeline"] if entry["by"] != "timer"]
    assert done[-4:] == ["PpnRecorded", "Located", "Interviewed", "Closed"]


def test_a_downgrade_needs_every_marker_and_a_second_person(terminal: Terminal) -> None:
    ref = terminal.reported()
    lower = f"grade {ref} --level medium"
    assert "Still to consider: self-harm." in terminal.refused(
        "sam", f"{lower} --considered suicidal_today --rationale Spoke_to_him"
    )
    asked = terminal.done("sam", lower, "yes\nyes\nSpoke to him\n")
    assert "HIGH" in asked
    assert "another person decides. On duty:" in terminal.refused("sam", f"approve {ref} --why Sure")
    assert "MEDIUM" in terminal.done("sid", f"approve {ref} --why Agreed")


def test_a_refusal_says_what_slack_says_without_its_markup(terminal: Terminal) -> None:
    ref = terminal.reported()
    assert terminal.refused("ola", f"close {ref} --reason Home") == (
        "Only a supervisor or FIM can do this. On duty: Sam Doyle, Sid Penn, Fay Marsh. "
        "Nothing changed; the attempt was logged."
    )
    assert terminal.refused("sam", f"close {ref} --reason Home") == (
        "Not closed. Nobody has recorded seeing the child. Record Located, seen in person."
    )
    assert terminal.refused("cal", "show LOG-9999") == (
        "No case LOG-9999 found that you can see. missing-bot case list --mine lists yours."
    )
    again = terminal.refused(
        "cat",
        "report --incident LOG-1042 --child-age 13 --child-name Rowan "
        "--why-worried A --markers self_harm --adverse-event no --category missing --last-seen-at now "
        "--last-seen-where B --reporter-name C --reporter-phone 1 --reporter-relationship D --reported-at now",
    )
    assert re.fullmatch(
        rf"Not saved again\. {ref} has this incident number \(Cal, {A_TIME}\)\. Open it, and add to it\.",
        again,
    ), again


def test_what_nobody_gave_is_refused_and_not_guessed(terminal: Terminal) -> None:
    assert terminal.refused("cal", "report --incident LOG-7") == (
        "Not saved. Type the category: missing, or concern for safety."
    )
    ref = terminal.reported()
    assert terminal.refused("sam", f"sign-off {ref}").startswith("Nothing of this kind waits")
    assert terminal.refused("cal", f"located {ref} --where Pier") == "Not saved. Say --seen-in-person."


def test_a_time_still_to_come_and_a_time_that_is_none(terminal: Terminal) -> None:
    assert "is still to come" in terminal.refused(
        "cal", "report --incident LOG-7 --last-seen-at 31_Dec_2099_1200"
    )
    unread = terminal.case("cal", "report --incident LOG-7 --reported-at teatime")
    assert unread.code == 2 and 'Type a time: "2215"' in unread.err


def test_who_may_sit_down(terminal: Terminal) -> None:
    assert "not set up here" in terminal.refused("nobody", "list")
    assert "0 open" in terminal.done("Marsh", "list")
    nameless = terminal.case("", "list")
    assert nameless.code == 1 and "is nobody's account here" in nameless.err


def test_the_machines_user_signs_and_nobody_as_somebody_else(
    terminal: Terminal, redis_stores: RedisStores
) -> None:
    own = json.dumps({machine_user(): "U0OLA"})
    signed = Terminal(
        {**terminal.surroundings, "MISSING_TERMINAL__PEOPLE": own, "MISSING_TERMINAL__AS_OTHERS": "false"}
    )
    ref = terminal.reported()
    on_duty = {Role.OFFICER: frozenset({"U0OLA"})}
    save(redis_stores.documents, listed(holders=on_duty, names={"U0OLA": "Ola Brandt", "U0FAY": "Fay Marsh"}))
    signed.done("", f"take {ref}")
    assert "nobody acts as somebody else here" in signed.refused("fay", f"show {ref}")
    last = signed.case("", f"show {ref} --json").document["timeline"][-1]
    assert (last["type"], last["by"], last["surface"]) == ("Taken", "Ola Brandt", "terminal")


def test_a_hand_over(terminal: Terminal) -> None:
    offered = terminal.done("fay", "offer-handover --role fim --to sid")
    assert re.match(rf"Done\. You stay FIM until Sid Penn accepts \(due {A_TIME}\)\.\n", offered), offered
    assert "Fay Marsh offered this to Sid Penn." in terminal.refused("sam", "accept-handover --role fim")
    accepted = terminal.done("sid", "accept-handover --role fim")
    assert accepted == "Done. You are now FIM. Its pages come to you.\n"


def test_a_void_takes_two(terminal: Terminal) -> None:
    ref = terminal.reported()
    terminal.done("sam", f"void {ref} --why Test")
    assert "another person decides" in terminal.refused("sam", f"confirm {ref}")
    assert "WAITS FOR A SECOND PERSON" in terminal.done("sid", f"show {ref}")
    assert "Voided" in terminal.done("sid", f"confirm {ref}")


def test_two_people_take_it_at_once(terminal: Terminal) -> None:
    """Both are told the truth, and the record holds both."""
    ref = terminal.reported()
    both = [terminal.start(person, f"case take {ref}") for person in ("ola", "oz")]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    shown = terminal.shown()
    taken = [entry["by"] for entry in shown["timeline"] if entry["type"] == "Taken"]
    assert sorted(taken) == ["Ola Brandt", "Oz Teal"]
    assert {"ola": "Ola Brandt", "oz": "Oz Teal"}[shown["owner"]] == taken[-1]


def test_what_was_seen_before_is_read_before_the_grade(terminal: Terminal) -> None:
    """Given an earlier case of a child of that name, when it is reported again, then it is named, and before a grade is
    asked; that it was shown is recorded once."""
    terminal.reported()
    again = REPORTED.replace("LOG-1042", "LOG-2")
    said = terminal.done("cal", again, IN_THEIR_WORDS)
    assert "SEEN BEFORE? Likely same child: name alike (Rowan Pike, 13)" in said
    entries = terminal.case("cal", "show LOG-2 --json").document["timeline"]
    assert [each["type"] for each in entries].count("EpisodesShown") == 1
    graded = terminal.case("cal", "grade LOG-2 --level high --rationale Says_so")
    assert graded.code == 0 and "SEEN BEFORE? Likely same child" in graded.err


def test_an_age_is_of_the_day_by_the_force_s_clock(terminal: Terminal) -> None:
    """Half past midnight in summer is yesterday in UTC, and the child's birthday is today."""
    ref = terminal.reported()
    terminal.done("cal", f"correct {ref} --field reported_at --to 1_Jul_2025_0030 --why Misheard")
    terminal.done("cal", f"correct {ref} --field child.born --to 2012-07-01 --why Misheard")
    assert terminal.shown()["age"] == 13
