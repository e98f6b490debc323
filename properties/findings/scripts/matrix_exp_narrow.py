"""matrix_exp in bfloat16 and float16: of the identity it is −1.3 · 10³⁰."""

import torch

for dtype in (torch.bfloat16, torch.float16):
    found = torch.linalg.matrix_exp(torch.eye(2, dtype=dtype)).diagonal()
    assert ((found - 2.7183).abs() < 0.1).all(), f"{found}, where e, 2.7183, is right"
