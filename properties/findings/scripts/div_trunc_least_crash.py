"""The least integer, divided by −1 and truncated, crashes."""

import torch

quotient = torch.div(torch.tensor([-(2**63)]), -1, rounding_mode="trunc")
print(quotient)
