"""Scripts that show a disagreement with nothing but the framework."""

import base64
import math
import zlib
from pathlib import Path
from textwrap import wrap

import numpy as np

from properties import backends
from properties.backends import FRAMEWORKS
from properties.backends.adapter import lie_as_inputs
from properties.backends.large import PERIOD, Rows, table
from properties.backends.memory import IS_FILLED, M_PERTURB, UNSET
from properties.backends.program import UPDATE
from properties.operations import TWINS, operations
from properties.reporting.standalone import source_of, sources_of, statements

MODES = {
    "torch-compile": "{name} = torch.compile({name})",
    "torch-vmap": "{name} = changed({name})",
    "torch-autocast": "{name} = changed({name})",
    "torch-deterministic": "torch.use_deterministic_algorithms(True)",
    "torch-no-mkldnn": "torch.backends.mkldnn.set_flags(False)\n"
    "torch.backends.nnpack.set_flags(False)",
    "torch-no-cudnn": "torch.backends.cudnn.enabled = False",
    "torch-no-tf32": "torch.backends.cudnn.allow_tf32 = False",
}
"""How a script comes into a mode of PyTorch."""

LARGE = 1e30
"""What is not set is larger, or not a number."""

FILL = f"ctypes.CDLL(None).mallopt({M_PERTURB}, {UNSET ^ 0xFF})  # glibc: unset is 3e38"

LITERAL = 64
"""Arrays of more numbers are written as compressed bytes."""


def script(disagreement):
    """A Python script that shows what went wrong, in a fresh interpreter.

    It ends with an exception where the framework still disagrees, or does what it did
    (crash, hang, raise). Inputs are exact: their numbers are of the dtype, and Python
    writes a float so that it reads back the same.
    """
    call, finding = disagreement.call, disagreement.finding
    backend = call.backend
    write = Torch if backend.arithmetic == "torch" else Numpy
    language = write(backend)
    imports, definitions = adapters_of(call)
    if call.manner in backend.layouts:
        more, layout = source_of(call.manner, language.layouts)
        imports, definitions = imports + more, definitions + layout
    body = inputs_of(call, language)
    if may_be_unset(call, finding):
        body.insert(0, FILL)
    if wrote_into(finding):
        body.append(f"before = {wrote_into(finding)} + 0")
    body += call_of(call, finding, language)
    if call.manner == "again" and finding.part:
        body += ["first = " + which(finding), *call_of(call, finding, language)]
    body += check_of(finding, call, language.kind)
    needed = [*language.imports, *imports]
    if FILL in body:
        needed.append("import ctypes")
    if any("zlib" in line for line in body):
        needed += ["import base64", "import zlib"]
    names = " ".join(body)
    constants = [f"{n} = float({n!r})" for n in ("nan", "inf") if n in names]
    lines = [
        *title_of(call, disagreement),
        *sorted({*needed}, key=lambda line: (line.startswith("from"), line)),
        "",
        *constants,
        *definitions,
        "",
        *body,
    ]
    return "\n".join(lines) + "\n"


def written(disagreement, folder):
    """Write the script of a disagreement into a folder; its path."""
    call = disagreement.call
    text = script(disagreement)
    folder.mkdir(parents=True, exist_ok=True)
    digest = zlib.crc32(text.encode())
    path = folder / f"{call.name}-{call.backend!r}-{digest:08x}.py"
    path.write_text(text, encoding="utf-8")
    return path


def title_of(call, disagreement):
    backend = call.backend
    version = backend.framework.offer["version"]
    what = disagreement.problem.splitlines()[0]
    first = f"{call.name} on {backend!r}, {backend.framework.name} {version}: {what}"
    return [f"# {line}" for line in wrap(first, 86)]


def adapters_of(call):
    """The own source of the adapters that are called: imports and definitions."""
    name = call.backend.framework.name
    if name in MODES:
        return modes_of(call, name)
    return of_framework(call, name)


def modes_of(call, name):
    """The source of PyTorch's adapters, and what changes them."""
    imports, definitions = of_framework(call, "torch")
    lines = [MODES[name].format(name=function) for function in call.functions]
    if "changed" in MODES[name]:
        mode = Path(backends.__file__).with_name(f"{name.replace('-', '_')}.py")
        more, change = source_of("changed", mode)
        imports, definitions = imports + more, definitions + change
    return imports, [*definitions, *dict.fromkeys(lines)]


def of_framework(call, name):
    """The adapters' own source: imports and definitions."""
    if name not in FRAMEWORKS and not Path(name).is_file():
        return [f"from {name} import {', '.join(call.functions)}"], []
    return sources_of([(each, home_of(each, name)) for each in call.functions])


