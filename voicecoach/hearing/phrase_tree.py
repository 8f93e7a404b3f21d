"""The active phrases as one tree of tokens, and the walk that scores them; each shared beginning is read once."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from voicecoach.hearing.contract import Samples
from voicecoach.hearing.network import Network

START_TOKEN, END_TOKEN = 1, 2
PRUNE_BELOW = -9.0


@dataclass
class Node:
    """One token of the tree; `ending` is the spelling that may end here, or None."""

    token: int
    children: list["Node"] = field(default_factory=list)
    ending: str | None = None

    def child(self, token: int) -> "Node":
        """Return the child for `token`, made where there is none."""
        for node in self.children:
            if node.token == token:
                return node
        self.children.append(Node(token))
        return self.children[-1]


def build_tree(spellings: Iterable[str], written: Callable[[str], Iterable[tuple[int, ...]]]) -> Node:
    """Return the tree of the token ids of every way each spelling is `written`; the first to claim a path keeps it."""
    root = Node(START_TOKEN)
    for spelling in spellings:
        for ids in written(spelling):
            node = root
            for token in ids:
                node = node.child(token)
            node.ending = node.ending or spelling
    return root


def score_spellings(network: Network, samples: Samples, tree: Node) -> dict[str, float]:
    """Return the log-probability of each spelling that `samples` may be; those left out are below `PRUNE_BELOW`."""
    scores: dict[str, float] = {}
    following, memory = network.begin(samples, tree.token)
    level = [(tree, 0.0)]
    while True:
        deeper = []
        for row, (node, so_far) in enumerate(level):
            if node.ending is not None:
                total = so_far + float(following[row, END_TOKEN])
                scores[node.ending] = float(np.logaddexp(scores.get(node.ending, -math.inf), total))
            branches = ((row, child, so_far + float(following[row, child.token])) for child in node.children)
            deeper += [branch for branch in branches if branch[2] > PRUNE_BELOW]
        if not deeper:
            return scores
        level = [(child, total) for _, child, total in deeper]
        rows = np.array([row for row, _, _ in deeper], np.int64)
        tokens = np.array([child.token for child, _ in level], np.int64)
        following, memory = network.go_on(memory.rows(rows), tokens)
