"""`report`: what the caller said."""

from pydantic import Field

from bot.domain import commands
from bot.domain.facts import Child, Reporter
from bot.domain.grades import Grade
from bot.replay.values import Age, Born, Code, FlagIfKnown, Given, MomentIfKnown
from bot.replay.verbs.verb import Arguments, Said, needed


class ChildSaid(Arguments):
    name: str = ""
    age: Age = None
    born: Born = None
    ethnicity: str = ""
    school: str = ""
    looked_after: FlagIfKnown = None
    person_ref: str = ""

    def value(self) -> Child:
        return Child(**self.model_dump())


class ReporterSaid(Arguments):
    name: str = ""
    relationship: str = ""
    phone: str = ""

    def value(self) -> Reporter:
        return Reporter(**self.model_dump())


class GradeSaid(Arguments):
    level: Grade | None = None
    rationale: str = ""
    considered: tuple[Code, ...] = ()

    def value(self) -> commands.GradeGiven:
        return commands.GradeGiven(
            level=needed(self.level, "level"), rationale=self.rationale, considered=self.considered
        )

    def command(self, _: Said, /) -> commands.GradeCase:
        return commands.GradeCase(
            level=needed(self.level, "level"), rationale=self.rationale, considered=self.considered
        )


class SameChildSaid(Arguments):
    asks = commands.SameChild

    earlier: str = ""


class ReportSaid(Arguments):
    ref: str | None = None
    child: ChildSaid = ChildSaid()
    category: str = ""
    rationale: str = ""
    whereabouts_known: FlagIfKnown = False
    reported_at: MomentIfKnown = None
    last_seen_at: MomentIfKnown = None
    last_seen_where: str = ""
    why_worried: str = ""
    reporter: ReporterSaid = ReporterSaid()
    adverse_event: FlagIfKnown = False
    markers: dict[Code, Given] = Field(default_factory=dict)
    grade: GradeSaid | None = None

    def command(self, said: Said, /) -> commands.Report:
        return commands.Report(
            incident=said.ref,
            child=self.child.value(),
            category=self.category,
            whereabouts_known=bool(self.whereabouts_known),
            rationale=self.rationale,
            told_at=said.from_start(self.reported_at) or said.now,
            last_seen_at=said.from_start(self.last_seen_at),
            last_seen_where=self.last_seen_where,
            why_worried=self.why_worried,
            reporter=self.reporter.value(),
            adverse_event=bool(self.adverse_event),
            markers=dict(self.markers),
            grade=self.grade.value() if self.grade else None,
        )
