"""What every process of the bot works with: the record, the desks, who is who, what may be shown.

Each process adds its own to it: `bot`, `timer`, `worker`. A terminal needs no more than this.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from hmac import digest
from zoneinfo import ZoneInfo

from msgspec import Struct
from redis import Redis

from bot import plan_document
from bot.desk import Desk
from bot.directory import RosteredDirectory, StoredDirectory
from bot.directory_document import load as load_directory
from bot.directory_document import load_everybody
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.duty_desk import DutyDesk
from bot.files import forces_file, language_file, policy_file, reasons_file, risk_words_file
from bot.files.time_file import TimeFile
from bot.ports.ways_tried import Way
from bot.store.connection import for_store, for_watching
from bot.store.redis_outbox import RedisRateLimits
from bot.store.redis_stores import RedisStores, Secrets
from bot.stored_reach import StoredReach
from bot.time import CaseClock, HostClock
from bot.views.screen import Setting
from config.settings import BadSettings, Content, Settings


class Shared(Struct, frozen=True, kw_only=True):
    settings: Settings
    url: str
    redis: Redis
    watching: Redis  # gives up quickly
    stores: RedisStores
    quick_stores: RedisStores  # for who must notice, before it has to speak, that the server is away
    policy: Policy
    machine: HostClock
    clock: CaseClock
    directory: RosteredDirectory
    force: StoredDirectory
    desk: Desk
    duty_desk: DutyDesk
    setting: Setting
    reach: StoredReach
    rate_limits: RedisRateLimits

    @property
    def queue_names(self) -> Mapping[str, str]:
        """Kind of worker → its queue."""
        return {kind: f"{self.settings.prefix}-{kind}" for kind in ("recheck", "deliver")}


def share(settings: Settings) -> Shared:
    """Raises BadSettings, FileInvalid."""
    if settings.redis_url is None:
        raise BadSettings("REDIS_URL is not set. Name a server, or use `missing-bot run`, which starts one.")
    url = settings.redis_url.get_secret_value()
    redis, watching = for_store(url), for_watching(url)
    stores = RedisStores(redis, secrets_of(settings), prefix=settings.prefix)
    policy = policy_file.load(settings.policy_file)
    machine = HostClock()
    clock = _case_clock(settings, machine)
    force = StoredDirectory(
        partial(load_directory, stores.documents),
        partial(load_everybody, stores.documents),
        machine,
        settings.whose,
    )
    directory = RosteredDirectory(force, stores.rosters.load, machine)
    reach = StoredReach(
        stores.documents,
        force,
        stores.rosters.load,
        partial(_ways_of, settings),
        settings.channels.of,
        clock,
        machine,
    )
    return Shared(
        settings=settings,
        url=url,
        redis=redis,
        watching=watching,
        stores=stores,
        quick_stores=RedisStores(watching, secrets_of(settings), prefix=settings.prefix),
        policy=policy,
        machine=machine,
        clock=clock,
        directory=directory,
        force=force,
        desk=Desk(stores.cases, policy, clock, directory, unheard=reach.unheard),
        duty_desk=DutyDesk(
            stores.rosters,
            policy,
            clock,
            directory,
            force,
            zone=ZoneInfo(settings.zone),
            plan=partial(plan_document.load, stores.documents),
        ),
        setting=_setting(settings, policy, directory, force, reach),
        reach=reach,
        rate_limits=RedisRateLimits(redis, settings.prefix, edits_a_minute=settings.edits_a_minute),
    )


def _ways_of(settings: Settings, role: Role, holders: Iterable[str]) -> Iterable[Way]:
    """As the force named them."""
    for to in (role.value, *sorted(holders)):
        yield from (Way(to, name) for name in settings.ways_out.get(to, {}))


def secrets_of(settings: Settings) -> Secrets:
    """One key to keep safe; one for each purpose, neither of which tells the other."""
    key = bytes.fromhex(settings.record_key.get_secret_value())
    return Secrets(chain=digest(key, b"chain", "sha256"), index=digest(key, b"index", "sha256"))


def _case_clock(settings: Settings, machine: HostClock) -> CaseClock:
    time = settings.case_time
    if time.file is not None:
        return CaseClock.told_by(TimeFile(time.file).stretches, machine)
    if time.started is None:
        return CaseClock(machine)
    return CaseClock(machine, speed=time.speed, started=time.started.timestamp(), origin=time.origin)


def _setting(
    settings: Settings,
    policy: Policy,
    directory: RosteredDirectory,
    force: StoredDirectory,
    reach: StoredReach,
) -> Setting:
    reasons = reasons_file.load()
    forces = forces_file.load(settings.forces_file, offered=reasons.of("transfer"))
    return Setting(
        policy=policy,
        directory=directory,
        zone=ZoneInfo(settings.zone),
        reasons=reasons.offering("transfer", forces.names()),
        forces=forces,
        language=language_file.load(),
        risk_words=risk_words_file.shipped(),
        full=settings.content is Content.FULL,
        ethnicity=settings.ethnicity,
        real_time=settings.case_time.is_real,
        mentions={
            **{role: f"<!subteam^{group}>" for role, group in settings.user_groups.items()},
            **dict.fromkeys(settings.people, ""),
        },
        appointments=force,
        reach=reach,
    )
