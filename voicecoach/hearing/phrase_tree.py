"""The active phrases as one tree of tokens, and the walk that scores them; each shared beginning is read once."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from heapq import nlargest
from operator import itemgetter

import numpy as np

from voicecoach.hearing.moonshine_network import Beginnings, Floats, Network

START_TOKEN, END_TOKEN = 1, 2
PRUNE_BELOW = -7.0
_MOST_BRANCHES = 12
"""So many beginnings are followed at once; the others are worse, and each costs time."""
CREDIT_PER_TOKEN = 1.5
"""How much of a spelling's correction a beginning of it may count on, for each token that it has."""


@dataclass
class Node:
    """One token of the tree; `ending` is the spelling that may end here, or None.

    `correction` is the greatest one of the spellings that go through here.
    """

    token: int
    correction: float = -math.inf
    children: list["Node"] = field(default_factory=list)
    ending: str | None = None

    def child(self, token: int) -> "Node":
        """Return the child for `token`, made where there is none."""
        for node in self.children:
            if node.token == token:
                return node
        self.children.append(Node(token))
        return self.children[-1]


def build_tree(
    spellings: Iterable[str],
    written: Callable[[str], Iterable[tuple[int, ...]]],
    correction: Callable[[str], float],
) -> Node:
    """Return the tree of the token ids of every way each spelling is `written`; the first to claim a path keeps it."""
    root = Node(START_TOKEN)
    for spelling in spellings:
        for ids in written(spelling):
            node = root
            for token in ids:
                node = node.child(token)
                node.correction = max(node.correction, correction(spelling))
            node.ending = node.ending or spelling
    return root


def score_spellings(
    network: Network,
    begun: tuple[Floats, Beginnings],
    tree: Node,
    correction: Callable[[str], float],
    prune_below: float = PRUNE_BELOW,
) -> dict[str, float]:
    """Return the corrected log-probability of each spelling for the sound that the network has `begun` with.

    Others are below `prune_below`.
    """
    scores: dict[str, float] = {}
    following, memory = begun
    level = [(tree, 0.0)]
    credit = 0.0
    while True:
        deeper = []
        credit += CREDIT_PER_TOKEN
        for row, (node, so_far) in enumerate(level):
            if node.ending is not None:
                total = so_far + float(following[row, END_TOKEN]) + correction(node.ending)
                scores[node.ending] = float(np.logaddexp(scores.get(node.ending, -math.inf), total))
            for child in node.children:
                total = so_far + float(following[row, child.token])
                hope = total + min(child.correction, credit)
                if hope > prune_below:
                    deeper.append((hope, row, child, total))
        if not deeper:
            return scores
        deeper = nlargest(_MOST_BRANCHES, deeper, key=itemgetter(0))
        level = [(child, total) for _, _, child, total in deeper]
        rows = np.array([row for _, row, _, _ in deeper], np.int64)
        tokens = np.array([child.token for child, _ in level], np.int64)
        following, memory = network.go_on(memory.rows(rows), tokens)
