"""Which pictures there are, in the album's order, and what each shows."""

from html import escape
from pathlib import Path

ALBUM = {
    "The case": {
        "thread": "The case's card and its thread: who did what and when, and a supervisor's @missing status answered",
        "case": "The card in the cases channel: risk, who, what is owed, and only the buttons that work now",
        "open-case": "Open case: each debt with its remedy, then what happens if nothing is done, facts and history",
        "open-case-officer": "As an officer sees it: whose the other debts are, and no button that would be refused",
    },
    "Asked in its thread": {
        "answers": "Several questions at once: an answer is a dated snapshot beside the question",
        "timeline": "The timeline as a picture, with the same facts beside it",
        "keep": "A reply is talk until whoever wrote it says that it belongs to the case",
    },
    "Pages to the FIM": {
        "page-new": "New: the duty, its deadline, and who is paged if nothing is done",
        "page-again": "Paged again: nobody owns the case; what was done stays in sight",
        "page-known": "Acknowledged: quiet for ten minutes, and the clock runs on",
        "page-cleared": "Cleared: nothing waits for the FIM, and the child is still missing",
        "digest": "More cases at one moment than anybody reads one by one are one message",
        "stopped": "No timer runs: silence must not look like calm",
        "running-again": "What the banner becomes, and that it is over",
        "phone": "What a locked phone shows: no name, ever",
    },
    "Reporting": {
        "report": "Page 1: what must be saved, and all that can mean high risk; saving starts the clocks",
        "concern": "Concern for safety: the stop, and a refusal under the field that is wrong",
        "risk": "Page 2: the rest of the risks, then the grade",
        "seen-before": "An earlier case stands before the grade; one press says that it is the same child",
        "same-child": "Then its grade counts here, and how often it happened is in sight",
        "language": "A hint on the wording: nothing is blocked, nothing rewritten",
        "draft": "A form that was lost is offered again",
        "no-role": "Whoever holds no role is told before they type what would not be saved",
    },
    "Training": {
        "training": "The form for training: its title and first line say so",
        "training-card": "Its card begins with it",
        "training-page": "So does its page, to the people whom a child's would call",
        "training-board": "The board counts children, and has what trains last",
        "training-home": "So has a home page",
    },
    "Risk": {
        "grade": "Grade: up is choose, why, done",
        "downgrade": "Down: each current risk marker is considered, and a second person decides",
        "decide": "That second person sees who asked, what was considered, and why",
        "carer-disagrees": "A carer disagrees with the grade: kept, with whom to ask",
        "alert": "Child Rescue Alert: decided, by whom and why",
        "review": "Review: every current risk marker again, and when next",
        "category": "Filed as concern for safety only with a reason",
        "sign-off": "Sign off why it is not missing; record as missing stands first",
    },
    "Who has it": {
        "assign": "Assign: asked is not accepted",
        "offer": "The offer in the officer's messages: accept or decline",
        "decline": "Decline says why",
        "escalate": "Escalate now: the next rung is paged at once",
        "release": "Release: then nobody owns it, and the clock starts again",
        "transfer": "Pass to another force: the sender owns it until a named person there accepts",
        "transfer-accepted": "Who there accepted",
        "transfer-refused": "Refused by the other force: it stays the sender's",
    },
    "Work on it": {
        "attended": "Attendance: coming or not, and why",
        "enquiry": "Set a line of enquiry: what, who, by when",
        "enquiry-done": "What came of it",
        "information": "New information starts its own clock",
        "which-case": "A message becomes information on a case: which one is asked where its thread does not say",
        "from-message": "With its words and where they stand",
        "consider": "What follows from it; somebody else says so",
        "note": "A note: what is being done",
        "told": "Who outside was told, by whom taken, and when",
        "notice": "The public protection notice, with ethnicity and school",
        "correct": "A correction: what stood before stays in the record",
    },
    "Its end": {
        "located": "Located is not seen, and does not close the case",
        "interview": "A prevention interview is face to face",
        "close": "Closing: all of the gate is met, or there is no button",
        "reopen": "Reopen",
        "void": "Void: a second person confirms",
        "confirm": "That second person confirms",
        "duplicate": "Duplicate of another case: a second person confirms that too",
    },
    "The shift": {
        "hand-over": "To whom: you stay in the role until they accept",
        "hand-over-pack": "What the next one gets: high and late in rows, the rest by reference",
        "hand-over-case": "Accepted one by one, what was taken stays taken",
        "read-back": "What will you do first? Said back, it was heard",
        "handed-over": "Whoever gave hears what was understood",
    },
    "For one person": {
        "welcome": "The first time: what you are paged for, and a page to try",
        "home-fim": "The FIM's home: what waits for you, then every open case, worst first",
        "home-supervisor": "A supervisor's",
        "home-officer": "An officer's",
        "home-control-room": "A call handler's",
        "list": "A list: of which cases, and where in it",
        "board": "The board: one message in a room, kept up to date",
        "practice": "A page to practise on, to nobody else",
        "practised": "And what pressing its button does",
        "refusal": "A refusal, seen by nobody else: not done, why, who can",
    },
    "References only": {
        "reference-report": "Page 1: what stays in the incident log is ticked, not typed",
        "reference-risk": "Page 2: reasons are codes, with the number of the log entry",
        "reference-card": "The case's card",
        "reference-page": "The page to the FIM",
        "reference-open-case": "Open case",
    },
}

