"""What the page of the workspace follows, asked as the page asks."""

from time import monotonic

from sandbox.client import Workspace
from sandbox.client.wires import Wires


def test_whoever_followed_another_workspace_at_this_address_is_told_the_whole_at_once(
    workspace: Workspace,
) -> None:
    """Both count their changes from one, so the number alone waits for news that has been there all along."""
    wires = Wires(workspace.address)
    whole = wires.get("screen", person="ada")
    began = monotonic()
    follows = {"person": "ada", "since": whole["changes"], "seconds": 50}
    again = wires.get("screen", **follows, began=whole["stage"]["began"] - 60)
    assert monotonic() - began < 40
    assert again["stage"]["began"] == whole["stage"]["began"]
    assert again["messages"] == whole["messages"]
