"""YAML with its lines: what a scenario file says, as written, and where."""

from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from bot.files.invalid import FileInvalid, Where, text_of


class Document(Struct, frozen=True):
    path: Path
    data: Any
    root: Node

    def line(self, where: Where) -> int:
        """The line (from 1) of the value at `where`, or of the nearest value above it that is written down."""
        node = self.root
        line = node.start_mark.line
        for part in where:
            found = _below(node, part)
            if found is None:
                break
            line, node = found
        return line + 1

    def invalid(self, *found: tuple[Where, str]) -> FileInvalid:
        return FileInvalid(self.path, [(self.line(where), expected) for where, expected in found])


def read(path: Path) -> Document:
    """Raises FileInvalid where it is no YAML, or says one thing twice."""
    text = text_of(path)
    loader = _AsWritten(text)
    try:
        root = loader.get_single_node()
        if root is None:
            raise FileInvalid(path, [(1, "expected a scenario; the file is empty")])
        return Document(path, loader.construct_document(root), root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FileInvalid(path, [(mark.line + 1 if mark else 1, f"expected YAML: {error.problem}")]) from None
    except yaml.YAMLError as error:
        raise FileInvalid(path, [(1, f"expected YAML: {error}")]) from None
    finally:
        loader.dispose()


def _below(node: Node, part: str | int) -> tuple[int, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item.start_mark.line, item
    if isinstance(node, MappingNode):
        # The last one counts: what was merged in (`<<`) stands before what the mapping says itself.
        for key, value in reversed(node.value):
            if key.value == str(part):
                return key.start_mark.line, value
    return None


class _AsWritten(yaml.SafeLoader):
    """Scalars stay the text that was written: `no` is an answer, `off` a state, 1042 a number of the log.

    Only null is read, since "nobody" has to be said.
    """

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        self._say_once(node)
        return super().construct_mapping(node, deep=deep)

    def _say_once(self, node: MappingNode) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            if not isinstance(key, ScalarNode) or key.value in seen:
                said = (
                    f"each key once, not {key.value!r} again" if isinstance(key, ScalarNode) else "plain keys"
                )
                raise yaml.constructor.ConstructorError(None, None, said, key.start_mark)
            seen.add(key.value)


def _text(loader: yaml.SafeLoader, node: ScalarNode) -> str:
    return loader.construct_scalar(node)


for _tag in ("bool", "int", "float", "timestamp"):
    _AsWritten.add_constructor(f"tag:yaml.org,2002:{_tag}", _text)
