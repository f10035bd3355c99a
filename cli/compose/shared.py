"""What every process of the bot works with: the record, the desks, who is who, what may be shown.

Each process adds its own to it: `bot`, `timer`, `worker`. A terminal needs no more than this.
"""

import os
from collections.abc import Iterable, Mapping
from functools import partial
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import asdict
from redis import Redis

from bot import plan_document
from bot.desk import Desk
from bot.directory import RosteredDirectory, StoredDirectory
from bot.directory_document import load as load_directory
from bot.directory_document import load_everybody
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.duty_desk import DutyDesk
from bot.erasure_desk import ErasureDesk
from bot.files import forces_file, language_file, policy_file, reasons_file, risk_words_file
from bot.files.time_file import TimeFile
from bot.open_book import OpenBook
from bot.page_counts import PageCounts
from bot.ports.metrics import Metric, SlackTrouble, count_if_possible
from bot.ports.stores import RateLimits, Stores
from bot.ports.ways_tried import Way
from bot.reading_desk import ReadingDesk
from bot.risk_words import RiskWords
from bot.store.address import ServerAddress
from bot.store.connection import for_store, for_watching
from bot.store.master_keys import MasterKeys
from bot.store.redis_outbox import RedisRateLimits
from bot.store.redis_stores import RedisStores
from bot.stored_places import StoredPlaces
from bot.stored_reach import StoredReach
from bot.time import CaseClock, HostClock, MachineClock
from bot.views.screen import Setting
from bot.views.wording.forces import Forces
from bot.views.wording.language import Language
from bot.views.wording.reasons import Reasons
from cli.compose.record_server import record_server
from cli.network import go_out
from config.bad_settings import BadSettings
from config.setting_parts import Content
from config.settings import Settings


class Files(Struct, frozen=True, kw_only=True):
    """What the force and we have written down, each file read whole."""

    policy: Policy
    reasons: Reasons
    forces: Forces
    language: Language
    risk_words: RiskWords | None  # None: nothing may be typed here that could be read for risk


def files_of(settings: Settings) -> Files:
    """Raises FileInvalid."""
    reasons = reasons_file.load()
    forces = forces_file.load(settings.forces_file, offered=reasons.of("transfer"))
    return Files(
        policy=policy_file.load(settings.policy_file),
        reasons=reasons.offering("transfer", forces.names()),
        forces=forces,
        language=language_file.load(),
        risk_words=risk_words_file.shipped() if settings.content is Content.FULL else None,
    )


class Parts(Struct, frozen=True, kw_only=True):
    """Whatever the record is kept in, and whatever tells the time."""

    settings: Settings
    stores: Stores
    quick_stores: Stores  # for who must notice, before it has to speak, that the server is away
    policy: Policy
    machine: MachineClock
    clock: CaseClock
    directory: RosteredDirectory
    force: StoredDirectory
    desk: Desk
    book: OpenBook
    reading: ReadingDesk
    duty_desk: DutyDesk
    setting: Setting
    reach: StoredReach
    places: StoredPlaces
    rate_limits: RateLimits


class Shared(Parts, frozen=True, kw_only=True):
    """On a Redis server."""

    redis: Redis
    watching: Redis  # gives up quickly
    stores: RedisStores
    quick_stores: RedisStores

    @property
    def server(self) -> ServerAddress:
        """With its password: it stands in the settings alone, which do not show it."""
        return _named(self.settings)

    @property
    def erasing(self) -> ErasureDesk:
        return ErasureDesk(self.stores.eraser, self.clock)

    def counts_slack(self, kind: SlackTrouble) -> None:
        """A call that Slack did not do."""
        count_if_possible(self.quick_stores.metrics, Metric.SLACK_ERRORS, kind)

    @property
    def queue_names(self) -> Mapping[str, str]:
        """Kind of worker → its queue."""
        return {kind: f"{self.settings.prefix}-{kind}" for kind in ("recheck", "deliver")}


def share(settings: Settings) -> Shared:
    """Raises BadSettings, FileInvalid."""
    go_out(settings, os.environ)
    server = _named(settings)
    redis, watching, masters = for_store(server), for_watching(server), masters_of(settings)
    quick_stores = RedisStores(watching, masters, prefix=settings.prefix)
    parts = parts_of(
        settings,
        files_of(settings),
        RedisStores(redis, masters, prefix=settings.prefix, beside=quick_stores),
        quick_stores,
        RedisRateLimits(redis, settings.prefix, edits_a_minute=settings.edits_a_minute),
        HostClock(),
    )
    return Shared(**asdict(parts), redis=redis, watching=watching)


