"""Every verb of ours as a table: each story is one child's case, told from the top down."""

from bot.domain import commands
from tests.browser.evening.verbs.ending import ENDING, TWICE
from tests.browser.evening.verbs.owner import OWNER, SENT_BACK
from tests.browser.evening.verbs.risk import ALERT, CATEGORY, RISK
from tests.browser.evening.verbs.work import WORK

STORIES = {
    "risk": RISK,
    "alert": ALERT,
    "category": CATEGORY,
    "owner": OWNER,
    "sent_back": SENT_BACK,
    "work": WORK,
    "ending": ENDING,
    "twice": TWICE,
}

_OF_DUTIES = (
    commands.OfferHandover,
    commands.TakeCase,
    commands.AcceptHandover,
    commands.PutOnDuty,
    commands.TakeOffDuty,
)
OTHERWISE = {
    commands.Report: "test_modals.py: it makes the case that each story here is about",
    commands.AnswerMarkers: "there too, on the second page, which only whoever saved the first has before them",
    commands.Describe: "test_coded_facts.py: on that page, and what it says on the card",
    commands.SameChild: "there too, beside an earlier episode on that page",
    commands.ShowEpisodes: "nobody asks for it: the screen that shows earlier episodes records it",
    **dict.fromkeys(_OF_DUTIES, "of no case: tests/handlers/test_handover.py"),
}
