"""The worker's side of a backend: loads the module, and calls its functions."""

import importlib
import importlib.util
import inspect
import math
import sys
import warnings
from functools import cache, partial, wraps
from pathlib import Path

import numpy as np

from properties.arithmetic.precision import FORMATS
from properties.backends import FRAMEWORKS
from properties.backends.layouts import LAYOUTS
from properties.backends.program import PROGRAM, interpret


class UnusableBackend(Exception):
    """A backend that cannot be run at all, in one line."""


class Modified(Exception):
    """A function wrote into a tensor that it was given; the message is which."""


class Varied(Exception):
    """A function gave other bits when it was called again; the message is which."""


class WrongType(Exception):
    """A function returned something that is no tensor; the message is which, and what.

    As in "result 1: it returned a list, not a numpy.ndarray".
    """


LARGE = 2**15
"""Arrays of so many numbers are not given to a function once more."""


def quietly(method):
    """Leave out the warnings of frameworks, which are no disagreement."""

    @wraps(method)
    def call(*arguments):
        with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
            return method(*arguments)

    return call


class Adapter:
    """A backend's module, called with NumPy arrays."""

    def __init__(self, name):
        self.module = load(name)
        self.to_tensor = self.hook("to_tensor", numpy_array)
        self.to_numpy = self.hook("to_numpy", array_of_numbers)
        own = hasattr(self.module, "to_tensor")
        self.layouts = self.hook("LAYOUTS", {} if own else LAYOUTS)

    def hook(self, name, default):
        return getattr(self.module, name, default)

    def has_made(self, function):
        """Whether a function is the backend's own, not a library's that it imported."""
        module = getattr(function, "__module__", None) or ""
        return f"{module}.".startswith(f"{self.module.__name__}.")

    def describe(self, signatures):
        """Say what the backend offers, of operations that are called like these.

        Args:
            signatures: for each name, the count of tensors and the names of options.
        """
        devices = self.hook("devices", lambda: ["cpu"])()
        dtypes = self.hook("dtypes", lambda device: ["float64", "float32"])
        functions = {
            name: function
            for name in signatures
            if callable(function := getattr(self.module, name, None))
        }
        problems = {
            name: mismatch(function, *signatures[name])
            for name, function in functions.items()
        }
        return {
            "arithmetic": self.hook("ARITHMETIC", "numpy"),
            "mode of": self.hook("MODE_OF", ""),
            "reads tf32": self.hook("READS_TF32", True),
            "lacks": self.hook("lacks", str)(),
            "tallies": hasattr(self.module, "tally"),
            "version": getattr(self.module, "__version__", ""),
            "dtypes": {device: list(dtypes(device)) for device in devices},
            "wide": {
                device: self.hook("wide", no_dtypes)(device) for device in devices
            },
            "free memory": {
                device: self.hook("free_memory", no_limit)(device) for device in devices
            },
            "gradient": hasattr(self.module, "gradient"),
            "layouts": [*self.layouts],
            "reproducible": [*filter(self.hook("reproducible", bool), devices)],
            "operations": [name for name in functions if not problems[name]],
            "mismatches": [
                problem
                for name, problem in problems.items()
                if problem and self.has_made(functions[name])
            ],
        }

    def tally(self):
        """What the backend counted of its calls since it was last asked."""
        return self.module.tally()

    def function(self, name):
        """The function of a name; programs are made of the module's functions."""
        if name == PROGRAM and not hasattr(self.module, PROGRAM):
            return partial(interpret, partial(getattr, self.module))
        return getattr(self.module, name)

    @quietly
    def evaluate(
        self, name, device, dtype, tensors, options, weights, varying, layout=""
    ):
        """Call one operation; and once more, without gradients, for the same bits.

        Args:
            tensors: NumPy arrays; floating ones hold numbers of the dtype, as float64.
            weights: what the gradient is weighted with, see `cotangent`; or None.
            varying: for each tensor, whether the gradient is by it.
            layout: how tensors lie in memory, one of `layouts`; row after row by
                default.

        Returns:
            Results and gradients: lists of pairs of an array and its dtype's name.

        Raises:
            Modified: one of the tensors is no longer what it was.
            Varied: a result is not what it was the first time.
            WrongType: a result is no tensor.
        """

        def tensor_of(array, layout=layout):
            if array is None:
                return None
            tensor = self.to_tensor(array, device, dtype)
            return self.layouts[layout](tensor) if layout else tensor

        function = partial(self.function(name), **options)
        inputs = [tensor_of(array) for array in tensors]
        found = self.results(function, inputs, tensor_of, dtype, weights, varying)
        for which, (tensor, array) in enumerate(zip(inputs, tensors)):
            if array is not None and not same(self.to_numpy(tensor), array):
                raise Modified(which)
        is_small = all(tensor is None or tensor.size < LARGE for tensor in tensors)
        if is_small and not layout and self.hook("reproducible", bool)(device):
            self.check_same(function(*inputs), found[0])
        return found

    def check_same(self, results, arrays):
        """Check that results are, bit by bit, what they were.

        Raises:
            Varied: one is not.
        """
        for which, (result, (array, _)) in enumerate(zip(in_tuple(results), arrays)):
            bits = self.to_numpy(result).tobytes()
            has_bits = array.dtype != object and array.itemsize <= 8  # no gaps in them
            if has_bits and bits != array.tobytes():
                raise Varied(which)

    def results(self, function, inputs, tensor_of, dtype, weights, varying):
        """Results and gradients of a function, as `call` returns them."""
        results = in_tuple(function(*inputs))
        arrays = [self.array(*each, tensor_of) for each in enumerate(results)]
        if weights is None or not any(varying):
            return arrays, []
        in_rows = partial(tensor_of, layout="")
        weight_of = tensor_of if lie_as_inputs(weights) else in_rows
        cotangents = [
            weight_of(cotangent(weights, index, array.shape, dtype))
            if dtype_name(array).startswith("float")
            else None
            for index, (array, _) in enumerate(arrays)
        ]
        variables = [t for t, varies in zip(inputs, varying) if varies]
        found = iter(
            self.module.gradient(
                lambda *variables: function(*merged(inputs, varying, variables)),
                variables,
                cotangents,
            )
        )
        gradients = [next(found) if varies else None for varies in varying]
        return arrays, [
            None
            if gradient is None
            else (self.to_numpy(gradient), dtype_name(gradient))
            for gradient in gradients
        ]

    def array(self, index, result, tensor_of):
        """A result as an array, and its dtype."""
        try:
            return self.to_numpy(result), dtype_name(result)
        except Exception:
            kind = type(tensor_of(np.zeros(1)))
            if isinstance(result, kind):
                raise
            part = f"result {index}" if index else "result"
            what = f"{in_words(result)} as its {part}" if index else in_words(result)
            told = f"it returned {what}, not a {type_name(kind)}"
            raise WrongType(f"{part}: {told}") from None


