"""Where in a TOML text each key and each value stands; nothing here knows what they mean."""

import tomllib
from collections import Counter

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from voicecoach.programme.checking.problem import Place

_PARSER = Parser(Language(tree_sitter_toml.language()))


class Positions:
    """The line and column, from 1 on, of what a TOML text says. Columns count characters."""

    def __init__(self, text: str) -> None:
        self._lines = text.encode().split(b"\n")
        self._keys: dict[Place, Node] = {}
        self._values: dict[Place, Node] = {}
        self._counts: Counter[Place] = Counter()
        for node in _PARSER.parse(text.encode()).root_node.named_children:
            self._top(node)

    def of(self, place: Place, *, key: bool = False) -> tuple[int, int]:
        """Return where a value (or its key) stands; of what is not there, where it would belong."""
        nodes = self._keys if key else self._values
        for length in range(len(place), 0, -1):
            node = nodes.get(place[:length]) or self._values.get(place[:length])
            if node is not None:
                row, column = node.start_point
                return row + 1, len(self._lines[row][:column].decode(errors="replace")) + 1
        return 1, 1

    def _top(self, node: Node) -> None:
        if node.type == "pair":
            self._pair(node, ())
        if node.type not in ("table", "table_array_element") or not node.named_children:
            return
        header, *pairs = node.named_children
        place: Place = ()
        for name in _names(header):
            if self._counts[place]:
                place = (*place, self._counts[place] - 1)
            place = (*place, name)
            self._values.setdefault(place, node)
            self._keys.setdefault(place, header)
        if node.type == "table_array_element":
            self._counts[place] += 1
        if self._counts[place]:
            place = (*place, self._counts[place] - 1)
            self._values.setdefault(place, node)
        for pair in pairs:
            self._pair(pair, place)

    def _pair(self, node: Node, inside: Place) -> None:
        if node.type != "pair" or len(node.named_children) < 2:
            return
        key, value = node.named_children[0], node.named_children[-1]
        place = inside
        for name in _names(key):
            place = (*place, name)
            self._keys.setdefault(place, key)
            self._values.setdefault(place, key)
        self._values[place] = value
        self._inside(value, place)

    def _inside(self, value: Node, place: Place) -> None:
        children = [child for child in value.named_children if child.type != "comment"]
        if value.type == "inline_table":
            for child in children:
                self._pair(child, place)
        if value.type == "array":
            for index, child in enumerate(children):
                self._values[(*place, index)] = child
                self._inside(child, (*place, index))


def _names(key: Node) -> list[str]:
    """Return the parts of a dotted key, without dots and quotes."""
    if key.type == "dotted_key":
        return [name for part in key.named_children for name in _names(part)]
    text = (key.text or b"").decode(errors="replace")
    if key.type != "quoted_key":
        return [text]
    try:
        return [str(tomllib.loads(f"key = {text}")["key"])]
    except tomllib.TOMLDecodeError:
        return [text]
