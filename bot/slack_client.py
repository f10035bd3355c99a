"""The one place where clients of Slack's Web API are made, each with the retries that are safe for it.

slack_sdk retries a lost connection by itself: a post that Slack took and whose answer got lost would be posted twice.
"""

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, RateLimitErrorRetryHandler

SLACK = "https://slack.com/api/"
_TIMEOUT = 5  # seconds after which the outcome of a call is unknown


def asking(token: str, base_url: str = SLACK) -> WebClient:
    """For calls that may be made twice: views, reading, ephemeral answers."""
    retries = [ConnectionErrorRetryHandler(max_retry_count=1), RateLimitErrorRetryHandler(max_retry_count=2)]
    return WebClient(token=token, base_url=base_url, timeout=_TIMEOUT, retry_handlers=retries)


def posting(token: str, base_url: str = SLACK) -> WebClient:
    """For chat.postMessage: never twice. A 429 was not taken, so that one is safe to wait out."""
    retries = [RateLimitErrorRetryHandler(max_retry_count=2)]
    return WebClient(token=token, base_url=base_url, timeout=_TIMEOUT, retry_handlers=list(retries))


def delivering(token: str, base_url: str = SLACK) -> WebClient:
    """For the delivery worker, which knows better than any handler what may be tried again, and when."""
    return WebClient(token=token, base_url=base_url, timeout=_TIMEOUT, retry_handlers=[])
