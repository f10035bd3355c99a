"""Slack: both tokens, scopes, channels, user groups, people, and whether somebody stands on each rung."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.people import AccountKind, Role
from bot.domain.policy import Policy
from bot.slack.slack_client import Client, asking, delivering, understood
from bot.slack.slack_client import why as why_no_line
from bot.slack.slack_codes import For, final_for, why
from bot.slack.slack_reach import OurBot
from bot.views.wording import words
from cli.doctor import place_checks, rung_checks
from cli.doctor.finding import Finding, ok, unknown, wrong
from cli.doctor.given import Answer, Given, People, SlackRefuses, Unasked
from config import slack_app
from config.settings import Settings, bot_token, socket_token
from workers.slack_people.accounts import PAGE, read_person
from workers.slack_people.asking_pace import trouble_of

_BOT, _APP = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
_SKEW = 30.0  # seconds by which this machine's clock may differ from Slack's
_AT_ONCE = 12  # questions on their way together
_ASKED = 40  # people asked about one by one; of more, the first


def look(settings: Settings, policy: Policy) -> Iterator[Finding]:
    """A second or two. Where the bot's own token is refused, or Slack is not there, nothing else is asked."""
    client = delivering(bot_token(settings), settings.slack_base_url)
    with ThreadPoolExecutor(_AT_ONCE, "doctor") as pool:
        line = pool.submit(_app_token, settings)
        found, we = _bot_token(client)
        yield found
        yield line.result()
        if we is None:
            yield unknown("channels, user groups and people", "asked once the bot's token works")
            return
        yield _scopes(client)
        yield _clock(client)
        given = _ask_all(client, settings, we, pool)
        yield from place_checks.channels(given, _members_kinds(client, given, settings, pool), settings)
        yield from _groups(given, settings)
        people = _people(client, given, settings, pool)
        yield from _named(people, settings)
        yield from rung_checks.rungs(client, given, people, _on_duty(given, settings), settings, policy)


def _asked(client: Client, method: str, **how: Any) -> Any:
    """Slack's answer. Raises SlackRefuses, or Unasked."""
    try:
        with understood(method):
            return client.api_call(method, **how)
    except SlackApiError as error:
        code = trouble_of(error)
        if code in ("ratelimited", type(error).__name__) or final_for(code) is For.NOBODY_KNOWS:
            raise Unasked(f"Slack could not say ({code})") from error
        raise SlackRefuses(code) from error
    except (SlackClientError, OSError) as away:
        raise Unasked(why_no_line(away, client.base_url)) from away


def _bot_token(client: Client) -> tuple[Finding, OurBot | None]:
    """And whose it is; None where Slack did not take the token."""
    about = "bot token"
    mend = "copy it from the app's page OAuth & Permissions (xoxb-…)"
    try:
        who = _asked(client, "auth.test")
    except SlackRefuses as no:
        return wrong(about, f"{why(no.code)} ({no.code})", mend, _BOT, stops=True), None
    except Unasked as away:
        return unknown(about, str(away), _BOT), None
    we = OurBot(bot=str(who.get("user_id")), workspace=str(who.get("team_id")))
    return ok(about, f"{who.get('user')} in {who.get('team')}"), we


def _app_token(settings: Settings) -> Finding:
    if settings.http:
        return ok(
            "request url",
            f"HTTP on {settings.http.address}:{settings.http.port}{settings.http.path}: no app token",
        )
    about, mend = "app token", "make one with connections:write on the app's page Basic Information (xapp-…)"
    try:
        _asked(asking(socket_token(settings), settings.slack_base_url), "apps.connections.open")
    except SlackRefuses as no:
        return wrong(about, f"Slack does not take it ({no.code})", mend, _APP, stops=True)
    except Unasked as away:
        return unknown(about, str(away), _APP)
    return ok(about, "a connection can be opened")


