"""Who is in the local workspace: the people of a story, their groups, and the channels they meet in."""

import json
from collections.abc import Mapping
from typing import Any

from bot.domain.people import Role
from bot.views.wording import words

_NAMES = {
    "cal": "Cal Reeve",
    "fay": "Fay Marsh",
    "kim": "Kim Rudd",
    "sam": "Sam Doyle",
    "sid": "Sid Hobbs",
    "ian": "Ian Frost",
    "sue": "Sue Hart",
    "ola": "Ola Brandt",
    "oz": "Oz Tait",
}
_TITLES: dict[Role, str] = {
    **{role: said for role, said in words.ROLES.items() if role is not Role.OWNER},
    Role.CONTROL_ROOM: "call handler",
}
_HANDLES: dict[Role, str] = {role: role.value.replace("_", "-") for role in _TITLES}
PAGED = (Role.FIM, Role.SUPERVISOR, Role.DUTY_INSPECTOR, Role.SUPERINTENDENT)
CASES = "missing-cases"
APP = "Missing"
DIRECT = APP.lower()  # a direct message with the bot, by its name

People = Mapping[str, tuple[Role, ...]]


def name_of(person: str) -> str:
    return _NAMES.get(person, person.replace("_", " ").title())


def described(person: str, people: People) -> str:
    """Fay Marsh (FIM)."""
    titles = titles_of(person, people)
    return f"{name_of(person)} ({titles})" if titles else name_of(person)


def titles_of(person: str, people: People) -> str:
    return ", ".join(_TITLES[role] for role in people.get(person, ()))


def channel_of(role: Role) -> str:
    return _HANDLES[role]


def seed(people: People) -> dict[str, Any]:
    """What the workspace is planted with. Everybody sees the cases; a role's channel is its holders'."""
    everybody = [*people, APP.lower()]
    held = {role: [person for person, roles in people.items() if role in roles] for role in _HANDLES}
    return {
        "team": {"name": "Norshire Police (invented)", "domain": "norshire"},
        "people": {
            person: {"real_name": name_of(person), "title": titles_of(person, people)} for person in people
        },
        "groups": {
            _HANDLES[role]: {"name": _TITLES[role], "users": holders} for role, holders in held.items()
        },
        "channels": {
            CASES: {"kind": "private", "members": everybody},
            **{
                channel_of(role): {"kind": "private", "members": [*held[role], APP.lower()]} for role in PAGED
            },
        },
    }


def phones(people: People) -> dict[str, str]:
    """Whoever may be paged → a number (E.164) of those that Ofcom keeps for drama."""
    paged = [person for person, roles in people.items() if set(roles) & set(PAGED)]
    return {person: f"+447700900{number}" for number, person in enumerate(paged, 401)}


def texting(people: People, info: Mapping[str, Any]) -> dict[str, str]:
    """The setting that gives each of them a text as a way of their own."""
    ids = {each["name"]: each["id"] for each in info["people"]}
    ways = {ids[person]: {"SMS": f"notify://{number}"} for person, number in phones(people).items()}
    return {"MISSING_WAYS_OUT": json.dumps(ways)}


def surroundings(info: Mapping[str, Any]) -> dict[str, str]:
    """The settings that point the bot at this workspace, from what the workspace tells of itself."""
    channels = {each["name"]: each["id"] for each in info["channels"]}
    groups = {each["handle"]: each["id"] for each in info["groups"]}
    app = next(each for each in info["apps"] if each["name"] == APP)
    settings = {
        "SLACK_BOT_TOKEN": app["bot_token"],
        "SLACK_APP_TOKEN": app["app_token"],
        "MISSING_SLACK_BASE_URL": f"{info['url']}/api/",
        "MISSING_CHANNELS__CASES": channels[CASES],
        "MISSING_CHANNELS__FIM": channels[channel_of(Role.FIM)],
    }
    for role in PAGED:
        settings[f"MISSING_CHANNELS__ROLES__{role.value}"] = channels[channel_of(role)]
    for role, handle in _HANDLES.items():
        settings[f"MISSING_USER_GROUPS__{role.value}"] = groups[handle]
    return settings
