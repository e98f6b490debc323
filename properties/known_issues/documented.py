"""Where frameworks document another behaviour than the definition's: no fault."""

import numpy as np

from properties.known_issues.issue import KnownIssue
from properties.known_issues.refusals import taken

ALL = ("float64", "float32", "float16", "bfloat16")


def has_more_samples(input, samples, **options):
    images = 1 if input.ndim == samples.shape[-1] + 1 else len(input)
    return len(samples) > images


DOCUMENTED = [
    KnownIssue(
        operation="view",
        title="tensors whose strides do not fit the shape have no view",
        link="https://docs.pytorch.org/docs/2.13/generated/torch.Tensor.view.html",
        dtypes=ALL,
        devices=("cpu", "cuda"),
        region=lambda input, shape: True,
        example=((np.arange(6.0).reshape(2, 3),), {"shape": (3, 2)}),
        manners=("reversed_axes", "strided", "channels_last", "expanded"),
    ),
    *[
        taken(
            f"fractional_max_pool{axes}d",
            "samples may be of more images than there are: no less are asked for",
            has_more_samples,
            (np.ones((1, *[2] * axes)), np.full((2, 1, axes), 0.5)),
            {"kernel_size": (1,) * axes, "output_size": (1,) * axes}
            | {"output_ratio": None, "return_indices": True},
            "https://github.com/pytorch/pytorch/blob/v2.13.0/aten/src/ATen/native/"
            "FractionalMaxPooling.h",
        )
        for axes in (2, 3)
    ],
]
