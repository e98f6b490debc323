"""Known issues of torch.autocast, which PyTorch without it has not."""

import numpy as np

from properties.backends.program import PROGRAM, Step
from properties.known_issues.issue import KnownIssue


def has_a_bias_alone(*inputs, steps):
    """Whether some layer_norm has a bias and no weight."""
    affine = [step.operands[1:] for step in steps if step.operation == "layer_norm"]
    return any(weight is None and bias is not None for weight, bias in affine)


OF_A_PRODUCT = (
    Step("matmul", (0, 0), {}),
    Step("layer_norm", (2, None, 1), {"normalized_shape": (2,), "eps": 0.5}),
)

KNOWN_ISSUES = [
    KnownIssue(
        operation="highway_conv1d",
        title="torch.lerp of what autocast made narrow and what it did not is refused",
        link="https://github.com/pytorch/pytorch/issues/57947",
        dtypes=("bfloat16",),
        region=lambda *tensors, **options: True,
        example=((*[np.ones((1, 1, 1))] * 3, None, None), {"dilation": 1}),
        backend="torch-autocast",
    ),
    KnownIssue(
        operation=PROGRAM,
        title="layer_norm of what autocast made narrow, with a bias and no weight, has "
        "no gradient",
        link="",
        dtypes=("bfloat16",),
        region=has_a_bias_alone,
        example=((np.eye(2), np.ones(2)), {"steps": OF_A_PRODUCT}),
        backend="torch-autocast",
    ),
]
