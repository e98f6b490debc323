"""Known issues of torch.autocast, which PyTorch without it has not."""

import numpy as np

from properties.known_issues.issue import KnownIssue

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
]
