"""fractional_max_pool3d, compiled: samples of depth and width are exchanged."""

import torch
import torch.nn.functional as F

x = torch.arange(32.0).reshape(1, 1, 4, 2, 4)
samples = torch.tensor([[[0.5, 0.5, 0.125]]])


def pool(x):
    return F.fractional_max_pool3d(x, 1, output_size=(3, 1, 3), _random_samples=samples)


eager, compiled = pool(x).flatten().tolist(), torch.compile(pool)(x).flatten().tolist()
assert compiled == eager, f"{compiled} where eager is {eager}"
