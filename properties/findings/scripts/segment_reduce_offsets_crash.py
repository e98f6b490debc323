"""segment_reduce does not check offsets: memory behind its input is read."""

import torch

data = torch.zeros(5)
found = torch.segment_reduce(data, "max", offsets=torch.tensor([0, 10**9]))
raise SystemExit(f"offsets of 0 and 10⁹ into five numbers are taken: {found}")
