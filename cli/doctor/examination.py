"""Everything that is looked at, in the order in which one thing needs another."""

import os
from collections.abc import Callable, Iterator

from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.files.invalid import FileInvalid
from bot.views.wording import words
from cli.compose.bot import check_given
from cli.doctor import anchor_checks, damage_checks, record_checks, slack_checks
from cli.doctor.finding import Finding, FindingState, ok, wrong
from cli.network import go_out
from config.bad_settings import BadSettings
from config.settings import TECHNICIAN, Settings, read_settings

Asking = Callable[[str], object]
"""Told what is being asked, before it is."""


def examine(asking: Asking) -> Iterator[Finding]:
    """One after another, as they are found. Without settings that can be read there is nothing else to look at."""
    asking("reads the settings")
    try:
        settings = read_settings()
        policy = check_given(settings)
    except BadSettings as bad:
        yield from map(_bad_setting, str(bad).splitlines())
        return
    except FileInvalid as bad:
        where = "MISSING_FORCES_FILE" if bad.path == settings.forces_file else "MISSING_POLICY_FILE"
        yield wrong("files", str(bad), "mend that line", where, stops=True)
        return
    go_out(settings, os.environ)
    yield ok("settings", "each is known, and can be used")
    yield from fallback_channels(settings)
    yield from anchor_checks.look(settings)
    yield from outside(settings, policy, asking)


def outside(settings: Settings, policy: Policy, asking: Asking) -> Iterator[Finding]:
    """What others have to answer for."""
    asking("asks Redis")
    yield from record_checks.look(settings)
    yield from damage_checks.look(settings)
    asking("asks Slack")
    yield from slack_checks.look(settings, policy)


def _bad_setting(said: str) -> Finding:
    name, _, rest = said.partition(" ")
    says, _, mend = rest.partition(". ")
    return wrong("setting", f"{name} {says}", mend or "see README.md", name, stops=True)


def fallback_channels(settings: Settings) -> Iterator[Finding]:
    """That they can be used was checked with the settings; here, whether those who must be called have one."""
    setting = "MISSING_WAYS_OUT"
    for recipient, whom in ((Role.FIM, words.ROLES[Role.FIM]), (TECHNICIAN, "the technician")):
        about = f"fallback channel of {whom}"
        if ways := settings.ways_out.get(recipient) or _by_person(recipient, settings):
            yield ok(about, f"{', '.join(ways)}; missing-bot ways-out test tries it")
        else:
            says = "there is none: what Slack does not take reaches nobody"
            mend = f"set {setting} (docs/ways-out.md)"
            yield Finding(about=about, state=FindingState.NOTE, says=says, mend=mend, setting=setting)


def _by_person(recipient: str, settings: Settings) -> list[str]:
    """Whoever holds a role may have ways of their own."""
    ids = settings.ways_out.keys() - {*Role, TECHNICIAN}
    return [f"of {len(ids)} people"] if ids and recipient in set(Role) else []
