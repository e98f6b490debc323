"""torch.lstm_cell: states of more axes than the input crash it."""

import torch

weights = torch.zeros(4, 1), torch.zeros(4, 1), torch.zeros(4), torch.zeros(4)
state = torch.zeros(1, 1, 1)
try:
    y, _ = torch.lstm_cell(torch.zeros(1, 1), (state, state), *weights)
except (RuntimeError, ValueError):
    print("refused, as nn.LSTMCell refuses it")
else:
    raise AssertionError(f"a result of shape {tuple(y.shape)}")
