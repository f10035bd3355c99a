"""Given no token, or a page of somebody else's, then the machinery of the local Slack and Notify answers nothing."""

from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest

from sandbox.client import Workspace
from sandbox.errors import BadSeed
from sandbox.guard import address_of
from sandbox.notify.runner import running_notify
from sandbox.runner import running_workspace
from tests.sandbox import lunch
from tests.sandbox.conftest import SEED

SLACK = ("/", "/_control/info", "/_control/see?person=ada", "/_control/log", "/_control/screen?person=ada")
NOTIFY = ("/", "/control/phones", "/control/texts")


@pytest.fixture(params=["slack", "notify"])
def place(request: pytest.FixtureRequest) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Its address, and what it guards."""
    if request.param == "slack":
        with running_workspace(lunch.MANIFEST, SEED) as workspace:
            yield workspace.address, SLACK
    else:
        with running_notify() as notify:
            yield address_of(notify.url, notify.token), NOTIFY


def asked(address: str, path: str, verb: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    where = urlsplit(address)
    line = HTTPConnection(where.hostname or "", where.port, timeout=10)
    try:
        line.request(verb, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = line.getresponse()
        return reply.status, dict(reply.headers), reply.read().decode()
    finally:
        line.close()


def token_in(address: str) -> str:
    return parse_qs(urlsplit(address).query)["token"][0]


def test_nothing_is_seen_without_the_token_and_all_with_it(place: tuple[str, tuple[str, ...]]) -> None:
    address, guarded = place
    for path in guarded:
        for how in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": ""}, {"Cookie": "local-1=x"}):
            status, _, said = asked(address, path, **how)
            assert status == 403 and "ada" not in said and token_in(address) not in said
        assert asked(address, path, Authorization=f"Bearer {token_in(address)}")[0] == 200


def test_nothing_is_done_without_it(place: tuple[str, tuple[str, ...]]) -> None:
    address, guarded = place
    for path in ("/_control/act", "/_control/seed", "/_control/takeover", "/control/reply", "/control/fault"):
        if path.startswith(guarded[1].rpartition("/")[0]):
            assert asked(address, path, "POST")[0] == 403
    assert (
        asked(address, "/_control/faults" if "_control" in guarded[1] else "/control/x", "DELETE")[0] == 403
    )


def test_whoever_opens_the_address_goes_on_with_a_cookie_that_other_sites_cannot_use(
    place: tuple[str, tuple[str, ...]],
) -> None:
    address, guarded = place
    status, said, _ = asked(address, f"/?token={token_in(address)}")
    assert (status, said["Location"]) == (303, "/")
    cookie, *how = said["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Strict"} <= set(how)
    assert all(asked(address, path, Cookie=cookie)[0] == 200 for path in guarded)
    assert asked(address, "/?token=wrong")[0] == 403


@pytest.mark.parametrize(
    "host", ["workspace.example", "127.0.0.1.nip.example", "localhost.example:80", "10.0.0.1", ""]
)
def test_a_name_of_somebody_elses_that_leads_here_is_refused_even_with_the_token(
    place: tuple[str, tuple[str, ...]], host: str
) -> None:
    address, guarded = place
    for path in (*guarded, "/api/auth.test", "/v2/notifications"):
        assert asked(address, path, Host=host, Authorization=f"Bearer {token_in(address)}")[0] == 403


@pytest.mark.parametrize(
    "origin", ["https://workspace.example", "null", "http://127.0.0.1:1", "http://localhost"]
)
def test_a_page_of_another_origin_is_refused_even_with_the_token(
    place: tuple[str, tuple[str, ...]], origin: str
) -> None:
    address, guarded = place
    for path in guarded:
        assert asked(address, path, Origin=origin, Authorization=f"Bearer {token_in(address)}")[0] == 403
    own = f"http://{urlsplit(address).netloc}"
    assert asked(address, guarded[1], Origin=own, Authorization=f"Bearer {token_in(address)}")[0] == 200


def test_each_start_has_a_token_of_its_own_and_a_client_without_it_is_told(workspace: Workspace) -> None:
    with running_workspace(lunch.MANIFEST, SEED) as other:
        assert token_in(other.address) != token_in(workspace.address)
        with pytest.raises(BadSeed, match="open the address that it said as it started"):
            Workspace(other.url).person("ada").sees("kitchen")
