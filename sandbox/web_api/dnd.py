"""dnd.*: who is not disturbed, and until when. An app may read it, and never break through it.

What somebody snoozes is told to others as the time itself: only they see `snooze_…` of their own.
"""

from sandbox import shapes
from sandbox.errors import ApiError
from sandbox.web_api import lookup
from sandbox.web_api.args import Args
from sandbox.web_api.registry import Caller, method
from sandbox.wire import JSON

MOST = 50  # people in one call


@method("dnd.info")
def info(caller: Caller, args: Args) -> JSON:
    return shapes.do_not_disturb(lookup.user(caller, args.text("user") or caller.user))


@method("dnd.teamInfo")
def team_info(caller: Caller, args: Args) -> JSON:
    """Whom nobody knows is left out."""
    asked = args.names("users")
    if len(asked) > MOST:
        raise ApiError("too_many_users")
    known = [caller.team.users[one] for one in asked if one in caller.team.users]
    return {"users": {one.id: shapes.do_not_disturb(one) for one in known}}
