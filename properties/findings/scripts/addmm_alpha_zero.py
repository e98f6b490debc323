"""addmv, addmm and baddbmm with alpha=0 drop a product that is NaN, or do not."""

import torch

tensors = torch.ones(2), torch.full((2, 2), torch.nan), torch.ones(2)
single = torch.addmv(*tensors, alpha=0)
half = torch.addmv(*[tensor.half() for tensor in tensors], alpha=0)
assert single.isnan().all(), f"{single.tolist()} in float32, {half.tolist()} in float16"
