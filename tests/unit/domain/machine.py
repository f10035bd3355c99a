"""Random people do random things to one case, at random times. What must never happen is stated once, here."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain import commands as c
from bot.domain.clocks import State, clocks
from bot.domain.events import DowngradeApproved, DowngradeAsked, Entry
from bot.domain.facts import Answer, Attendance, Child, Grade
from bot.domain.fold import advance, fold
from bot.domain.refusals import Refused
from tests.world import PEOPLE, World

REF = "MC-26-0001"
PERSON = st.sampled_from(sorted(PEOPLE))
WHY = st.sampled_from(["Because", "Because", "Because", ""])
CODE = st.sampled_from(["suicidal_today", "self_harm", "mental_health", "cse", "medication"])
MARKERS = st.dictionaries(CODE, st.sampled_from(list(Answer)), max_size=3)
EVERY = ("suicidal_today", "self_harm", "mental_health", "cse", "medication")
ALL = st.just(EVERY)
CODES = st.one_of(ALL, st.just(()))
GRADE = st.sampled_from(list(Grade))
ITEM = st.sampled_from(["a", "b"])
KIND = st.sampled_from(["enquiry", "arrest"])

GRADER = st.sampled_from(["cal", "fay", "sam"])
REGRADE: st.SearchStrategy[c.Command] = st.one_of(
    st.builds(c.GradeCase, level=GRADE, rationale=st.just("Because"), considered=ALL),
    st.just(c.Approve(why="Because")),
)
STEP: st.SearchStrategy[c.Command] = st.one_of(
    st.builds(c.GradeCase, level=GRADE, rationale=WHY, considered=CODES),
    st.builds(c.Approve, why=WHY),
    st.builds(c.Refuse, why=WHY),
    st.builds(
        c.Categorise,
        category=st.sampled_from(["missing", "concern_for_safety"]),
        whereabouts_known=st.booleans(),
        rationale=WHY,
        attendance=st.sampled_from(["", "yes", "no"]),
    ),
    st.builds(c.SignOff, why=WHY),
    st.builds(c.Assign, to=PERSON),
    st.sampled_from([c.Accept(), c.Take(), c.Acknowledge(), c.Confirm()]),
    st.builds(c.Decline, why=WHY),
    st.builds(c.Release, why=WHY),
    st.builds(c.Tell, who=st.sampled_from([("duty_inspector",), ("pnc", "ukmpu")])),
    st.builds(c.FinishEnquiry, id=ITEM, result=WHY),
    st.builds(c.Note, text=WHY),
    st.builds(c.Inform, id=ITEM, kind=st.just("call"), text=WHY, markers=MARKERS),
    st.builds(c.Consider, id=ITEM, outcome=WHY),
    st.builds(c.Review, rationale=WHY, considered=CODES),
    st.builds(c.RecordPpn, ethnicity=WHY, school=WHY),
    st.builds(c.Escalate, why=st.sampled_from(["no_answer", "worse", "because"])),
    st.builds(c.Transfer, force=WHY),
    st.builds(c.AcceptTransfer, name=WHY),
    st.builds(c.RefuseTransfer, name=WHY, why=st.just("not_ours")),
    st.builds(c.Keep, why=WHY),
    st.builds(c.CarerDisagrees, why=WHY),
    st.builds(
        c.Locate,
        where=WHY,
        seen_in_person=st.booleans(),
        found_by=st.sampled_from(["", "police", "nobody"]),
        harm=st.sampled_from(["", "none", "fatal"]),
    ),
    st.builds(
        c.Describe,
        missing_from=st.sampled_from(["", "school", "mars"]),
        looked_after=st.sampled_from([None, True, False]),
    ),
    st.builds(c.Interview, kind=st.sampled_from(["prevention", "return"]), in_person=st.booleans()),
    st.builds(c.Close, reason=WHY),
    st.builds(c.Reopen, why=WHY),
    st.builds(
        c.Correct,
        field=st.sampled_from(
            ["age", "markers.cse", "markers.medication", "person_ref", "looked_after", "harm"]
        ),
        to=st.sampled_from(["12", "15", "no", "yes", "N-1"]),
        why=WHY,
    ),
    st.builds(c.Void, why=WHY),
)


class Evening(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.minute = 0
        self.taken: list[Entry] = []

    @initialize(markers=MARKERS, concern=st.booleans(), known=st.booleans())
    def report(self, markers: dict[str, Answer], concern: bool, known: bool) -> None:
        child = Child(name="Wren Hale", age=15)
        said: dict[str, Any] = {"child": child, "markers": markers}
        if concern:
            self.world.concern(known=known, **said)
        else:
            self.world.report(**said)
        self.taken = self.world.stores.cases.entries(REF)

    @rule(by=PERSON, step=STEP, after=st.integers(0, 90))
    def somebody_does_something(self, by: str, step: c.Command, after: int) -> None:
        self._later(after)
        before = self.world.stores.cases.entries(REF)
        owner = fold(before).owner if before else None
        try:
            done = self.world.desk.handle(REF, step, self.world.actor(by), "test")
        except Refused:
            assert self.world.stores.cases.entries(REF) == before, "a refused step changed the record"
            return
        assert done.entries, f"{type(step).__name__} was taken and left no event"
        self.taken += done.entries
        if isinstance(step, c.RefuseTransfer):
            assert (done.case.owner, done.case.ending.closed) == (owner, None), "sent back to nobody"

    @rule(by=GRADER, step=REGRADE, after=st.integers(0, 20))
    def somebody_thinks_again_about_the_grade(self, by: str, step: c.Command, after: int) -> None:
        """Where most harm was done, most is tried: few people, one of whom may well act twice."""
        self.somebody_does_something(by, step, after)  # type: ignore[arg-type]

    @rule(by=GRADER, level=GRADE, after=st.integers(0, 20))
    def somebody_asks_for_a_grade_and_approves_it(self, by: str, level: Grade, after: int) -> None:
        """Two steps in a row, which at random are seldom one person's."""
        asked = c.GradeCase(level=level, rationale="Because", considered=EVERY)
        self.somebody_does_something(by, asked, after)  # type: ignore[arg-type]
        self.somebody_does_something(by, c.Approve(why="Because"), 0)  # type: ignore[arg-type]

    @rule(by=PERSON, item=ITEM, kind=KIND, after=st.integers(0, 90))
    def somebody_sets_an_enquiry(self, by: str, item: str, kind: str, after: int) -> None:
        due_at = self.world.clock.at + timedelta(minutes=after + 30)
        wish = c.SetEnquiry(id=item, text="CCTV", owner="ola", due_at=due_at, kind=kind)
        self.somebody_does_something(by, wish, after)  # type: ignore[arg-type]

    @rule(owner=PERSON, by=st.sampled_from(["fay", "sam"]), after=st.integers(0, 20))
    def another_force_sends_it_back(self, owner: str, by: str, after: int) -> None:
        """Three steps in a row: at random they hardly ever meet, and the second is what two forces quarrelled over."""
        self.somebody_does_something(owner, c.Take(), after)  # type: ignore[arg-type]
        self.somebody_does_something(by, c.Transfer(force="Northshire"), 0)  # type: ignore[arg-type]
        refused = c.RefuseTransfer(name="Ada Hill", why="not_ours")
        self.somebody_does_something(by, refused, 0)  # type: ignore[arg-type]

    @rule(
        by=st.sampled_from(["cal", "fay", "sam"]),
        attendance=st.sampled_from(["yes", "no"]),
        after=st.integers(0, 20),
    )
    def it_is_filed_as_a_concern_with_whether_police_attend(
        self, by: str, attendance: str, after: int
    ) -> None:
        wish = c.Categorise(category="concern_for_safety", rationale="Said to be safe", attendance=attendance)
        self.somebody_does_something(by, wish, after)  # type: ignore[arg-type]

    def _later(self, after: int) -> None:
        self.minute += after
        self.world.until(self.minute)

    @invariant()
    def no_event_is_lost(self) -> None:
        if not self.taken:
            return
        record = self.world.stores.cases.entries(REF)
        assert [entry for entry in record if entry.by != "timer"] == [
            entry for entry in self.taken if entry.by != "timer"
        ]
        assert fold(record) == self.world.case()

    @invariant()
    def no_grade_is_recorded_below_the_floor(self) -> None:
        if self.taken and (self.world.case().age or 0) < 18:
            assert self.world.case().risk.recorded is not Grade.LOW

    @invariant()
    def nobody_downgrades_alone(self) -> None:
        if not self.taken:
            return
        case = None
        asked_by = ""
        for entry in self.world.stores.cases.entries(REF):
            before, case = case, advance(case, entry)
            if isinstance(entry.event, DowngradeAsked):
                asked_by = entry.by
            if before and case.running_grade.is_below(before.running_grade):
                assert isinstance(entry.event, DowngradeApproved), f"{type(entry.event).__name__} lowered it"
                assert entry.by != asked_by, "who asked approved"

    @invariant()
    def no_missing_child_is_closed_unseen(self) -> None:
        if not self.taken:
            return
        case = self.world.case()
        closed = case.ending.closed and not case.ending.gone and case.whereabouts_unknown
        assert not closed or (case.seen and case.back.prevention), "closed unseen"

    @invariant()
    def somebody_hears_that_nobody_attends(self) -> None:
        if not self.taken:
            return
        case = self.world.desk.recheck(REF).case
        spell, found = case.concern, case.back.located or case.ending.closed
        if not case.is_concern or spell is None or found or not case.is_child:
            return
        if spell.refused_since and spell.attendance is Attendance.NO and case.whereabouts_unknown:
            assert "concern-for-safety" in case.paging, "nobody attends, and nobody hears of it"

    @invariant()
    def an_open_case_has_a_running_clock(self) -> None:
        if not self.taken or self.world.case().ending.closed:
            return
        states = {clock.state(self.world.clock.at) for clock in clocks(self.world.case(), self.world.policy)}
        assert states & {State.RUNNING, State.BREACHED}, "nothing watches this child"
