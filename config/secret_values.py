"""Settings that are secret, or lead out of this machine: what shape each has to have.

What is refused is named by its kind, and never repeated: a secret in the wrong place is a secret still.
"""

import re
from contextlib import suppress
from ipaddress import ip_address
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from redis.connection import SSLConnection, parse_url

# Slack's tokens, by how they begin (docs.slack.dev, "Token types").
_BOT, _APP = "xoxb-", "xapp-"
_KINDS = {
    "xoxe": "a token that expires, or one to renew it: switch token rotation off",
    _BOT: f"a bot token ({_BOT})",
    _APP: f"an app-level token ({_APP})",
    "xoxp-": "a person's token (xoxp-): whatever the bot does would be done in their name",
    "xoxc-": "a token of somebody's browser (xoxc-)",
    "xoxd-": "a cookie of somebody's browser (xoxd-)",
    "xoxa-": "a workspace token (xoxa-)",
    "xoxs-": "a session's token (xoxs-)",
}


def _is_token(begins: str, where: str) -> AfterValidator:
    def check(given: SecretStr) -> SecretStr:
        token = given.get_secret_value()
        if not re.fullmatch(rf"{begins}[A-Za-z0-9-]+", token):
            raise ValueError(
                f"it is {_kind(token, begins)}. Copy the one that begins with {begins} from {where}"
            )
        return given

    return AfterValidator(check)


def _kind(token: str, wanted: str) -> str:
    if not token:
        return "empty"
    for begins, kind in _KINDS.items():
        if token.startswith(begins):
            return "cut off, or has a space, a quote or a line break in it" if begins == wanted else kind
    return "no token of Slack's"


BotToken = Annotated[SecretStr, _is_token(_BOT, "the app's page OAuth & Permissions")]
AppToken = Annotated[SecretStr, _is_token(_APP, "the app's page Basic Information, App-Level Tokens")]
NoneIfEmpty = BeforeValidator(lambda given: None if given in ("", SecretStr("")) else given)


def is_this_machine(host: str | None) -> bool:
    """By its address, or as `localhost`. No name is looked up: it may lead elsewhere tomorrow."""
    try:
        return host == "localhost" or ip_address(host or "").is_loopback
    except ValueError:
        return False


def _scheme_and_host(url: str) -> tuple[str, str]:
    """Both empty where there is none: what urllib says of a bad address repeats it."""
    with suppress(ValueError):
        address = urlsplit(url)
        return address.scheme, address.hostname or ""
    return "", ""


def _web(given: SecretStr) -> SecretStr:
    scheme, host = _scheme_and_host(given.get_secret_value())
    if scheme not in ("http", "https") or not host:
        raise ValueError("it is no web address. It should be http:// or https:// with a host")
    return given


def _proxy(given: SecretStr) -> SecretStr:
    scheme, host = _scheme_and_host(given.get_secret_value())
    if scheme != "http" or not host:
        raise ValueError(
            "it is no proxy's address. It should be http://HOST:PORT or http://NAME:PASSWORD@HOST:PORT"
        )
    return given


def _over_tls(given: str) -> str:
    scheme, host = _scheme_and_host(given)
    if not host or not (scheme == "https" or (scheme == "http" and is_this_machine(host))):
        raise ValueError("a key is sent there. It should be https:// (http:// on this machine alone)")
    return given


ProxyAddress = Annotated[SecretStr, AfterValidator(_proxy)]
WebAddress = Annotated[SecretStr, AfterValidator(_web)]
KeyedAddress = Annotated[str, AfterValidator(_over_tls)]


def unprotected(url: str) -> str:
    """What a way to the record server lacks, in words; "" for none. Read as redis-py reads it.

    Raises ValueError where it is no such URL.
    """
    try:
        way: dict[str, Any] = parse_url(url)  # type: ignore[no-untyped-call]
    except ValueError:
        raise ValueError(
            "it is no address of a Redis server. It should be redis://, rediss:// or unix:// as README.md says"
        ) from None
    if "path" in way or is_this_machine(way.get("host", "localhost")):
        return ""
    checked = (
        way.get("connection_class") is SSLConnection and way.get("ssl_cert_reqs", "required") == "required"
    )
    lacks = [*([] if checked else ["TLS"]), *([] if way.get("password") else ["a password"])]
    return " and without ".join(lacks)
