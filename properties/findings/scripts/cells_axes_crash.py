"""nn.GRUCell, LSTMCell and RNNCell: states of another axis crash them, or are taken."""

import torch

state = torch.zeros(1, 1)
cells = [
    (torch.nn.RNNCell(1, 1), state),
    (torch.nn.LSTMCell(1, 1), (state, state)),
    (torch.nn.GRUCell(1, 1), state),
]
taken = []
for cell, states in cells:
    try:
        cell(torch.zeros(1), states)
    except (RuntimeError, ValueError):
        continue
    taken.append(type(cell).__name__)
assert not taken, f"{taken} take a state of two axes beside an input of one"
