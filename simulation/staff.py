"""The force in the simulation: who is who, which channels there are, what is set."""

from pydantic import SecretStr

from bot.directory_document import GroupAnswer, Person, Snapshot, save
from bot.domain.people import Role
from bot.ports.notes import Documents
from config.setting_parts import Channels, Content, Patience
from config.settings import Settings

PEOPLE: dict[str, tuple[Role, ...]] = {
    "U0CAL": (Role.CONTROL_ROOM,),
    "U0CAT": (Role.CONTROL_ROOM,),
    "U0FAY": (Role.FIM,),
    "U0SAM": (Role.SUPERVISOR,),
    "U0IAN": (Role.DUTY_INSPECTOR,),
    "U0SUE": (Role.SUPERINTENDENT,),
    "U0OLA": (Role.OFFICER,),
    "U0OZ": (Role.OFFICER,),
}
CASES, FIM, SUPERVISORS, INSPECTORS = "C0CASES", "C0FIM", "C0SUPER", "C0DUTY"
OWN = {Role.SUPERVISOR: SUPERVISORS, Role.DUTY_INSPECTOR: INSPECTORS}


def settings() -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]  # pydantic-settings' own
        record_key=SecretStr("0" * 64),
        channels=Channels(cases=CASES, fim=FIM, roles=dict(OWN)),
        content=Content.FULL,
        patience=Patience(),
    )


def sees(person: str) -> list[str]:
    """Channels."""
    roles = PEOPLE[person]
    return [CASES, FIM, *(OWN[role] for role in roles if role in OWN), f"D{person}"]


def list_people(documents: Documents, now: float) -> None:
    """As the bot keeps what Slack's user groups say."""
    roles = {role for held in PEOPLE.values() for role in held}
    save(
        documents,
        Snapshot(
            holders={
                role: GroupAnswer(members=frozenset(who for who, held in PEOPLE.items() if role in held))
                for role in sorted(roles)
            },
            people={person: Person(name=person.removeprefix("U0").title()) for person in PEOPLE},
            listed_at=now,
            listed=len(PEOPLE),
        ),
    )
