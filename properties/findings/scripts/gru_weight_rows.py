"""nn.LSTM does not check a weight's rows: memory behind them is read."""

import torch

lstm = torch.nn.LSTM(3, 2, bias=False)
lstm.weight_ih_l0 = torch.nn.Parameter(torch.ones(1, 3))
x = torch.ones(1, 2, 3)
try:
    y = lstm(x)[0].flatten().tolist()
except RuntimeError:
    y = None
assert y is None, f"{y}: a weight of one row, where there have to be eight"
