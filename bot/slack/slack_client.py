"""The one place where clients of Slack's Web API are made, each with the retries that are safe for it.

slack_sdk retries a lost connection by itself: a post that Slack took and whose answer got lost would be posted twice.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from socket import gaierror
from ssl import SSLCertVerificationError, SSLError
from time import sleep
from typing import Any, Self
from urllib.parse import urlsplit

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError, SlackRequestError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState

from bot.ports.metrics import SlackTrouble
from bot.slack.slack_codes import kind_of, seconds_of
from bot.time import LONGEST_WAIT, HostClock, MachineClock

log = structlog.get_logger()

# Why a connection to somebody else's server failed, for the log and the technician: host and reason, nothing
# else.


def why(error: BaseException, url: str) -> str:
    """What is wrong with the line to that address; the kind of error where it says no more."""
    host = urlsplit(url).hostname or "that address"  # all else of it may be a secret
    match _cause(error):
        case SSLCertVerificationError() as refused:
            return f"TLS to {host}: {refused.verify_message or refused.reason}"
        case SSLError() as broken:
            return f"TLS to {host}: {broken.reason or type(broken).__name__}"
        case gaierror() as unknown:
            return f"{host} cannot be looked up: {unknown.strerror}"
        case cause:
            return type(cause).__name__


def _cause(error: BaseException) -> BaseException:
    """urllib says it in `reason`; others raise it from what happened."""
    inner = getattr(error, "reason", None)
    if isinstance(inner, BaseException):
        return _cause(inner)
    if isinstance(error, SSLError | gaierror):
        return error
    before = error.__cause__ or error.__context__
    found = _cause(before) if before else error
    return found if isinstance(found, SSLError | gaierror) else error


SLACK = "https://slack.com/api/"
_TIMEOUT = 5  # seconds after which the outcome of a call is unknown


class Patient(RateLimitErrorRetryHandler):
    """Slack's own reads whole seconds alone: a date, which HTTP allows, ends the call with a ValueError."""

    def prepare_for_next_attempt(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> None:
        if response is None:
            raise error or RuntimeError("nothing to be tried again")
        state.next_attempt_requested = True
        sleep(min(seconds_of(_header(response.headers, "retry-after"), datetime.now(UTC)), LONGEST_WAIT))
        state.increment_current_attempt()


def _header(headers: Mapping[str, Any], wanted: str) -> str | None:
    found = next((value for name, value in headers.items() if name.lower() == wanted), None)
    return found[0] if isinstance(found, list) else found


@contextmanager
def understood(what: str) -> Iterator[None]:
    """An answer that is none (its body cut off, no text, a list, or with the half of it missing) makes slack_sdk, and
    whoever reads it, raise whatever comes first: here it is Slack's trouble, by slack_sdk's own error for that.
    """
    try:
        yield
    except SlackApiError as refused:
        if not isinstance(getattr(refused.response, "data", refused.response), dict):
            raise SlackRequestError(f"{what}: no answer that makes sense") from refused
        raise
    except (SlackClientError, OSError):
        raise
    except Exception as error:
        raise SlackRequestError(f"{what}: no answer that makes sense ({type(error).__name__})") from error


Failed = Callable[[SlackTrouble], None]


class Client(WebClient):
    """Raises SlackClientError or OSError, and nothing else.

    `ahead`: how far this machine's clock is ahead of Slack's, in seconds, by the `Date` of its newest answer; negative
    where it is behind, None before the first.
    """

    machine: MachineClock = HostClock()
    failed: Failed = staticmethod(lambda _: None)  # is told of each call that Slack did not do
    ahead: float | None = None
    scopes: frozenset[str] | None = (
        None  # that the token was granted, by its newest answer; None where it says none
    )

    @property
    def now(self) -> float | None:
        """What Slack's clock shows, in seconds since 1970; None before its first answer."""
        return None if self.ahead is None else self.machine.seconds() - self.ahead

    def api_call(self, api_method: str, **how: Any) -> Any:
        try:
            return self._called(api_method, **how)
        except (SlackClientError, OSError) as no:
            self.failed(_kind_of(no))
            raise

    def telling(self, failed: Failed) -> Self:
        self.failed = failed
        return self

    def _called(self, api_method: str, **how: Any) -> Any:
        with understood(api_method):
            try:
                answer = super().api_call(api_method, **how)
            except SlackApiError as no:
                self._tell_the_time(getattr(no.response, "headers", {}))
                raise
            self._tell_the_time(answer.headers)
            if granted := _header(answer.headers, "x-oauth-scopes"):
                self.scopes = frozenset(scope.strip() for scope in granted.split(","))
            return answer

    def _tell_the_time(self, headers: Mapping[str, str]) -> None:
        """A refusal tells it, too."""
        if date := _header(headers, "date"):
            self.ahead = self.machine.seconds() - parsedate_to_datetime(date).timestamp()


def _kind_of(no: SlackClientError | OSError) -> SlackTrouble:
    if not isinstance(no, SlackApiError):
        return SlackTrouble.NO_ANSWER
    data = getattr(no.response, "data", no.response)
    return kind_of(str(data.get("error", "")) if isinstance(data, dict) else "")


def asking(token: str, base_url: str = SLACK) -> Client:
    """For calls that may be made twice: views, reading, ephemeral answers."""
    retries = [ConnectionErrorRetryHandler(max_retry_count=1), Patient(max_retry_count=2)]
    return Client(token=token, base_url=base_url, timeout=_TIMEOUT, retry_handlers=retries)


def posting(token: str, base_url: str = SLACK) -> Client:
    """For chat.postMessage: never twice. A 429 was not taken, so that one is safe to wait out."""
    retries = [Patient(max_retry_count=2)]
    return Client(token=token, base_url=base_url, timeout=_TIMEOUT, retry_handlers=list(retries))


def delivering(token: str, base_url: str = SLACK) -> Client:
    """For the delivery worker, which knows better than any handler what may be tried again, and when."""
    return Client(token=token, base_url=base_url, timeout=_TIMEOUT, retry_handlers=[])


# What libraries log, by its kind and place. Their own words repeat what somebody typed, or print a trace.


class ByKind(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        why = type(error).__name__ if error else record.levelname.lower()
        log.error("a library's trouble", library=record.name, at=_place(record), why=why)


def _place(record: logging.LogRecord) -> str:
    return f"{Path(record.pathname).name}:{record.lineno}"


def quiet(name: str) -> logging.Logger:
    """The library's logger of that name: errors only, and no word of theirs."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.ERROR)
    logger.handlers = [ByKind()]
    logger.propagate = False
    return logger
