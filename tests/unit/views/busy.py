"""A case in which everything that takes words has been said, with these words."""

from datetime import timedelta

from bot.domain.commands import (
    Acknowledge,
    Approve,
    Assign,
    Close,
    Consider,
    Correct,
    Decline,
    FinishEnquiry,
    GradeCase,
    Inform,
    Interview,
    Locate,
    Note,
    RecordPpn,
    Release,
    Reopen,
    Review,
    SetEnquiry,
    SignOff,
    Take,
    Tell,
    Transfer,
    Void,
)
from bot.domain.facts import MARKERS, Child, Grade, Reporter
from tests.unit.views.story import Told
from tests.world import TOLD, answers, minutes

ALL = tuple(MARKERS)


def busy(text: str, *, full: bool, training: bool = False) -> Told:
    """With `text` in every free-text field there is."""
    told = Told(full=full)
    told.first = told.report(
        1,
        training=training,
        category="concern_for_safety",
        rationale=text,
        child=Child(name=text, age=13, ethnicity=text, school=text, person_ref=text[:40]),
        incident="LOG-1042",
        last_seen_at=TOLD - timedelta(minutes=55),
        last_seen_where=text,
        why_worried=text,
        reporter=Reporter(name=text, relationship=text, phone=text),
        adverse_event=True,
        markers=answers(*ALL),
    )
    told.until(31)
    told.do(31, "fay", Acknowledge())
    told.do(32, "sam", SignOff(why=text))
    told.do(33, "sam", Assign(to="oz"))
    told.do(34, "oz", Decline(why=text))
    told.do(35, "ola", Take())
    told.do(36, "ola", Release(why=text))
    told.do(37, "sam", Tell(who=(text,), how=text, took=text))
    told.do(38, "sam", SetEnquiry(id="e1", text=text, owner="ola", due_at=TOLD + minutes(60)))
    told.do(39, "ola", FinishEnquiry(id="e1", result=text))
    told.do(39, "sam", SetEnquiry(id="e2", text=text, owner="ola", due_at=TOLD + minutes(60)))
    told.do(40, "ola", Note(text=text))
    told.do(41, "cal", Inform(id="i1", kind="call", text=text, source=text, markers=answers("cse")))
    told.do(42, "sam", Consider(id="i1", outcome=text))
    told.do(42, "cal", Inform(id="i2", kind="call", text=text))
    told.do(43, "sam", Review(rationale=text, considered=ALL, next_at=TOLD + minutes(50)))
    told.do(44, "cal", RecordPpn(ethnicity=text, school=text))
    told.do(45, "sam", Correct(field="child.school", to=text, why=text))
    told.do(46, "sam", GradeCase(level=Grade.MEDIUM, rationale=text, considered=ALL, changed=ALL[:9]))
    told.do(47, "sid", Approve(why=text))
    told.do(48, "sam", GradeCase(level=Grade.HIGH, rationale=text))
    told.do(49, "ola", Locate(where=text, seen_in_person=True, seen_by=text))
    told.do(50, "ola", Interview(kind="prevention", in_person=True, by_whom=text))
    told.do(51, "sam", Close(reason=text))
    told.do(52, "sam", Reopen(why=text))
    told.do(53, "sam", Transfer(force=text))
    told.do(54, "sam", Void(why=text))
    told.do(55, "sam", Assign(to="oz"))
    told.until(100)
    return told