def in_tuple(results):
    """What a function returned: a tuple, also of one array."""
    return results if isinstance(results, tuple) else (results,)


def in_words(result):
    """What kind of thing it is, with its article."""
    if result is None:
        return "None"
    name = type_name(type(result))
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def type_name(kind):
    """A type's name, with its module where it is not Python's own."""
    library = kind.__module__.partition(".")[0]
    return kind.__name__ if library == "builtins" else f"{library}.{kind.__name__}"


def same(numbers, others):
    """Whether two arrays hold the same numbers, NaN or not."""
    if numbers.shape != others.shape:
        return False
    return ((numbers == others) | ((numbers != numbers) & (others != others))).all()


def merged(inputs, varying, variables):
    """Put variables in the places of inputs that vary."""
    variables = iter(variables)
    return [next(variables) if v else given for given, v in zip(inputs, varying)]


def lie_as_inputs(weights):
    """Whether what a gradient is weighted with lies in memory as the inputs do.

    Else it lies row after row: it is so in half of the calls.
    """
    seed, _ = weights
    return seed % 2 == 1


def cotangent(weights, index, shape, dtype):
    """Make the weights of a gradient: numbers of the dtype, as float64.

    Args:
        weights: a seed, and the places where they are not zero, None for all.
        index: which of an operation's results they are for.
    """
    seed, places = weights
    table = weight_table(dtype)
    if places is None:
        order = np.arange(math.prod(shape)) + seed + 31 * index
        return table[order % len(table)].reshape(shape)
    numbers = np.zeros(shape)
    order = np.arange(len(places)) + seed + 31 * index
    numbers[tuple(np.transpose(places))] = table[order % len(table)]
    return numbers


@cache
def weight_table(dtype):
    random = np.random.default_rng(0)
    numbers = random.uniform(-1, 1, 1021) * 2.0 ** random.integers(-3, 4, 1021)
    return FORMATS[dtype].round(numbers)


def numpy_array(array, device, dtype):
    return array.astype(dtype) if array.dtype == np.float64 else array


def array_of_numbers(result):
    """An array of NumPy's, also of one number without axes, or of a whole one.

    Raises:
        TypeError: it is nothing of the kind.
    """
    if not isinstance(result, np.ndarray | np.generic | int):
        raise TypeError(f"{in_words(result)} is not an array")
    return np.asarray(result)


def no_dtypes(device):
    return []


def no_limit(device):
    return None


def dtype_name(tensor):
    """The name of a dtype without its library's: float32 for torch.float32."""
    dtype = tensor.dtype if hasattr(tensor, "dtype") else np.asarray(tensor).dtype
    return str(dtype).rpartition(".")[2]


def mismatch(function, tensors, options):
    """Say why a function cannot be called like the reference's, or ""."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # built in
        return ""
    try:
        signature.bind(*[None] * len(tensors), **dict.fromkeys(options))
    except TypeError as error:
        call = ", ".join([*tensors, *(["*"] if options else []), *options])
        name = function.__name__
        return f"{name}{signature} cannot be called as {name}({call}): {error}"
    return ""


def load(name):
    """Import a backend: one of FRAMEWORKS, a path to a file, or a dotted name.

    Raises:
        UnusableBackend: there is no such module, or it cannot be imported.
    """
    path = Path(name)
    if name in FRAMEWORKS:
        name = f"properties.backends.{name.replace('-', '_')}"
    elif path.suffix == ".py" or len(path.parts) > 1:
        if not path.is_file():
            raise UnusableBackend(f"backend {name}: there is no such file")
        specification = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(specification)
        sys.modules[f"backend {path}"] = module
        return run(name, lambda: specification.loader.exec_module(module) or module)
    return run(name, lambda: importlib.import_module(name))


def run(name, importing):
    try:
        with warnings.catch_warnings(action="ignore"):
            return importing()
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"
        raise UnusableBackend(
            f"backend {name} cannot be imported: {problem}"
        ) from error
