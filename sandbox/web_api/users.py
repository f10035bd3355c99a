"""users.*, usergroups.*, bots.info, team.info"""

from sandbox import shapes
from sandbox.errors import ApiError
from sandbox.web_api import lookup
from sandbox.web_api.args import Args
from sandbox.web_api.paging import page
from sandbox.web_api.registry import Caller, method
from sandbox.wire import JSON


@method("users.info")
def info(caller: Caller, args: Args) -> JSON:
    return {"user": shapes.user(caller.slack, lookup.user(caller, args.required("user")))}


@method("users.list")
def list_(caller: Caller, args: Args) -> JSON:
    everybody = sorted(caller.team.users.values(), key=lambda one: one.is_slackbot)
    shown, more = page(everybody, args)
    return {
        "members": [shapes.user(caller.slack, one) for one in shown],
        "cache_ts": int(caller.slack.clock.now()),
    } | more


@method("usergroups.list")
def groups(caller: Caller, args: Args) -> JSON:
    everyone, count = args.flag("include_users"), args.flag("include_count")
    shown = [one for one in caller.team.groups.values() if args.flag("include_disabled") or not one.disabled]
    return {"usergroups": [shapes.group(caller.slack, one, everyone, count) for one in shown]}


@method("usergroups.users.list")
def group_members(caller: Caller, args: Args) -> JSON:
    group = caller.team.groups.get(args.required("usergroup"))
    if group is None or (group.disabled and not args.flag("include_disabled")):
        raise ApiError("no_such_subteam")
    return {"users": list(group.users)}


@method("bots.info")
def bot(caller: Caller, args: Args) -> JSON:
    wanted = args.text("bot") or caller.app.bot_id
    app = next((one for one in caller.team.apps.values() if one.bot_id == wanted), None)
    if app is None:
        raise ApiError("bot_not_found")
    return {
        "bot": {
            "id": app.bot_id,
            "app_id": app.id,
            "user_id": app.bot_user,
            "name": app.name,
            "deleted": False,
        }
    }


@method("team.info")
def team(caller: Caller, args: Args) -> JSON:
    if args.text("team") not in (None, caller.team.id):
        raise ApiError("team_not_found")
    return {"team": {"id": caller.team.id, "name": caller.team.name, "domain": caller.team.domain}}
