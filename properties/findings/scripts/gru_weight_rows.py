"""nn.GRU does not check a weight's rows: memory behind them is read, and it crashes."""

import torch

gru = torch.nn.GRU(3, 1, bias=False)
gru.weight_hh_l0 = torch.nn.Parameter(torch.ones(1, 1))
try:
    y = gru(torch.ones(1, 2, 3))[0].flatten().tolist()
except RuntimeError as error:
    y = "INTERNAL ASSERT" in str(error) and str(error)
assert y is False, f"{y}: a weight of one row, where there have to be three"
