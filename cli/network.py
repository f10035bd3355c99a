"""How this process reaches others: through the force's proxy, and by the certificates that the force trusts.

Of the libraries that open connections here (slack_sdk, websocket-client, urllib, Apprise with requests) each has an
argument of its own for that, or none at this place; all of them read the environment. So it is set, once, before the
first connection. The record server is reached directly, and its URL says what it trusts.
"""

from collections.abc import MutableMapping

from config.settings import Settings

_THROUGH = ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy")
_BY = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "WEBSOCKET_CLIENT_CA_BUNDLE")
_NOT_THROUGH = ("NO_PROXY", "no_proxy")
NAMES = (*_THROUGH, *_BY, *_NOT_THROUGH)
"""Of the environment, that may be changed here."""
_HERE = "localhost,127.0.0.1,::1"


def go_out(settings: Settings, environment: MutableMapping[str, str]) -> None:
    """What is not set leaves the environment as it is."""
    if settings.proxy:
        environment.update(dict.fromkeys(_THROUGH, settings.proxy.get_secret_value()))
        for name in _NOT_THROUGH:
            given = environment.get(name, "")
            if _HERE not in given:
                environment[name] = f"{given},{_HERE}".lstrip(",")
    if settings.ca_file:
        environment.update(dict.fromkeys(_BY, str(settings.ca_file.absolute())))
