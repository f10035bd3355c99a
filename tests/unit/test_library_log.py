"""Given that a library meets an error with a person's words in it, the log has its kind and place alone."""

import pytest
from structlog.testing import capture_logs

from bot.slack.slack_client import quiet


def test_an_error_is_told_without_its_words() -> None:
    with capture_logs() as lines:
        try:
            raise ValueError("Wren Hale")
        except ValueError as error:
            quiet("a library").exception(f"Failed to run a request listener: {error}")
    (line,) = lines
    assert line["why"] == "ValueError"
    assert line["at"].startswith("test_library_log.py:")
    assert "Wren" not in str(line)


def test_nothing_reaches_the_terminal_beside_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    with capture_logs():
        quiet("a library").error("Wren Hale")
    assert "Wren" not in "".join(capfd.readouterr())
