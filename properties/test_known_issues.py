"""Each known issue's pinned example still fails, on machines that have the fault."""

import pytest

from properties.agreement import hold
from properties.backends.program import PROGRAM
from properties.calls import Call, Disagreement
from properties.known_issues import DOCUMENTED, KNOWN_ISSUES, REJECTED
from properties.operations import TWINS, operations
from properties.programs.program import ProgramCall
from properties.rejections import check_rejected, rejection


@pytest.mark.parametrize("issue", KNOWN_ISSUES, ids=lambda issue: issue.operation)
def test_known_issue_still_fails(request, backend, issue):
    """The pinned example disagrees; when it does not, the issue can be closed."""
    if not is_shown_by(backend, issue):
        pytest.skip("the known issue is not one of this backend on this machine")
    reason = f"{issue.title} ({issue.link or 'not reported'})"
    always = issue.calls == 1
    request.applymarker(
        pytest.mark.xfail(raises=Disagreement, reason=reason, strict=always)
    )
    for _ in range(issue.calls):
        show(backend, issue)


@pytest.mark.parametrize("issue", DOCUMENTED, ids=lambda issue: issue.operation)
def test_documented_behaviour_is_as_documented(backend, issue):
    """The pinned example does otherwise than the definition, as the framework says."""
    if not is_shown_by(backend, issue):
        pytest.skip("this behaviour is not one of this backend")
    with pytest.raises(Disagreement):
        show(backend, issue)


def is_shown_by(backend, issue):
    """Whether a backend has to show an issue: modes need not show the framework's."""
    name = backend.framework.name
    return issue.backend == name and issue.concerns(backend, issue.operation)


def show(backend, issue):
    """Make the calls that show an issue.

    Raises:
        Disagreement: it does show it.
    """
    for example in (*issue.before, issue.example):
        show_example(backend, issue, *example)


def show_example(backend, issue, tensors, options):
    """Make one of them."""
    if issue.operation == PROGRAM:
        varying = [True] * len(tensors)
        hold(ProgramCall(backend, tensors, options["steps"], varying))
        return
    function = operations()[TWINS.get(issue.operation, issue.operation)]
    kept = {"constant": issue.constant, "way": issue.operation}
    call = Call(backend, function, tensors, options, **kept)
    if issue.manners == (REJECTED,):
        problem = rejection(call) or rejection(call)  # busy, a machine may be too slow
        assert problem, "the definition does not reject it"
        check_rejected(call, problem)
    else:
        call.due = next(iter(issue.manners), "")
        hold(call)
