"""torch.compile: what is compiled drops the tangent of a dual number."""

import torch
import torch.autograd.forward_ad as forward

with forward.dual_level():
    dual = forward.make_dual(torch.tensor([3.0]), torch.ones(1))
    tangent = forward.unpack_dual(torch.compile(torch.square)(dual)).tangent
assert tangent is not None, "the square has no derivative"
assert tangent.item() == 6, f"{tangent}, where 2 · 3 is right"