# Those that README.md and the pages in docs show; the others are in nobody's history.
KEPT = (
    "thread",
    "report",
    "risk",
    "page-new",
    "page-again",
    "page-known",
    "page-cleared",
    "home-fim",
    "home-supervisor",
    "offer",
    "stopped",
)

# Of each story in tests/browser/evening/verbs, its steps in turn; no name, no picture.
OF_STEPS = {
    "risk": ("grade", "downgrade", "decide", "", "", "review", "carer-disagrees"),
    "alert": ("alert",),
    "category": ("category", "", "sign-off", ""),
    "owner": ("assign", "escalate", "decline", "", "release", "", "", "transfer", "transfer-accepted"),
    "sent_back": ("", "transfer-refused", ""),
    "work": (
        "",
        "told",
        "attended",
        "",
        "enquiry",
        "enquiry-done",
        "information",
        "consider",
        "note",
        "notice",
        "correct",
    ),
    "ending": ("located", "interview", "close", "reopen", "void", "confirm"),
    "twice": ("duplicate",),
}

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every screen in a picture</title>
<style>
  body {{ font: 16px/1.5 sans-serif; max-width: 1200px; margin: 2rem auto; padding: 0 1rem; color-scheme: light dark }}
  img {{ max-width: 100%; height: auto }}
  figure {{ margin: 2rem 0 }}
</style>
<h1>Every screen in a picture</h1>
<p>Taken of the running bot in its local workspace; all people are invented. Each is shown wide and light beside narrow
and dark; the fold below it has the other two. Forms are shown as they refuse: what is wrong stands under its field.</p>
{parts}
</html>
"""
_FIGURE = """<figure>
<figcaption>{caption}.</figcaption>
<a href="{name}.webp"><img src="{name}.webp" alt="{caption}" loading="lazy"></a>
<details><summary>Wide and dark, narrow and light</summary>
<img src="{name}-turned.webp" alt="The same, wide in dark colours and narrow in light ones" loading="lazy"></details>
</figure>"""


def write(into: Path) -> Path:
    """The page that shows what is there; returns where it is."""
    parts = []
    for title, pictures in ALBUM.items():
        taken = {name: caption for name, caption in pictures.items() if (into / f"{name}.webp").exists()}
        parts += [f"<h2>{escape(title)}</h2>"] if taken else []
        parts += [_FIGURE.format(name=name, caption=escape(caption)) for name, caption in taken.items()]
    page = into / "index.html"
    page.write_text(_PAGE.format(parts="\n".join(parts)), encoding="utf-8")
    return page
