"""Who the bot is in Slack: asked for before the socket opens, and handed to Bolt with each request.

Left to itself, Bolt asks inside the first request: a slow answer costs that press, and to a failed one it says its own
apology, about an installation that nobody at a desk can do anything about.
"""

from http.client import HTTPException

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from handlers.errors import NotShown


class Identity:
    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._known: AuthorizeResult | None = None

    def learn(self) -> AuthorizeResult:
        """Raises SlackClientError, OSError or HTTPException."""
        answer = self._client.auth_test()
        self._known = AuthorizeResult.from_auth_test_response(
            bot_token=self._client.token, auth_test_response=answer
        )
        return self._known

    def authorize(self) -> AuthorizeResult:
        """For Bolt. Only where no socket was opened, as behind a gateway, is it asked for here. Raises NotShown."""
        try:
            return self._known or self.learn()
        except (SlackClientError, OSError, HTTPException) as error:
            raise NotShown("auth.test") from error
