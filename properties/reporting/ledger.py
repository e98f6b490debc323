"""What one property met in a run: counted by `agree`, added up in the table."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from time import perf_counter


@dataclass
class Ledger:
    """Counts and times of the examples of one property with one backend.

    Attributes:
        examples: calls that were compared.
        undecidable: calls whose outcome correct implementations may differ in.
        not_implemented: calls that the backend has no implementation for.
        diverted: calls not made, in the region of a known issue.
        elements, unchecked: numbers compared, and those among them that overflow or
            cancel so far that any number is within bounds.
        worst: the greatest error as a share of its bound; worst_part: of what;
            worst_call: the arguments that gave it.
        share: the same of the example at hand; shares: of each, in their order. Of
            those that disagree the first is among them: others come of shrinking it.
        manner: in which of calls.MANNERS a call failed, once one has.
        disagreed: whether one has; crashed: how the backend's worker died, if it did.
        calls, compiled: calls that the backend counted, and those of them that ran
            compiled; none, if it does not compile.
        seconds: time spent in the reference, waiting for the backend, comparing.
    """

    operation: str = ""
    examples: int = 0
    undecidable: int = 0
    not_implemented: int = 0
    diverted: int = 0
    elements: int = 0
    unchecked: int = 0
    worst: float = 0.0
    worst_part: str = ""
    worst_call: str = ""
    share: float = 0.0
    shares: list = field(default_factory=list)
    manner: str = ""
    disagreed: bool = False
    crashed: str = ""
    calls: int = 0
    compiled: int = 0
    seconds: Counter = field(default_factory=Counter)

    def count(self):
        """Note that an example was compared."""
        self.examples += 1
        self.shares.append(self.share)
        self.share = 0.0

    def miss(self, share):
        """Note that an example disagreed, by such a share of its bound."""
        if not self.disagreed:
            self.shares.append(share)
        self.disagreed, self.share = True, 0.0

    @contextmanager
    def timed(self, what):
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[what] += perf_counter() - start

    def plain(self):
        """What pytest can send between processes: a dictionary."""
        return asdict(self) | {"seconds": dict(self.seconds)}
