"""What the workspace holds."""

from sandbox.state.channels import Channel, Message
from sandbox.state.passes import ResponseUrl, Trigger
from sandbox.state.people import App, Group, User
from sandbox.state.team import Team
from sandbox.state.views import View

__all__ = ["App", "Channel", "Group", "Message", "ResponseUrl", "Team", "Trigger", "User", "View"]
