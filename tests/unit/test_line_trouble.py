"""What is wrong with a line, for who has to mend it: the host and the reason."""

import ssl
from socket import gaierror
from urllib.error import URLError

from bot.slack.slack_client import why

URL = "https://slack.com/api/"


def test_a_name_that_nobody_knows() -> None:
    error = URLError(gaierror(-2, "Name or service not known"))
    assert why(error, URL) == "slack.com cannot be looked up: Name or service not known"


def test_whatever_else_is_called_by_its_kind() -> None:
    assert why(ConnectionRefusedError(111, "refused"), URL) == "ConnectionRefusedError"


def test_a_certificate_that_is_not_trusted() -> None:
    refused = ssl.SSLCertVerificationError(1, "certificate verify failed")
    refused.verify_message = "self-signed certificate"
    assert why(URLError(refused), URL) == "TLS to slack.com: self-signed certificate"
