"""An end of a Socket Mode connection that does not wait for slack_sdk's threads to look round by themselves."""

from slack_bolt.adapter.socket_mode.base_handler import BaseSocketModeHandler

from sandbox.client import Workspace


def disconnect(connection: BaseSocketModeHandler, workspace: Workspace) -> None:
    client = connection.client
    client.default_auto_reconnect_enabled = False  # for a reconnection that is under way
    client.auto_reconnect_enabled = False
    client.closed = True
    client.enqueue_message("")  # wakes the one that waits for messages, for a second at a time
    client.current_session_runner.event.set()
    workspace.clear_faults()
    workspace.disturb_sockets("drop")  # wakes the one that reads
    # Whoever reads a socket while it is closed would wait for ten seconds more.
    client.current_session_runner.thread.join(5)
    connection.close()
