"""What every view needs beside the case: the force's numbers, who is who, its zone, how much may be shown, and when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.domain.content import ContentRules, Numbers
from bot.domain.people import Actor, Role
from bot.domain.policy import Policy
from bot.domain.reach import Reach
from bot.ports.rosters import Appointments, Directory
from bot.risk_words import RiskWords
from bot.views import limits
from bot.views.wording import reasons, words
from bot.views.wording.forces import Forces
from bot.views.wording.language import Language
from bot.views.wording.reasons import Reasons


class Setting(Struct, frozen=True, kw_only=True):
    """The same for every view of this installation."""

    policy: Policy
    directory: Directory
    zone: ZoneInfo
    reasons: Reasons
    forces: Forces = Forces({})
    language: Language = Language()
    risk_words: RiskWords | None = None  # None: the caller's words are not read for risk
    full: bool = False  # False: reference-only, the default of domain.md §6
    numbers: Numbers | None = None  # as the force has said; None: as the mode has them
    ethnicity: bool = False  # asked in reference-only mode too, where the force has switched it on
    real_time: bool = (
        True  # False in a demo, where "5 minutes ago" by the viewer's own clock would be nonsense
    )
    # "<!subteam^S123>"; "" where the settings name people, each of whom is called; without one, "@fim"
    mentions: Mapping[Role, str] = field(default_factory=dict)
    appointments: Appointments | None = None  # whom those mentions call, where roles change hands
    reach: Callable[[], Reach | None] = lambda: None  # would a page reach anybody? None: nobody knows here

    @property
    def content_rules(self) -> ContentRules:
        """The same for the door."""
        return ContentRules(
            full=self.full,
            ethnicity=self.asks_ethnicity,
            numbers=self.shapes,
            is_reason=self.reasons.is_one,
            is_in_log=reasons.is_in_log,
        )

    @property
    def shapes(self) -> Numbers:
        """How the force's numbers look."""
        return self.numbers or Numbers.unless_said(full=self.full)

    @property
    def asks_ethnicity(self) -> bool:
        """Special category data: domain.md §4."""
        return self.full or self.ethnicity

    def at(self, now: datetime) -> "Screen":
        return Screen(now=now, **{name: getattr(self, name) for name in Setting.__struct_fields__})


class Screen(Setting, frozen=True, kw_only=True):
    """A setting at one moment: a view never asks for the time itself."""

    now: datetime
    viewer: Actor = Actor("")  # of a form, which is for whoever opened it; nobody's where a view is for all

    def mention(self, role: Role) -> str:
        """An owner is paged in a direct message, which calls by itself."""
        if role is Role.OWNER:
            return "Your case:"
        group = self.mentions.get(role)
        called = self._called(role, group) if self.appointments and group is not None else group
        return called or f"@{role.value}"

    def _called(self, role: Role, group: str) -> str:
        """A role that was handed over is not its user group's any more: whoever took it is called by name, and
        whoever gave it is left in peace."""
        assert self.appointments is not None, "asked by the caller"
        holders, members = self.directory.on_duty(role), self.appointments.appointed(role)
        groups = [group] if group and (members <= holders or not holders) else []
        return " ".join(
            [*groups, *(f"<@{person}>" for person in sorted(holders - members if groups else holders))]
        )

    def on_duty(self, roles: Sequence[Role]) -> list[str]:
        """By role, then by name; nobody twice, and no more than a list of choices holds."""
        by_role = [sorted(self.directory.on_duty(role), key=self.directory.name) for role in roles]
        return list(dict.fromkeys(person for people in by_role for person in people))[: limits.CHOICES]

    def time(self, at: datetime) -> str:
        """As plain text in the force's zone, dated when not today."""
        return words.time(at, self.now, self.zone)

    def date(self, at: datetime) -> str:
        return words.date(at, self.now, self.zone)

    def ago(self, at: datetime) -> str:
        return words.ago(at, self.now, self.zone)
