"""What every operation, law and adapter has in common: checked, not only agreed on."""

import ast
import importlib
import inspect
import re
import sys
import tokenize
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

import properties
from properties.backends.program import UPDATE
from properties.operations import TWINS, operation_of, operations, signature

ROOT = Path(properties.__file__).parents[1]
HOOKS = {
    *("to_tensor", "to_numpy", "devices", "dtypes", "gradient", "wide"),
    *("reproducible", "tiled", "free_memory"),
}
LAYOUTS = "properties/backends/torch/layouts.py"

NO_AGREEMENT = {}
"""Operations on arrays that no backend is held to, by name, with the reason."""

NO_LAW = {}
"""Operations that no law is of, by name, with the reason."""

LONG = {}
"""Files of more than 400 lines, with the reason."""

TOLERANCES = {
    *("rtol", "atol", "tol", "tolerance", "approx", "isclose", "allclose"),
    *("assert_close", "assert_allclose", "assert_almost_equal", "assertAlmostEqual"),
    *("assert_approx_equal", "assert_array_almost_equal", "rel_tol", "abs_tol"),
}

each_operation = pytest.mark.parametrize("operation", sorted(operations()))


def files(*folders):
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    assert paths
    return sorted(path.relative_to(ROOT).as_posix() for path in paths)


def parsed(path):
    return ast.parse((ROOT / path).read_text(encoding="utf-8"))


def functions(path):
    """The functions of a file, by name."""
    nodes = parsed(path).body
    return {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}


# --- reference/


@pytest.mark.parametrize("path", files("reference"))
def test_references_import_numpy_and_the_standard_library(path):
    allowed = {"numpy", "reference", *sys.stdlib_module_names}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno} imports relatively"
            names = [node.module]
        else:
            continue
        for name in names:
            assert name.partition(".")[0] in allowed, f"line {node.lineno}: {name}"


@each_operation
def test_an_operation_says_what_it_is(operation):
    """Shapes, Raises and Source are there, or in an operation that it refers to."""
    function = operations()[operation]
    text = inspect.getdoc(function) or ""
    first = text.partition("\n\n")[0].replace("\n", " ")
    assert re.fullmatch(r"\S.*[.:]", first), "its docstring begins with a sentence"
    for name in re.findall(r"`(\w+)`", text):
        if name in operations() and name != operation:
            text += inspect.getdoc(operations()[name]) or ""
    source = ast.parse(inspect.getsource(function))
    annotations = str(inspect.signature(function))
    wanted = {
        "Shapes": annotations.count("ndarray") >= 2,
        "Raises": any(isinstance(node, ast.Raise) for node in ast.walk(source)),
        "Source": True,
    }
    for section, is_wanted in wanted.items():
        there = re.search(rf"^{section}\b", text, re.MULTILINE)
        assert there or not is_wanted, f"its docstring has no {section}"


@each_operation
def test_an_operation_takes_its_options_by_name_alone(operation):
    """Backends are called so: tensors by position, options by name."""
    parameters = inspect.signature(operations()[operation]).parameters.values()
    tensors = [p for p in parameters if "ndarray" in str(p.annotation)]
    for parameter in parameters:
        is_option = parameter.kind is parameter.KEYWORD_ONLY
        assert not tensors or is_option or parameter in tensors, parameter


# --- properties/


@cache
def property_tests():
    """Of each property: its operation, whether it is a law, and the names in it."""
    return [
        (
            operation_of(SimpleNamespace(__name__=name)),
            "backend" not in [argument.arg for argument in node.args.args],
            names_in(node),
        )
        for path in files("properties")
        for name, node in functions(path).items()
        if name.startswith("test_")
    ]


def has_law(operation):
    """Whether a law is of it, or of another name for the same."""
    general = other_name_for(operation)
    names = {name for name in operations() if other_name_for(name) == general}
    return any(is_law and about in names for about, is_law, _ in property_tests())


def has_agreement(operation):
    """Whether backends are held to it, or to a function that only calls it."""
    names = {name for name in operations() if other_name_for(name) == operation}
    names.add(operation)
    return any(
        not is_law and (about in names or names & mentioned)
        for about, is_law, mentioned in property_tests()
    )


def names_in(node):
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


@cache
def other_name_for(operation):
    """What is returned for the same tensors: conv1d(…) is convolution(…)."""
    function = ast.parse(inspect.getsource(operations()[operation])).body[0]
    match function.body[-1]:
        case ast.Return(ast.Call(ast.Name(name), tensors)) if name in operations():
            if [ast.unparse(t) for t in tensors] == signature(operations()[name])[0]:
                return name
    return operation


@each_operation
def test_an_operation_has_a_law(operation):
    assert has_law(operation) or operation in NO_LAW, "no test_… is named after it"
    assert not has_law(operation) or operation not in NO_LAW, "it has one now"


@each_operation
def test_an_operation_on_arrays_has_an_agreement(operation):
    takes_arrays = "ndarray" in str(inspect.signature(operations()[operation]))
    held, exempt = has_agreement(operation), operation in NO_AGREEMENT
    assert held or exempt or not takes_arrays, "no backend is held to it"
    assert not (held and exempt), "it has one now"


def test_exceptions_are_operations_and_files():
    assert {*NO_LAW, *NO_AGREEMENT} <= {*operations()}
    assert {*LONG} <= {*files("selftest", "properties", "reference")}


@pytest.mark.parametrize("path", files("properties", "reference"))
def test_nothing_has_a_tolerance(path):
    with tokenize.open(ROOT / path) as file:
        tokens = list(tokenize.generate_tokens(file.readline))
    names = {token.string: token.start[0] for token in tokens}
    assert not TOLERANCES & {*names}, [names.get(name) for name in TOLERANCES]


@pytest.mark.parametrize("path", files("properties", "reference", "selftest"))
def test_files_are_short_enough_to_read(path):
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 400 or path in LONG, f"{len(lines)} lines"


# --- backends


each_package = pytest.mark.parametrize(
    "package", ["properties/backends/numpy", "properties/backends/torch"]
)


@each_package
def test_adapters_are_named_as_operations(package):
    """Another name would never be held to anything, unless an adapter calls it."""
    called = set().union(*[names_in(parsed(path)) for path in files(package)])
    for path in files(package):
        for name in functions(path):
            is_known = name in {*operations(), *TWINS, UPDATE, *HOOKS, *called}
            assert is_known, f"{path}: {name} is no operation, and nothing calls it"


@each_package
def test_adapters_are_in_modules_named_as_the_references(package):
    for path in files(package):
        for name in functions(path):
            if name in operations():
                module = operations()[name].__module__.partition(".")[2]
                where = path.removeprefix(f"{package}/").removesuffix(".py")
                assert where == module.replace(".", "/"), f"{path}: {name}"


@each_package
def test_packages_have_all_their_adapters(package):
    """A module whose import was forgotten would be skipped as not implemented."""
    offered = importlib.import_module(package.replace("/", "."))
    for path in sorted({*files(package)} - {LAYOUTS}):
        module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in functions(path):
            adapter = getattr(offered, name, None)
            is_offered = getattr(adapter, "__module__", None) == module
            assert name.startswith("_") or is_offered, f"{path}: {name}"


@each_package
def test_adapters_share_no_code_with_the_reference(package):
    for path in files(package):
        for node in ast.walk(parsed(path)):
            modules = [alias.name for alias in getattr(node, "names", ())]
            modules.append(getattr(node, "module", None) or "")
            shared = [m for m in modules if m.partition(".")[0] == "reference"]
            assert not shared, f"{path} imports {shared}"
