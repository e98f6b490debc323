"""torch.compile: bernoulli, normal and smooth_l1_loss take what eager refuses."""

import torch
from torch.nn.functional import smooth_l1_loss

x = torch.full((2,), 2.0)
calls = {
    "bernoulli(2)": lambda x: torch.bernoulli(x),
    "normal(2, −2)": lambda x: torch.normal(x, -x),
    "smooth_l1_loss(…, beta=−1)": lambda x: smooth_l1_loss(x, x + 1, beta=-1.0),
}
taken = []
for name, call in calls.items():
    for function in (call, torch.compile(call)):
        try:
            taken.append((name, function(x)))
        except RuntimeError as refusal:
            print(name, "is refused:", refusal)
assert not taken, f"{taken} is what came of calls that are refused eagerly"
