"""Who may work the machinery: whoever holds the token that was made at the start, and asks from this machine.

The token is in the address that a person is told, and in a cookie of the page once that was opened. A page of somebody
else's must not reach this server by a name of its own that leads here (DNS rebinding), nor in the name of whoever looks
at it; so `Host` and `Origin` are looked at with every request, whatever it asks.
"""

import secrets
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

# In the environment: of an earlier one, whose page this one goes on with.
TOKEN = "LOCAL_WORKSPACE_TOKEN"  # nosec B105 # the name of a variable
_YEAR = 365 * 24 * 3600
_OPEN_IT = "This is not yours to work, or was started anew: open the address that it said as it started."


def new_token() -> str:
    return secrets.token_urlsafe(32)


def address_of(url: str, token: str) -> str:
    """For a person's browser, and for clients."""
    return f"{url}/?token={token}"


def guarding(token: str, guarded: Iterable[str]) -> Middleware:
    """`guarded`: what paths begin with that need the token. The page is at `/`."""
    needs_it = tuple(guarded)

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        origin = request.headers.get("Origin")
        if not _is_here(request.host) or origin not in (None, f"http://{request.host}"):
            return _refused("This is for this machine alone.")
        if request.path == "/" and _is(token, request.query.get("token", "")):
            return _taken_up(request, token)
        if (request.path == "/" or request.path.startswith(needs_it)) and not _holds(request, token):
            return _refused(_OPEN_IT)
        return await handler(request)

    return guard


def _is_here(authority: str) -> bool:
    try:
        host = urlsplit(f"//{authority}").hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is(token: str, given: str) -> bool:
    return secrets.compare_digest(token.encode(), given.encode())


def _holds(request: web.Request, token: str) -> bool:
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return _is(token, shown) or _is(token, request.cookies.get(_cookie(request), ""))


def _taken_up(request: web.Request, token: str) -> web.Response:
    """From here on the page shows its cookie, and its address can be read over a shoulder."""
    turned = web.Response(status=303, headers={"Location": "/", "Referrer-Policy": "no-referrer"})
    turned.set_cookie(_cookie(request), token, max_age=_YEAR, httponly=True, samesite="Strict")
    return turned


def _cookie(request: web.Request) -> str:
    """A browser keeps one jar for all ports of a machine."""
    return f"local-{urlsplit(f'//{request.host}').port or 80}"


def _refused(sentence: str) -> web.Response:
    return web.json_response({"error": sentence}, status=403)
