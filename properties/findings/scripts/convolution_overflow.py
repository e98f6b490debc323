"""Kernels that reach beyond 64 bits are found to fit into the image."""

import torch
import torch.nn.functional as F

FAR = (2**63 - 1, 1)
for reach in (
    lambda: F.conv2d(torch.ones(1, 1, 7, 1), torch.ones(1, 1, 3, 1), dilation=FAR),
    lambda: F.unfold(torch.ones(1, 1, 5, 3), (3, 1), dilation=FAR),
):
    try:
        shape = tuple(reach().shape)
    except RuntimeError:
        print("refused, as a dilation of 100 is")
    else:
        raise AssertionError(f"a result of shape {shape}")
