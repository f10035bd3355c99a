"""The least that a Bolt app can do: what `benchmarks.acknowledged` measures ours beside. Started by it."""

import os
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler
from slack_sdk import WebClient

from bot.views import ids
from bot.views.blocks import actions, button

OPENS = "opens"
FORM = "form"
_INPUT = {
    "type": "input",
    "block_id": "text",
    "label": {"type": "plain_text", "text": "Text"},
    "element": {"type": "plain_text_input", "action_id": ids.VALUE},
}
_VIEW = {
    "type": "modal",
    "callback_id": FORM,
    "title": {"type": "plain_text", "text": "Form"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [_INPUT],
}


def made(client: WebClient) -> App:
    app = App(client=client)

    @app.command("/missing")
    def typed(ack: Any, command: dict[str, Any]) -> None:
        ack("Say /missing.")
        if command["text"] == "card":
            client.chat_postMessage(
                channel=command["channel_id"], text="Card", blocks=[actions(button("Open", OPENS, "1"))]
            )

    @app.action(OPENS)
    def pressed(ack: Any, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=_VIEW)

    @app.view(FORM)
    def saved(ack: Any) -> None:
        ack()

    return app


def main() -> None:
    base = os.environ["MISSING_SLACK_BASE_URL"]
    client = WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=base)
    line = SocketModeHandler(
        made(client), os.environ["SLACK_APP_TOKEN"], web_client=WebClient(base_url=base), concurrency=64
    )
    line.start()  # type: ignore[no-untyped-call]  # Bolt's


if __name__ == "__main__":
    main()
