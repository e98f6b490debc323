"""The source of an adapter, with all that it needs, to be run without Lawbook."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
"""Where properties/ lies."""


def source_of(name, path):
    """The imports and the definitions that a function of a module needs.

    What is imported from properties/ is put in its place. Nothing is run.

    Returns:
        Two lists of source lines: imports, and definitions in their order.

    Raises:
        LookupError: the module does not define the name.
    """
    return sources_of([(name, path)])


def sources_of(places):
    """The same of several functions: of each its name and its module's path."""
    imports, definitions, seen = {}, {}, set()
    for name, path in places:
        gather(name, Path(path), imports, definitions, seen)
    return [*imports], [line for text in definitions for line in text.splitlines()]


def gather(name, path, imports, definitions, seen):
    """Collect the statement that defines a name, after those that it needs."""
    if (name, path) in seen:
        return
    seen.add((name, path))
    statement = statements(path).get(name)
    if statement is None:
        raise LookupError(f"{path} does not define {name}")
    if isinstance(statement, ast.Import):
        imports[ast.unparse(statement)] = None
    elif isinstance(statement, ast.ImportFrom):
        gather_import(name, statement, imports, definitions, seen)
    else:
        needed = bare(statement)
        for other in sorted(names_in(needed) & {*statements(path)}):
            gather(other, path, imports, definitions, seen)
        definitions[ast.unparse(needed)] = None


def gather_import(name, statement, imports, definitions, seen):
    """Collect what `from module import name` brings."""
    module = statement.module
    (alias,) = [a for a in statement.names if name in (a.asname, a.name)]
    if module.partition(".")[0] == "properties":
        file = (ROOT / module.replace(".", "/")).with_suffix(".py")
        gather(alias.name, file, imports, definitions, seen)
    else:
        line = ast.ImportFrom(module, [alias], 0)
        imports[ast.unparse(line)] = None


@cache
def statements(path):
    """The statement that defines each name of a module."""
    found = {}
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        for name in defined(statement):
            found[name] = statement
    return found


def defined(statement):
    """The names that a statement of a module defines."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Import(names=names):
            return [a.asname or a.name.partition(".")[0] for a in names]
        case ast.ImportFrom(names=names):
            return [a.asname or a.name for a in names]
        case ast.Assign(targets=targets):
            return [n.id for t in targets for n in ast.walk(t) if is_name(n)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def is_name(node):
    return isinstance(node, ast.Name)


def names_in(statement):
    return {node.id for node in ast.walk(statement) if is_name(node)}


def bare(statement):
    """A statement without its docstring and annotations."""
    statement = ast.parse(ast.unparse(statement)).body[0]
    if isinstance(statement, ast.FunctionDef):
        statement.returns = None
        for node in ast.walk(statement.args):
            if isinstance(node, ast.arg):
                node.annotation = None
        if ast.get_docstring(statement):
            statement.body = statement.body[1:] or [ast.Pass()]
    return statement
