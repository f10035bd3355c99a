"""api.test, auth.test, apps.connections.open, reactions.add"""

from sandbox.errors import ApiError
from sandbox.web_api import lookup
from sandbox.web_api.args import Args
from sandbox.web_api.registry import Caller, method
from sandbox.wire import JSON


@method("auth.test", token="any")  # nosec B106 # which kind of token
def auth_test(caller: Caller, _args: Args) -> JSON:
    return {
        "url": f"https://{caller.team.domain}.slack.com/",
        "team": caller.team.name,
        "user": caller.app.manifest.bot_name,
        "team_id": caller.team.id,
        "user_id": caller.user,
        "bot_id": caller.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open", token="app")  # nosec B106 # which kind of token
def connections_open(caller: Caller, _args: Args) -> JSON:
    if not caller.app.manifest.socket_mode:
        raise ApiError("forbidden_team")
    ticket = caller.slack.hub.ticket(caller.app)
    return {"url": f"{caller.slack.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}"}


@method("reactions.add")
def add_reaction(caller: Caller, args: Args) -> JSON:
    channel = lookup.member_channel(caller, args.required("channel"))
    message = lookup.message(channel, args.required("timestamp"))
    users = message.reactions.setdefault(args.required("name").strip(":"), [])
    if caller.user in users:
        raise ApiError("already_reacted")
    users.append(caller.user)
    caller.team.changes.note("reacted", channel=channel.id, ts=message.ts)
    return {}
