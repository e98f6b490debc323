"""Each known issue's pinned example still fails, on machines that have the fault."""

import pytest

from properties.agreement import hold
from properties.calls import Call, Disagreement
from properties.known_issues import KNOWN_ISSUES
from properties.operations import TWINS, operations


@pytest.mark.parametrize("issue", KNOWN_ISSUES, ids=lambda issue: issue.operation)
def test_known_issue_still_fails(request, backend, issue):
    """The pinned example disagrees; when it does not, the issue can be closed."""
    if not issue.concerns(backend, issue.operation):
        pytest.skip("the known issue is not one of this backend on this machine")
    reason = f"{issue.title} ({issue.link or 'not reported'})"
    always = issue.calls == 1
    request.applymarker(
        pytest.mark.xfail(raises=Disagreement, reason=reason, strict=always)
    )
    tensors, options = issue.example
    for _ in range(issue.calls):
        way = issue.operation
        function = operations()[TWINS.get(way, way)]
        kept = {"constant": issue.constant, "way": way}
        hold(Call(backend, function, tensors, options, **kept))