def _scopes(client: Client) -> Finding:
    about = "scopes"
    granted = client.scopes
    if granted is None:
        return unknown(about, "Slack did not say which were granted")
    wanted = slack_app.bot_scopes(slack_app.manifest())
    if lacking := [scope for scope in wanted if scope not in granted]:
        mend = "put config/slack-manifest.yaml into the app's page App Manifest, and install it anew"
        return wrong(about, f"not granted: {', '.join(lacking)}", mend, _BOT, stops=True)
    return ok(about, f"all {len(wanted)} of the manifest")


def _clock(client: Client) -> Finding:
    ahead = client.ahead or 0.0
    if abs(ahead) < _SKEW:
        return ok("clock", "agrees with Slack's")
    where = "ahead of" if ahead > 0 else "behind"
    mend = "set it by a time server (NTP): deadlines are told by it"
    return wrong("clock", f"this machine's is {abs(ahead):.0f} s {where} Slack's", mend)


def _ask_all(client: Client, settings: Settings, we: OurBot, pool: ThreadPoolExecutor) -> Given:
    ids = settings.channels.all
    channels = {id: pool.submit(_info, client, id) for id in ids}
    inside = {id: pool.submit(_members, client, id) for id in ids}
    groups = pool.submit(_all_groups, client) if settings.user_groups or settings.may_hold else None
    return Given(
        channels={id: asked.result() for id, asked in channels.items()},
        inside={id: asked.result() for id, asked in inside.items()},
        groups=groups.result() if groups else {},
        we=we,
    )


def _info(client: Client, channel: str) -> Answer | Exception:
    try:
        found = _asked(client, "conversations.info", http_verb="GET", params={"channel": channel})
        return dict(found["channel"])
    except (SlackRefuses, Unasked) as no:
        return no


def _members(client: Client, channel: str) -> frozenset[str] | Exception:
    people: list[str] = []
    cursor = ""
    try:
        while True:
            params = {"channel": channel, "limit": 1000, **({"cursor": cursor} if cursor else {})}
            answer = _asked(client, "conversations.members", http_verb="GET", params=params)
            people += answer["members"]
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return frozenset(people)
    except (SlackRefuses, Unasked) as no:
        return no


def _all_groups(client: Client) -> Mapping[str, Answer] | Exception:
    params = {"include_disabled": True, "include_users": True}
    try:
        found = _asked(client, "usergroups.list", http_verb="GET", params=params)
        return {str(group["id"]): dict(group) for group in found["usergroups"]}
    except (SlackRefuses, Unasked) as no:
        return no


def _groups(given: Given, settings: Settings) -> Iterator[Finding]:
    asked = {
        **{f"MISSING_USER_GROUPS__{role}": group for role, group in settings.user_groups.items()},
        **{f"MISSING_MAY_HOLD__{role}": group for role, group in settings.may_hold.items()},
    }
    match given.groups:
        case Unasked() as away:
            yield unknown("user groups", str(away), "MISSING_USER_GROUPS")
        case SlackRefuses(code=code):
            mend = "name people one by one instead: MISSING_PEOPLE__fim=U…,U…"
            yield wrong("user groups", f"{why(code)} ({code})", mend, "MISSING_USER_GROUPS", stops=True)
        case groups:
            assert not isinstance(groups, Exception), "those are told above"
            yield from (_group(setting, id, groups.get(id)) for setting, id in asked.items())


def _group(setting: str, id: str, group: Answer | None) -> Finding:
    about = f"user group {id}"
    if group is None:
        mend = "its id stands in its web address in Slack's list of user groups"
        return wrong(about, "there is none of that id", mend, setting, stops=True)
    about = f"user group @{group.get('handle', id)}"
    if group.get("date_delete"):
        return wrong(about, "is disabled", "enable it in Slack, or name another", setting, stops=True)
    if not group.get("users"):
        return wrong(about, "has no members", "put whoever is on duty into it", setting)
    return ok(about, f"{len(group['users'])} in it")


