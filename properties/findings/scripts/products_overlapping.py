"""Products whose result is written over an argument are wrong, and not refused."""

import torch

matrix = torch.ones(2, 2)
right = {"mv": [2.0, 2.0], "addmv_": [3.0, 3.0], "bmm": [2.0] * 8, "addmm_": 33.0}
mv, addmv, bmm, addmm = (torch.ones(n) for n in ((2,), (2,), (2, 2, 2), (32, 32)))
torch.mv(matrix, mv, out=mv)
addmv.addmv_(matrix, addmv)
torch.bmm(bmm, bmm, out=bmm)
addmm.addmm_(addmm, addmm)
actual = {"mv": mv.tolist(), "addmv_": addmv.tolist()}
actual |= {"bmm": bmm.flatten().tolist(), "addmm_": addmm.max().item()}
wrong = {name: value for name, value in actual.items() if value != right[name]}
assert not wrong, f"{wrong}, where {right} are right"
