"""Putting people, groups, channels and apps into the workspace."""

from typing import Any

from sandbox import manifest, posting
from sandbox.errors import BadSeed, NotPossible
from sandbox.slack import Slack
from sandbox.state import App, Channel, Group, User
from sandbox.wire import JSON

KNOWN = {"team", "apps", "people", "groups", "channels", "settings"}
_MAY_HAVE = ", ".join(sorted(KNOWN))
KINDS = ("public", "private", "im")


def plant(slack: Slack, seed: JSON) -> None:
    """May be called again: what is there already is changed, what is new is added."""
    if unknown := _mapping("a seed", seed).keys() - KNOWN:
        raise BadSeed(f"a seed has no {', '.join(sorted(map(str, unknown)))}; it may have {_MAY_HAVE}")
    slack.settings = slack.settings.changed(_mapping("settings", seed.get("settings")))
    for key, value in _mapping("team", seed.get("team")).items():
        setattr(slack.team, key, value)
    for each in _list("apps", seed.get("apps")):
        install(slack, _mapping("an app", each))
    for name, about in _named("people", seed.get("people")):
        _person(slack, name, about)
    for handle, about in _named("groups", seed.get("groups")):
        _group(slack, handle, about)
    for name, about in _named("channels", seed.get("channels")):
        _channel(slack, name, about)
    slack.noted("seeded")


def install(slack: Slack, about: JSON) -> App:
    """An app with its bot user and its tokens."""
    if "manifest" not in about:
        raise BadSeed("an app needs its manifest")
    loaded = manifest.load(about["manifest"])
    number = len(slack.team.apps) + 1
    app = App(
        id=slack.team.ids.next("A"),
        name=loaded.name,
        manifest=loaded,
        bot_user=slack.team.ids.next("U"),
        bot_id=slack.team.ids.next("B"),
        bot_token=about.get("bot_token", f"xoxb-sandbox-{number}"),
        app_token=about.get("app_token", f"xapp-sandbox-{number}"),
        signing_secret=about.get("signing_secret", f"signing-secret-{number}"),
        verification_token=f"verification-{number}",
        request_url=about.get("request_url"),
    )
    slack.team.apps[app.id] = app
    slack.team.users[app.bot_user] = User(
        app.bot_user, loaded.bot_name, loaded.name, bot_id=app.bot_id, app_id=app.id
    )
    return app


def _person(slack: Slack, name: str, about: JSON) -> None:
    user_id = about.get("id") or _known(slack.team.users, name) or slack.team.ids.next("U")
    real_name = about.get("real_name", name.replace("-", " ").title())
    slack.team.users[user_id] = User(
        user_id,
        name,
        real_name,
        about.get("tz", "Europe/London"),
        title=about.get("title", ""),
        deleted=bool(about.get("deleted")),
        quiet=tuple(about["quiet"]) if about.get("quiet") else None,
        restricted=bool(about.get("restricted")),
        ultra_restricted=bool(about.get("ultra_restricted")),
        team=about.get("team"),
    )


def _group(slack: Slack, handle: str, about: JSON) -> None:
    known = next((one.id for one in slack.team.groups.values() if one.handle == handle), None)
    group_id = about.get("id") or known or slack.team.ids.next("S")
    users = [_user(slack, one) for one in _list(f"users of {handle}", about.get("users"))]
    name = about.get("name", handle)
    slack.team.groups[group_id] = Group(group_id, handle, name, users, bool(about.get("disabled")))


def _channel(slack: Slack, name: str, about: JSON) -> None:
    kind = about.get("kind", "private")
    if kind not in KINDS:
        raise BadSeed(f"channel {name}: kind is one of {', '.join(KINDS)}")
    members = [_user(slack, one) for one in _list(f"members of {name}", about.get("members"))]
    known = _known(slack.team.channels, name)
    channel = slack.team.channels[known] if known else _begin(slack, name, kind, about, members)
    channel.archived = bool(about.get("archived", channel.archived))
    posting.join(slack, channel, members)


def _begin(slack: Slack, name: str, kind: Any, about: JSON, members: list[str]) -> Channel:
    creator = next(iter(members), "")
    return slack.team.new_channel(name, kind, creator, list(members), about.get("id"))


def _known(everything: dict[str, Any], name: str) -> str | None:
    return next((one.id for one in everything.values() if one.name == name), None)


def _user(slack: Slack, who: str) -> str:
    try:
        return slack.team.user(who).id
    except NotPossible as problem:
        raise BadSeed(str(problem)) from problem


def _named(what: str, part: Any) -> list[tuple[str, JSON]]:
    """A mapping of names, or a bare list of them."""
    pairs = part.items() if isinstance(part, dict) else ((each, None) for each in _list(what, part))
    return [(_name(what, name), _mapping(str(name), about)) for name, about in pairs]


def _name(what: str, given: Any) -> str:
    if not isinstance(given, str):
        raise BadSeed(f"{what} are told apart by their names, and {given} is none")
    return given


def _mapping(what: str, given: Any) -> JSON:
    """What is left empty is an empty one."""
    if not isinstance(given or {}, dict):
        raise BadSeed(f"{what} is keys, each with its value; not {given!r}")
    return given or {}


def _list(what: str, given: Any) -> list[Any]:
    if not isinstance(given or [], list):
        raise BadSeed(f"{what} is a list; not {given!r}")
    return given or []
