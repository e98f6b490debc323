"""torch.optim and clip_grad take NaN, and options that make no sense."""

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_
from torch.optim import SGD, RMSprop, lr_scheduler

param, nan = torch.ones(1, requires_grad=True), float("nan")
param.grad = torch.ones(1)
taken = []
for name, call in {
    "SGD momentum NaN": lambda: SGD([param], 0.5, momentum=nan),
    "RMSprop alpha 2": lambda: RMSprop([param], alpha=2.0),
    "clip_grad_norm_ −1": lambda: clip_grad_norm_([param], -1.0),
    "clip_grad_value_ −1": lambda: clip_grad_value_([param], -1.0),
    "StepLR −1": lambda: lr_scheduler.StepLR(SGD([param]), -1),
}.items():
    try:
        call()
        taken.append(name)
    except ValueError:
        print("refused, as Adam refuses an lr of NaN")
assert not taken, f"taken: {taken}"
