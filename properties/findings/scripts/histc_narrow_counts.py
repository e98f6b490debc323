"""histc in bfloat16 and float16 stops to count at 256 and 2048."""

import torch

torch.set_num_threads(1)
numbers = torch.zeros(1000, dtype=torch.bfloat16)
count = torch.histc(numbers, bins=1, min=-1, max=1).item()
assert count == 1000, f"{count}, where there are 1000"
