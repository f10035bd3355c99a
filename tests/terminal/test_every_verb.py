"""Every verb of the terminal is run once, as somebody who may, to its end. A verb without a row here fails."""

import pytest

from cli.terminal.case_command import case
from tests.terminal.conftest import IN_THEIR_WORDS, REPORTED, Terminal
from tests.world import this_years

Step = tuple[str, str]

CONCERN = (
    "cal",
    "categorise LOG-1042 --category concern_for_safety --whereabouts-known no --rationale Walking_home",
)
DOWN = (
    "sam",
    "grade LOG-1042 --level medium --rationale Spoke_to_him --considered suicidal_today,self_harm",
)
ENQUIRY = ("sam", "enquiry LOG-1042 --text CCTV --owner ola --due 30m")
HEARD = ("cal", "information LOG-1042 --kind sighting --text Seen_at_the_pier")
FOUND = ("ola", "located LOG-1042 --where Pier --seen-in-person yes")
TALKED = ("ola", "interview LOG-1042 --kind prevention --in-person yes --by-whom Ola")
CLOSED = ("sam", "close LOG-1042 --reason Home")
PASSED_ON = ("sam", "transfer LOG-1042 --force Kent")
SENT_BACK = ("cal", "transfer-refuse LOG-1042 --name Sgt_Reed --why not_ours")
SECOND = (
    "cal",
    "report --incident LOG-2 --child-age 13 --child-name Rowan_Pike --why-worried Gone --category missing "
    "--markers self_harm --adverse-event no --last-seen-at now --last-seen-where School --reporter-name Tom_Pike "
    "--reporter-phone 1 --reporter-relationship Father --reported-at now",
)

# Verb → what was done before, then the step itself; what is last printed holds the words.
ROWS: dict[str, tuple[tuple[Step, ...], str]] = {
    "report": ((SECOND,), "Saved. Clocks run."),
    "markers": ((("cal", "markers LOG-1042 --markers pregnancy=no"),), "Done."),
    "describe": ((("cal", "describe LOG-1042 --missing-from school --looked-after no --sex male"),), "Done."),
    "same-child": ((SECOND, ("cal", "same-child LOG-2 --earlier LOG-1042")), "Done."),
    "grade": ((("cal", "grade LOG-1042 --level high --rationale Says_so"),), "HIGH"),
    "approve": ((DOWN, ("sid", "approve LOG-1042 --why Agreed")), "MEDIUM"),
    "refuse": ((DOWN, ("sid", "refuse LOG-1042 --why No")), "HIGH"),
    "categorise": ((CONCERN,), "Concern for safety"),
    "sign-off": ((CONCERN, ("sam", "sign-off LOG-1042 --why Checked")), "Done."),
    "assign": ((("sam", "assign LOG-1042 --to Ola_Brandt"),), "Ola Brandt"),
    "accept": ((("sam", "assign LOG-1042 --to ola"), ("ola", "accept LOG-1042")), "Ola Brandt"),
    "decline": ((("sam", "assign LOG-1042 --to ola"), ("ola", "decline LOG-1042 --why Busy")), "Done."),
    "release": ((("ola", "take LOG-1042"), ("ola", "release LOG-1042 --why Off_duty")), "Done."),
    "take": ((("oz", "take LOG-1042"),), "Oz Teal"),
    "acknowledge": ((("fay", "acknowledge LOG-1042"),), "Done."),
    "escalate": ((("cal", "escalate LOG-1042 --why worse"),), "Done."),
    "tell": ((("cal", "tell LOG-1042 --who duty_inspector --how Phone --took Ian"),), "Done."),
    "enquiry": ((ENQUIRY,), "Done."),
    "enquiry-done": ((ENQUIRY, ("ola", "enquiry-done LOG-1042 --result Bus")), "Done."),
    "note": ((("ola", "note LOG-1042 --text Door_to_door"),), "Done."),
    "information": ((HEARD,), "Done."),
    "consider": ((HEARD, ("sam", "consider LOG-1042 --outcome Unit_sent")), "Done."),
    "review": (
        (("sam", "review LOG-1042 --rationale As_before --considered suicidal_today,self_harm"),),
        "Done.",
    ),
    "ppn": ((("ola", "ppn LOG-1042 --ethnicity White --school Avonmead"),), "Done."),
    "located": ((FOUND,), "Done."),
    "interview": ((FOUND, TALKED), "Done."),
    "close": ((FOUND, TALKED, CLOSED), "Done."),
    "reopen": ((FOUND, TALKED, CLOSED, ("sam", "reopen LOG-1042 --why Gone_again")), "Done."),
    "transfer": ((PASSED_ON,), "Done."),
    "transfer-refuse": ((PASSED_ON, SENT_BACK), "Done."),
    "keep": ((PASSED_ON, SENT_BACK, ("sam", "keep LOG-1042 --why Ours")), "Done."),
    "attended": ((("ola", "attended LOG-1042 --where School"),), "Done."),
    "carer-disagrees": ((("cal", "carer-disagrees LOG-1042 --why Higher"),), "Done."),
    "cra": ((("sam", "cra LOG-1042 --decision not_met --why No_danger"),), "Done."),
    "transfer-accept": ((PASSED_ON, ("cal", "transfer-accept LOG-1042 --name Sgt_Reed")), "Done."),
    "correct": (
        (("sam", "correct LOG-1042 --field child.school --to Avonmead --why Misheard"),),
        "Done.",
    ),
    "void": ((("sam", "void LOG-1042 --why Test"),), "Done."),
    "duplicate": ((SECOND, ("sam", "duplicate LOG-2 --of LOG-1042 --why Same_call")), "Done."),
    "confirm": ((("sam", "void LOG-1042 --why Test"), ("sid", "confirm LOG-1042")), "Done."),
    "offer-handover": ((("fay", "offer-handover --role fim --to sid"),), "Sid Penn"),
    "accept-handover": (
        (("fay", "offer-handover --role fim --to sid"), ("sid", "accept-handover --role fim")),
        "You are now FIM.",
    ),
    "put-on-duty": (
        (("fay", "put-on-duty --role fim --person Sid_Penn"),),
        "Done. Sid Penn is on duty as FIM.",
    ),
    "take-off-duty": (
        (
            ("fay", "put-on-duty --role fim --person Sid_Penn"),
            ("fay", "take-off-duty --role fim --person sid"),
        ),
        "Done. Sid Penn is no longer on duty as FIM.",
    ),
    "show": ((("sam", "show LOG-1042"),), "Rowan Pike"),
    "list": ((("sam", "list"),), this_years(1)),
}


