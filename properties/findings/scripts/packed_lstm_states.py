"""nn.LSTM takes a packed batch with the states of fewer sequences: memory is read."""

import torch
from torch.nn.utils.rnn import pack_sequence

lstm = torch.nn.LSTM(1, 1)
packed = pack_sequence([torch.ones(2, 1)] * 2)  # two sequences
try:
    with torch.no_grad():
        y, _ = lstm(packed, (torch.ones(1, 1, 1), torch.ones(1, 2, 1)))  # h_0 of one
except RuntimeError:
    print("refused, as a batch that is not packed is")
else:
    raise AssertionError(f"{y.data.flatten().tolist()}: numbers from behind the state")
