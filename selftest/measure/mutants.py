"""Mutants of reference/, made by cosmic-ray, and which operations they belong to.

cosmic-ray rather than mutmut: it changes a number up and down, and an operator into
every other, which is what goes wrong in a loop; half of mutmut's 22,000 mutants of
reference/ are calls whose arguments became None. And it is a library: an operator and
the number of an occurrence name a mutant, and `mutate_code` gives its source.
"""

import ast
import importlib
import inspect
import pkgutil
import types
import warnings
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cache

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

import reference
from properties.operations import operations

NEAREST = 4
"""Operations that a mutant of a shared helper is tried on, at most."""


@dataclass(frozen=True)
class Mutant:
    """A statement of a module of reference/ with one thing changed.

    Attributes:
        module, name: where, and what the statement defines.
        before, after: the line that differs.
        source: of the statement, changed.
        code: cosmic-ray's operator and the number of its occurrence.
    """

    module: str
    name: str
    before: str
    after: str
    source: str
    code: str

    def __str__(self):
        return f"{self.module}.{self.name}: {self.before} → {self.after}"

    def is_in_sample(self, share):
        """Whether it is one of a fixed sample, one mutant in `share`."""
        return zlib.crc32(f"{self}{self.code}".encode()) % share == 0


@cache
def modules():
    """Every module of reference/, by name."""
    parts = pkgutil.walk_packages(reference.__path__, "reference.")
    return {part.name: importlib.import_module(part.name) for part in parts}


@cache
def statements():
    """What is defined at the top of each module: module, name and text."""
    found = []
    for name, module in modules().items():
        text = inspect.getsource(module)
        for statement in ast.parse(text).body:
            if defined := defined_by(statement):
                first, last = first_line(statement) - 1, statement.end_lineno
                lines = "\n".join(text.splitlines()[first:last])
                found.append((name, defined, lines + "\n"))
    return found


def defined_by(statement):
    """What a statement at the top of a module gives a name to, or None."""
    match statement:
        case ast.FunctionDef() | ast.ClassDef():
            return statement.name
        case ast.Assign(targets=[ast.Name(name)]):
            return name


def first_line(statement):
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(d.lineno for d in decorators)])


def mutants_in(module, name, text):
    """The mutants of one statement."""
    tree, original = get_ast(text), compiled(text)
    for operator_name in operator_names():
        try:
            operator = get_operator(operator_name)()
        except TypeError:  # replaces variables that it has to be told
            continue
        positions = [[*operator.mutation_positions(node)] for node in ast_nodes(tree)]
        for occurrence in range(sum(map(len, positions))):
            source = mutate_code(text, operator, occurrence)
            if source and is_other_code(source, original):
                lines = differing(text, source)
                code = f"{operator_name} {occurrence}"
                yield Mutant(module, name, *lines, source, code)


def compiled(text):
    """The code of a statement, without what its signature says besides names.

    cosmic-ray takes the * in a signature for a product, and | between types for that of
    numbers. Defaults are no part of what a backend is called with, since every property
    gives every option: selftest/test_defaults.py holds them to the frameworks'.
    """
    return ast.unparse(Bare().visit(ast.parse(text)))


class Bare(ast.NodeTransformer):
    """Takes annotations, defaults, how arguments may be given, and messages away."""

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        node.returns = None
        given = node.args
        given.kwonlyargs = [*given.posonlyargs, *given.args, *given.kwonlyargs]
        given.kw_defaults = [None] * len(given.kwonlyargs)
        given.posonlyargs, given.args, given.defaults = [], [], []
        return self.generic_visit(node)

    def visit_Raise(self, node):
        if isinstance(node.exc, ast.Call):
            node.exc.args = []
        return node


def is_other_code(source, original):
    try:
        with warnings.catch_warnings(action="ignore"):  # of `x is 1`
            return compiled(source) != original
    except SyntaxError:
        return False


def differing(text, other):
    """The first line that differs, in either."""
    pairs = zip(text.splitlines(), other.splitlines())
    before, after = next(pair for pair in pairs if pair[0] != pair[1])
    return before.strip(), after.strip()


# --- which operations a name belongs to


@cache
def users():
    """For each (module, name) of reference/: functions that use it, as such pairs."""
    found = {}
    for module in modules().values():
        for name, value in vars(module).items():
            function = inspect.unwrap(value) if callable(value) else value
            is_own = getattr(value, "__module__", None) == module.__name__
            if is_own and isinstance(function, types.FunctionType):
                for used in names_in(function.__code__):
                    if used in function.__globals__:
                        home = home_of(used, function.__globals__[used], module)
                        found.setdefault(home, set()).add((module.__name__, name))
    return found


def names_in(code):
    nested = [names_in(c) for c in code.co_consts if isinstance(c, types.CodeType)]
    return {*code.co_names}.union(*nested)


def home_of(name, value, module):
    """The module that a global name of another was made in."""
    if made_in := getattr(value, "__module__", None):
        return made_in, getattr(value, "__name__", name)
    for other in modules().values():
        imports = f"import {name}" in inspect.getsource(other)
        if vars(other).get(name) is value and not imports:
            return other.__name__, name
    return module.__name__, name


@cache
def belongs_to(module, name):
    """The operations that use a name of a module, by the fewest calls first.

    One of each module comes before a second one of any.
    """
    found, seen, layer, turns = [], set(), {(module, name)}, Counter()
    while layer:
        for where, used in sorted(layer):
            if used in operations() and operations()[used].__module__ == where:
                found.append((turns[where], len(found), used))
                turns[where] += 1
        seen |= layer
        layer = {user for use in layer for user in users().get(use, ())} - seen
    return [used for *_, used in sorted(found)[:NEAREST]]


def first_of(operation):
    """The mutants that belong to an operation first of all."""
    for module, statement, text in statements():
        if belongs_to(module, statement)[:1] == [operation]:
            yield from mutants_in(module, statement, text)
