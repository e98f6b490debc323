"""One call on large arrays of rows, on its two sides: few of the rows are looked at."""

from properties.backends.large import Rows, at
from properties.calls import Call


class RowsCall(Call):
    """A call on large arrays of rows, of which a few are kept.

    Attributes:
        whole: the tensors: `Rows`, and arrays that all rows share.
        rows: which are kept; `tensors` and `inputs` are of them.
    """

    def __init__(self, backend, function, tensors, rows, options):
        self.whole, self.rows = tensors, rows
        few = [at(tensor, rows, backend.dtype) for tensor in tensors]
        super().__init__(backend, function, few, options)

    def submit(self, manner=""):
        """Let the backend start."""
        backend = self.backend
        backend.ledger.operation = self.name
        seed = self.weights[0] if backend.has_gradient else None
        backend.submit_rows(
            self.name, self.whole, self.options, self.rows, seed, self.varying
        )

    def whole_shape(self, part, few):
        """The shape of a part, of all rows."""
        name = part.removeprefix("gradient of ")
        is_shared = name in self.inputs and not isinstance(
            self.whole[[*self.inputs].index(name)], Rows
        )
        count = next(len(t) for t in self.whole if isinstance(t, Rows))
        return few if is_shared or not few else (count, *few[1:])

    def is_of_rows(self, part):
        """Whether a part has a row for each of the arrays'."""
        return self.whole_shape(part, (-1,)) != (-1,)

    def fail(self, problem, *, part=None, place=None, **finding):
        __tracebackhide__ = True
        if place and self.is_of_rows(part):
            place = (self.rows[place[0]], *place[1:])
        super().fail(problem, part=part, place=place, **finding)

    def told(self, problem):
        """A problem, and the call that shows it: of its rows."""
        first, *others = super().told(problem).splitlines()
        sizes = ", ".join(str(t.shape) for t in self.whole if isinstance(t, Rows))
        made = f"  rows {[*self.rows]} of arrays of shapes {sizes} that Rows made:"
        return "\n".join([first, made, *others])
