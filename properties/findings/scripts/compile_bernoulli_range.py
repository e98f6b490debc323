"""bernoulli takes 2, and smooth_l1_loss a beta below 0, if compiled."""

import torch
import torch.nn.functional as F

calls = {
    "bernoulli": torch.bernoulli,
    "smooth_l1_loss": lambda x: F.smooth_l1_loss(x, x + 1, beta=-1.0),
}
for name, call in calls.items():
    try:
        found = torch.compile(call)(torch.tensor([2.0])).tolist()
    except RuntimeError:
        found = None
    assert found is None, f"{name}: {found}, eagerly an error"