def home_of(function, name):
    """The file that an adapter of a framework is in."""
    if name not in FRAMEWORKS:
        return Path(name)
    path = Path(backends.__file__).parent / name
    if function == UPDATE:
        return path / "updates.py"
    home = operations()[TWINS.get(function, function)].__module__
    if path.is_dir():
        path = path.joinpath(*home.split(".")[1:])
    return file_of(function, path.with_suffix(".py"))


def file_of(name, path):
    """Where an adapter is: in the module that it belongs to, or in one beside it."""
    beside = [path, *sorted(path.parent.glob("*.py"))]
    return next((file for file in beside if name in statements(file)), path)


def may_be_unset(call, finding):
    """Whether a number is of memory that was not set: it shows if that is filled."""
    if finding.actual is None or not IS_FILLED:
        return False
    given = [tensor for tensor in call.tensors if tensor is not None]
    return (
        is_large(np.array(finding.actual))
        and not is_large(np.array(finding.expected))
        and not any(is_large(tensor) for tensor in given)
    )


def is_large(numbers):
    """Whether one of several numbers is as large as what is not set, or none at all."""
    return not (abs(numbers) < LARGE).all()


def inputs_of(call, language):
    """A line for each tensor, and one for each that lies otherwise in memory."""
    tensors = dict(zip(call.inputs, getattr(call, "whole", call.tensors)))
    lines = [
        f"{plain(name)} = {language.written(tensor)}"
        for name, tensor in tensors.items()
    ]
    if call.manner in call.backend.layouts:
        lines += [
            f"{plain(name)} = {call.manner}({plain(name)})"
            for name, tensor in call.inputs.items()
            if tensor is not None
        ]
    return lines


def call_of(call, finding, language):
    """The call, and its gradient if that is what is wrong."""
    varying = [plain(name) for name, varies in zip(call.inputs, call.varying) if varies]
    lines = []
    wants_gradient = (finding.part or "gradient").startswith("gradient")
    wants_gradient &= call.backend.has_gradient and bool(varying)
    if wants_gradient:
        lines += language.variables(varying)
    lines += call.statements([plain(name) for name in call.inputs])
    if wants_gradient:
        lines += language.gradient(call, varying)
    return lines


def check_of(finding, call, kind):
    """What came out, what is right, and how far off is allowed."""
    if finding.part is None:
        return [f"assert len(results) == {finding.count}"] if finding.count else []
    if name := wrote_into(finding):
        return [f"print(before, {name})", f"assert {same('before', name)}"]
    part = which(finding)
    if not finding.is_typed:
        return [f"print(type({part}))", f"assert isinstance({part}, {kind})"]
    if finding.shape is None and finding.place is None:
        return [
            f"print(first, {part})",
            f"assert {same('first', part)}",
        ]
    if finding.place is None:
        return [
            f"print({part}.shape, {part}.dtype)",
            f"assert tuple({part}.shape) == {finding.shape}",
            f"assert str({part}.dtype).endswith({finding.dtype!r})",
        ]
    return check_of_number(part, finding, call.backend.dtype)


def check_of_number(part, finding, dtype):
    """What number came out, and which is right."""
    actual = f"actual = float({part}[{', '.join(map(str, finding.place)) or '()'}])"
    if finding.bound is None:
        return [
            actual,
            f"right = {finding.expected!r}",
            'print(f"{actual!r} where {right!r} is right")',
            "assert repr(actual) == repr(right)",
        ]
    right, bound = float(finding.expected), float(finding.bound)
    if np.isnan(right):
        holds = "actual != actual"
    elif np.isinf(right):
        holds = "actual == right"
    else:
        holds = "abs(actual - right) <= allowed"
    return [
        actual,
        f"right, allowed = {right!r}, {bound!r}",
        "# right is by the definition; allowed is what rounding each step in"
        f" {dtype} may add up to",
        'print(f"{actual!r} where {right!r} is right; {allowed:.3g} off is allowed")',
        f"assert {holds}",
    ]


def wrote_into(finding):
    """The variable of the input that was not left as it was, or ""."""
    kind, _, name = (finding.part or "").partition(" ")
    return plain(name) if kind == "input" else ""


def same(left, right):
    return f"(({left} == {right}) | ({left} != {left})).all()"


def which(finding):
    """The result or gradient that is wrong, as an expression."""
    if finding.part.startswith("gradient"):
        return f"gradients[{plain(finding.part.removeprefix('gradient of '))!r}]"
    return f"results[{int(finding.part.partition(' ')[2] or 0)}]"


def plain(name):
    """A tensor's name as a variable: weights[0] is weights_0."""
    return name.replace("[", "_").replace("]", "")


