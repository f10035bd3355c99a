"""The typed client of the control API."""

from sandbox.client.person import Outcome, Person
from sandbox.client.things import AppInfo, Message, Modal
from sandbox.client.workspace import Workspace

__all__ = ["AppInfo", "Message", "Modal", "Outcome", "Person", "Workspace"]
