"""Where frameworks document another behaviour than the definition's: no fault."""

import numpy as np

from properties.known_issues.issue import KnownIssue

ALL = ("float64", "float32", "float16", "bfloat16")

DOCUMENTED = [
    KnownIssue(
        operation="view",
        title="tensors whose strides do not fit the shape have no view",
        link="https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.view.html",
        dtypes=ALL,
        devices=("cpu", "cuda"),
        machine=lambda: True,
        region=lambda input, shape: True,
        example=((np.arange(6.0).reshape(2, 3),), {"shape": (3, 2)}),
        manners=("reversed_axes", "strided", "channels_last", "expanded"),
    ),
]