def parts_of(
    settings: Settings,
    files: Files,
    stores: Stores,
    quick_stores: Stores,
    rate_limits: RateLimits,
    machine: MachineClock,
) -> Parts:
    policy = files.policy
    clock = _case_clock(settings, machine)
    force = _force(settings, stores, machine)
    directory = RosteredDirectory(force, stores.rosters.known, machine)
    reach = StoredReach(
        stores.documents,
        force,
        stores.rosters.known,
        partial(_ways_of, settings),
        settings.channels.of,
        clock,
        machine,
    )
    setting = _setting(settings, files, directory, force, reach)
    book = OpenBook(stores.cases, policy)
    return Parts(
        settings=settings,
        stores=stores,
        quick_stores=quick_stores,
        policy=policy,
        machine=machine,
        clock=clock,
        directory=directory,
        force=force,
        desk=Desk(
            stores.cases,
            policy,
            clock,
            directory,
            content=setting.content_rules,
            zone=setting.zone,
            unheard=reach.unheard,
            told=PageCounts(quick_stores.metrics).note,
        ),
        book=book,
        reading=ReadingDesk(stores.cases, directory, clock, stores.processing_log, book, settings.readers),
        duty_desk=_duty_desk(settings, setting, stores, clock, directory, force),
        setting=setting,
        reach=reach,
        places=_places(settings, reach, force, machine),
        rate_limits=rate_limits,
    )


def _force(settings: Settings, stores: Stores, machine: MachineClock) -> StoredDirectory:
    return StoredDirectory(
        partial(load_directory, stores.documents),
        partial(load_everybody, stores.documents),
        machine,
        settings.whose,
        settings.people_trusted_hours * 3600,
    )


def _duty_desk(
    settings: Settings,
    setting: Setting,
    stores: Stores,
    clock: CaseClock,
    directory: RosteredDirectory,
    force: StoredDirectory,
) -> DutyDesk:
    return DutyDesk(
        stores.rosters,
        setting.policy,
        clock,
        directory,
        force,
        zone=ZoneInfo(settings.zone),
        plan=partial(plan_document.load, stores.documents),
        content=setting.content_rules,
    )


def _places(
    settings: Settings, reach: StoredReach, force: StoredDirectory, machine: MachineClock
) -> StoredPlaces:
    return StoredPlaces(
        reach.answers,
        force.account,
        force.counted,
        settings.channels.all,
        settings.workspaces,
        machine,
    )


def _named(settings: Settings) -> ServerAddress:
    """Raises BadSettings."""
    server = record_server(settings)
    if server is None:
        raise BadSettings("REDIS_URL is not set. Name a server, or use `missing-bot run`, which starts one.")
    return server


def _ways_of(settings: Settings, role: Role, holders: Iterable[str]) -> Iterable[Way]:
    """As the force named them."""
    for to in (role.value, *sorted(holders)):
        yield from (Way(to, name) for name in settings.ways_out.get(to, {}))


def masters_of(settings: Settings) -> MasterKeys:
    return MasterKeys(*settings.record_keys(), now=settings.record_keys_now)


def _case_clock(settings: Settings, machine: MachineClock) -> CaseClock:
    time = settings.case_time
    if time.file is not None:
        return CaseClock.told_by(TimeFile(time.file).stretches, machine)
    if time.started is None:
        return CaseClock(machine)
    return CaseClock(machine, speed=time.speed, started=time.started.timestamp(), origin=time.origin)


def _setting(
    settings: Settings,
    files: Files,
    directory: RosteredDirectory,
    force: StoredDirectory,
    reach: StoredReach,
) -> Setting:
    return Setting(
        policy=files.policy,
        directory=directory,
        zone=ZoneInfo(settings.zone),
        reasons=files.reasons,
        forces=files.forces,
        language=files.language,
        risk_words=files.risk_words,
        full=settings.content is Content.FULL,
        numbers=settings.numbers.shapes(full=settings.content is Content.FULL),
        ethnicity=settings.ethnicity,
        real_time=settings.case_time.is_real,
        mentions={
            **{role: f"<!subteam^{group}>" for role, group in settings.user_groups.items()},
            **dict.fromkeys(settings.people, ""),
        },
        appointments=force,
        reach=reach,
    )