def test_every_verb_has_its_row() -> None:
    assert set(ROWS) == set(case.commands)


@pytest.mark.parametrize("verb", sorted(case.commands))
def test_it_is_done_and_says_so(terminal: Terminal, verb: str) -> None:
    """Given Rowan Pike's case, when somebody who may takes the step, then it is done and said."""
    steps, says = ROWS[verb]
    terminal.done("cal", REPORTED, IN_THEIR_WORDS)
    said = [terminal.done(*step) for step in steps]
    assert steps[-1][1].split()[0] == verb and says in said[-1]


@pytest.mark.parametrize("verb", sorted(case.commands))
def test_it_explains_itself(terminal: Terminal, verb: str) -> None:
    told = terminal.run("", f"case {verb} --help")
    assert told.code == 0 and "--as NAME" in told.out


def test_who_is_asked_for_is_not_who_asks(terminal: Terminal) -> None:
    """What is left out of `put-on-duty` is asked for; `--as` does not answer it."""
    terminal.done("fay", "put-on-duty", "fim\nSid Penn\n")
    assert "Sid Penn is on duty as FIM already (Fay Marsh," in terminal.refused(
        "fay", "put-on-duty --role fim --person Sid_Penn"
    )


def test_who_is_on_duty_is_no_free_text(discreet: Terminal) -> None:
    assert "Sid Penn is on duty" in discreet.done("fay", "put-on-duty --role fim --person Sid_Penn")


def test_no_token_of_slack_is_needed(terminal: Terminal) -> None:
    """Slack is down, or the machine was never given its tokens: the desk is the same."""
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        terminal.surroundings.pop(name, None)
    ref = terminal.reported()
    assert "Rowan Pike" in terminal.done("sam", f"show {ref}")
    assert ref in terminal.run("fay", "board").out
