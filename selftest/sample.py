"""Reports as a run might have written them, for tests of what is made of a report."""

from properties.reporting.report import VERSION

VERDICTS = ("conforms", "known issue", "conforms", "disagrees", "crashed")
DTYPES = ("float64", "float32", "float16", "bfloat16")


def report(results, laws=(), *, derandomized=True):
    return {
        "version": VERSION,
        "started": "2026-01-02T03:04:05+00:00",
        "command": ["pytest", "-k", "conv2d or softmax", "--report", "out"],
        "options": {
            "backend": None,
            "device": None,
            "dtype": ["float64", "float32"],
            "effort": "quick",
            "in_process": False,
            "time_limit": 30.0,
        },
        "seed": None,
        "derandomized": derandomized,
        "environment": {
            "python": "3.13.0",
            "platform": "Linux",
            "machine": "x86_64",
            "processors": 2,
            "libraries": {"numpy": "2.4.6"},
        },
        "frameworks": [{"name": "torch", "version": "2.13.0"}],
        "laws": list(laws),
        "results": list(results),
    }


def law(operation, what, outcome="passed"):
    test = f"properties/family/test_module.py::test_{operation}_{what}"
    return {"operation": operation, "test": test, "outcome": outcome, "seconds": 0.1}


def result(
    operation, dtype="float32", verdict="conforms", *, shares=(0.25, 0.5), **other
):
    """A result; one that does not conform has a counterexample."""
    place = f"test_{operation}_agrees_with_backend[torch-cpu-{dtype}]"
    outcome = "passed" if verdict == "conforms" else "failed"
    worst = None if None in shares else max(shares, default=0.0)
    call = f"{operation} on torch-cpu-{dtype}: result\n  input = [0., 1.]"
    found = [{"message": f"{call} is wrong", "script": None}]
    return {
        "operation": operation,
        "backend": "torch",
        "device": "cpu",
        "dtype": dtype,
        "verdict": verdict,
        "examples": len(shares),
        "seconds": 0.5,
        "examples_per_second": 2.0 * len(shares) or None,
        "worst": {"share": worst, "part": "result", "call": call},
        "shares": list(shares),
        "undecidable": 0,
        "diverted": 0,
        "numbers": 40,
        "unchecked": 10,
        "calls": 0,
        "compiled": 0,
        "tests": [
            {"test": f"test_module.py::{place}", "outcome": outcome, "seconds": 0.5}
        ],
        "counterexamples": [] if outcome == "passed" else found,
    } | other


def large(operations, examples):
    """As many results as a run of everything has, of all verdicts."""
    results = [
        result(
            f"operation_{number}_of_some_family",
            dtype,
            VERDICTS[number % len(VERDICTS)] if number % 20 < 5 else "conforms",
            shares=[(7919 * (number + i) % 1000) / 1000 for i in range(examples)],
        )
        for number in range(operations)
        for dtype in DTYPES
    ]
    laws = [
        law(f"operation_{number}_of_some_family", f"has_law_{i}")
        for number in range(operations)
        for i in range(8)
    ]
    return report(results, laws)