def _people(client: Client, given: Given, settings: Settings, pool: ThreadPoolExecutor) -> People:
    """Everybody who is named, and of the groups as many as can be asked about in a moment."""
    named = [person for people in settings.people.values() for person in sorted(people)]
    grouped = [person for people in _on_duty(given, settings).values() for person in sorted(people)]
    ours = settings.workspaces | {given.we.workspace}
    wanted = list(dict.fromkeys([*named, *grouped]))[:_ASKED]
    asked = {person: pool.submit(_kind, client, person, ours, settings.whose) for person in wanted}
    answers = {person: each.result() for person, each in asked.items()}
    return {person: kind for person, kind in answers.items() if kind is not AccountKind.UNKNOWN}


def _members_kinds(
    client: Client, given: Given, settings: Settings, pool: ThreadPoolExecutor
) -> Mapping[str, AccountKind]:
    """Of whoever is in a channel: from the first page of the list, which is all of it in most workspaces; of those who
    are not on it, some are asked about one by one."""
    ours = settings.workspaces | {given.we.workspace}
    inside = frozenset().union(*(found for found in given.inside.values() if isinstance(found, frozenset)))
    listed = _listed(client, ours, settings.whose)
    others = sorted(inside - listed.keys() - {given.we.bot})[:_ASKED]
    asked = {person: pool.submit(_kind, client, person, ours, settings.whose) for person in others}
    return listed | {person: each.result() or AccountKind.STRANGER for person, each in asked.items()}


def _listed(client: Client, ours: frozenset[str], whose: frozenset[AccountKind]) -> dict[str, AccountKind]:
    try:
        found = _asked(client, "users.list", http_verb="GET", params={"limit": PAGE})["members"]
    except (SlackRefuses, Unasked):
        return {}
    return {str(said["id"]): _counted(said, ours, whose) for said in found}


def _kind(
    client: Client, person: str, ours: frozenset[str], whose: frozenset[AccountKind]
) -> AccountKind | None:
    try:
        said = _asked(client, "users.info", http_verb="GET", params={"user": person})["user"]
    except SlackRefuses:
        return None
    except Unasked:
        return AccountKind.UNKNOWN
    return _counted(said, ours, whose)


def _counted(said: Mapping[str, Any], ours: frozenset[str], whose: frozenset[AccountKind]) -> AccountKind:
    kind = read_person(said, ours).kind
    return AccountKind.MEMBER if kind in whose else kind


def _on_duty(given: Given, settings: Settings) -> dict[Role, frozenset[str]]:
    """As the settings and the user groups say; a group that is not there is empty."""
    groups = {} if isinstance(given.groups, Exception) else given.groups
    usable = {id: group.get("users", ()) for id, group in groups.items() if not group.get("date_delete")}
    in_groups = {role: frozenset(usable.get(group, ())) for role, group in settings.user_groups.items()}
    return {**in_groups, **settings.people}


def _named(people: People, settings: Settings) -> Iterator[Finding]:
    for role, named in settings.people.items():
        setting, about = f"MISSING_PEOPLE__{role}", f"people of {words.ROLES[role]}"
        strangers = [person for person in sorted(named) if people.get(person, AccountKind.MEMBER) is None]
        others = [
            f"{person} is a {kind.value} account"
            for person in sorted(named)
            if (kind := _odd(people, person))
        ]
        if strangers:
            mend = "copy the member ID from the person's profile in Slack"
            yield wrong(about, f"Slack knows no {', '.join(strangers)}", mend, setting, stops=True)
        elif others:
            yield wrong(about, "; ".join(others), "only members hold roles: name another", setting)
        else:
            yield ok(about, f"{len(named)} named")


def _odd(people: People, person: str) -> AccountKind | None:
    kind = people.get(person)
    return None if kind is AccountKind.MEMBER else kind
