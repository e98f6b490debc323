"""torch.lstm_cell: states of more axes than the input crash it, or are taken."""

import torch

weights = torch.zeros(16, 1), torch.zeros(16, 4), torch.zeros(16), torch.zeros(16)
states = torch.zeros(1, 4, 4), torch.zeros(1, 4, 16)
try:
    y, _ = torch.lstm_cell(torch.zeros(1, 1), states, *weights)
except (RuntimeError, ValueError):
    print("refused, as nn.LSTMCell refuses it")
else:
    raise AssertionError(f"a result of shape {tuple(y.shape)}")
