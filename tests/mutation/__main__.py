"""Plant one small fault after the other in a rule, and see whether the tests notice.

Run: python -m tests.mutation; deterministic, about three minutes. Prints the share of faults
that were noticed, and each that was not.
"""

from __future__ import annotations

import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = (
    "counter_app.domain.delegation",
    "counter_app.domain.letter_checks",
    "counter_app.domain.substitution",
    "counter_app.domain.risk",
)
TESTS = (
    "tests/unit/domain/test_delegation.py",
    "tests/unit/domain/test_delegation_people.py",
    "tests/unit/domain/test_delegation_places.py",
    "tests/unit/domain/test_substitution.py",
    "tests/unit/domain/test_risk.py",
    "tests/unit/domain/test_assessment.py",
)
OTHER_COMPARISON: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield every mutant with its line and what was changed."""
    count = sum(1 for _ in ast.walk(tree))
    for index in range(count):
        for variant in range(3):
            changed = copy.deepcopy(tree)
            node = list(ast.walk(changed))[index]
            what = _mutate(changed, node, variant)
            if what:
                yield getattr(node, "lineno", 0), what, ast.fix_missing_locations(changed)


def _mutate(tree: ast.Module, node: ast.AST, variant: int) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        return _drop(tree, node) if variant == 0 else ""
    for kind, change in _CHANGES.items():
        if isinstance(node, kind):
            return change(node, variant)
    return ""


def _mutate_comparison(node: ast.Compare, variant: int) -> str:
    old = type(node.ops[0])
    if variant > 0 or old not in OTHER_COMPARISON:
        return ""
    node.ops[0] = OTHER_COMPARISON[old]()
    return f"{old.__name__} -> {OTHER_COMPARISON[old].__name__}"


def _mutate_condition(node: ast.If | ast.IfExp, variant: int) -> str:
    if variant > 1:
        return ""
    node.test = ast.Constant(value=variant == 0)
    return f"condition -> {variant == 0}"


def _mutate_not(node: ast.UnaryOp, variant: int) -> str:
    if variant > 0 or not isinstance(node.op, ast.Not):
        return ""
    node.op = ast.UAdd()
    node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])
    return "not x -> bool(x)"


def _mutate_elements(node: ast.Tuple | ast.Set, variant: int) -> str:
    if variant > 0 or len(node.elts) < 2:
        return ""
    node.elts = node.elts[1:]
    return "first element dropped"


def _mutate_bool(node: ast.BoolOp, variant: int) -> str:
    if variant == 0:
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return "and <-> or"
    if variant - 1 < len(node.values):
        del node.values[variant - 1]
        return f"operand {variant} dropped"
    return ""


def _mutate_constant(node: ast.Constant, variant: int) -> str:
    value = node.value
    if variant > 1:
        return ""
    if isinstance(value, bool):
        node.value = not value
        return f"{value} -> {not value}" if variant == 0 else ""
    if isinstance(value, int):
        node.value = value + (1 if variant == 0 else -1)
        return f"{value} -> {node.value}"
    return ""


def _mutate_member(node: ast.Attribute, variant: int) -> str:
    if variant > 0:
        return ""
    if isinstance(node.value, ast.Name) and node.value.id == "Severity":
        old = node.attr
        node.attr = "WARN" if old == "REVIEW" else "REVIEW"
        return f"Severity.{old} -> {node.attr}"
    if isinstance(node.value, ast.Name) and node.value.id == "Step":
        node.attr, old = "DONE", node.attr
        return f"Step.{old} -> DONE"
    return ""


_CHANGES: dict[type[ast.AST], Callable[..., str]] = {
    ast.Compare: _mutate_comparison,
    ast.BoolOp: _mutate_bool,
    ast.Constant: _mutate_constant,
    ast.If: _mutate_condition,
    ast.IfExp: _mutate_condition,
    ast.UnaryOp: _mutate_not,
    ast.Attribute: _mutate_member,
    ast.Tuple: _mutate_elements,
    ast.Set: _mutate_elements,
}


def _drop(tree: ast.Module, target: ast.Expr) -> str:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        for block in (body, getattr(node, "orelse", None)):
            if isinstance(block, list) and target in block:
                block[block.index(target)] = ast.Expr(ast.Constant(value=None))
                return "yield dropped"
    return ""


class Planted(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Loads one module from a changed tree."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        """Take the module's name and its tree."""
        self._name, self._tree = name, tree

    def find_spec(
        self, fullname: str, _path: object, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Answer for the one module."""
        if fullname != self._name:
            return None
        return importlib.util.spec_from_loader(fullname, self)

    def get_source(self, _fullname: str) -> str:
        """Return the changed text."""
        return ast.unparse(self._tree)

    def get_code(self, fullname: str) -> object:
        """Return the changed code."""
        return compile(self._tree, fullname, "exec")


def is_killed(name: str, tree: ast.Module) -> bool:
    """Run the tests on a mutant in a child of this process."""
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.meta_path.insert(0, Planted(name, tree))
        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *TESTS])))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def main() -> int:
    """Print what was noticed of each target."""
    os.chdir(ROOT)
    worst = 1.0
    for name in TARGETS:
        path = ROOT / (name.replace(".", "/") + ".py")
        tree = ast.parse(path.read_text("utf-8"))
        assert not is_killed(name, tree), "the tests fail without any fault"
        planted = list(mutants(tree))
        alive = [(line, what) for line, what, mutant in planted if not is_killed(name, mutant)]
        share = 1 - len(alive) / len(planted)
        worst = min(worst, share)
        sys.stdout.write(f"{name}: {share:.1%} of {len(planted)} faults noticed\n")
        for line, what in alive:
            sys.stdout.write(f"  {path.name}:{line}: {what}\n")
        sys.stdout.flush()
    return 0 if worst >= 0.9 else 1


if __name__ == "__main__":
    raise SystemExit(main())
