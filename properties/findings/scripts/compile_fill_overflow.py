"""Numbers that a dtype does not hold, compiled, are filled in: inf, or wrapped."""

import torch
import torch.nn.functional as F

calls = {
    "masked_fill": lambda: torch.ones(1).half().masked_fill(torch.tensor([True]), 1e6),
    "pad": lambda: F.pad(torch.ones(1, dtype=torch.uint8), (0, 1), value=300),
}
for name, call in calls.items():
    torch._dynamo.reset()
    try:
        found = torch.compile(call)().tolist()
    except RuntimeError:
        found = None
    assert found is None, f"{name}: {found}, eagerly an error, it would overflow"