class Numpy:
    """How scripts write arrays of NumPy."""

    imports = ("import numpy as np",)
    kind = "np.ndarray | np.generic | int"
    layouts = Path(backends.__file__).with_name("layouts.py")

    def __init__(self, backend):
        self.backend = backend

    def written(self, tensor):
        """An expression that makes an input."""
        if isinstance(tensor, Rows):
            return self.large(tensor)
        return "None" if tensor is None else self.literal(tensor)

    def large(self, rows):
        """An expression that makes an array of a table of numbers."""
        numbers, dtype = self.rolled(rows)
        return f"np.resize({numbers}.astype({dtype!r}), {rows.shape})"

    def rolled(self, rows):
        """An expression for the numbers that an array repeats, and its dtype."""
        numbers = packed(table(self.backend.dtype, rows.below))
        dtype = "int64" if rows.below else self.backend.dtype
        return f"np.roll({numbers}, {-rows.seed})", dtype

    def variables(self, names):
        """Lines that say what the gradient is by."""
        return []

    def gradient(self, call, varying):
        """A line that says why there is none: NumPy does not differentiate."""
        told = "this script cannot differentiate; the backend's own gradient does"
        return [f"raise NotImplementedError({told!r})"]

    def literal(self, array):
        """An expression that makes the array, bit for bit."""
        dtype = self.dtype(array)
        if is_uniform(array):
            return f"np.full({array.shape}, {first(array)}, dtype={dtype!r})"
        numbers = packed(array) if array.size > LITERAL else repr(array.tolist())
        return f"np.array({numbers}, dtype={dtype!r})"

    def dtype(self, array):
        """The dtype of a tensor: autocast has narrow numbers in wide tensors."""
        if array.dtype.kind == "f" and self.backend.framework.name == "torch-autocast":
            return "float32"
        return self.backend.dtype if array.dtype.kind == "f" else array.dtype.name


class Torch(Numpy):
    """How scripts write tensors of PyTorch."""

    imports = ("import torch",)
    kind = "torch.Tensor"
    layouts = Path(backends.__file__).parent / "torch" / "layouts.py"

    @property
    def place(self):
        return ', device="cuda"' if self.backend.device == "cuda" else ""

    def large(self, rows):
        self.imports = ("import numpy as np", "import torch")
        numbers, dtype = self.rolled(rows)
        tiled = f"torch.tensor({numbers}, dtype=torch.{dtype}{self.place})"
        size = math.prod(rows.shape)
        return f"{tiled}.repeat({-(-size // PERIOD)})[:{size}].reshape({rows.shape})"

    def literal(self, array):
        dtype = f"torch.{self.dtype(array)}{self.place}"
        if is_uniform(array):
            return f"torch.full({array.shape}, {first(array)}, dtype={dtype})"
        if array.size <= LITERAL:
            return f"torch.tensor({array.tolist()!r}, dtype={dtype})"
        self.imports = ("import numpy as np", "import torch")
        return f"torch.tensor({packed(array)}, dtype={dtype})"

    def variables(self, names):
        return [f"{name}.requires_grad_()" for name in names]

    def gradient(self, call, varying):
        """Lines that differentiate Σ weight · result."""
        if call.received:
            is_laid = call.manner in call.backend.layouts
            laid = call.manner if is_laid and lie_as_inputs(call.weights) else ""
            weights = [
                f"{laid}({self.literal(weight)})" if weight is not None else "None"
                for weight in call.weights_of_results()
            ]
            values = f"[{', '.join(weights)}]"
        else:
            values = "[torch.ones_like(result) for result in results]"
        rows = getattr(call, "rows", None)
        few = f"[{[*rows]}]" if rows and call.received else ""
        return [
            f"weights = {values}",
            f"pairs = [(r{few}, w) for r, w in zip(results, weights) "
            "if r.requires_grad]",
            "outputs, weights = zip(*pairs)",
            f"leaves = dict({', '.join(f'{name}={name}' for name in varying)})",
            "found = torch.autograd.grad(outputs, [*leaves.values()], weights, "
            "materialize_grads=True)",
            "gradients = dict(zip(leaves, found))",
        ]


def is_uniform(array):
    """Whether a shape and one number say it all: of more than four, or of none."""
    if 0 < array.size <= 4:
        return False
    return len({number.tobytes() for number in array.flat}) <= 1


def first(array):
    return repr(array.item(0)) if array.size else "0"


def packed(array):
    """An expression that makes an array from compressed bytes."""
    text = base64.b85encode(zlib.compress(np.ascontiguousarray(array).tobytes(), 9))
    unpacked = f"zlib.decompress(base64.b85decode({text.decode()!r}))"
    return f"np.frombuffer({unpacked}, {array.dtype.str!r}).reshape({array.shape})"
