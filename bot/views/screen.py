"""What every view needs beside the case: the force's numbers, who is who, its zone, and how much may be shown."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.ports import Directory
from bot.views.reasons import Reasons


class Screen(Struct, frozen=True, kw_only=True):
    policy: Policy
    directory: Directory
    zone: ZoneInfo
    reasons: Reasons
    full: bool = False  # False: reference-only, the default of domain.md §6
    mentions: Mapping[Role, str] = field(default_factory=dict)  # "<!subteam^S123>"; without one, "@fim"

    def mention(self, role: Role) -> str:
        return self.mentions.get(role, f"@{role.value}")
