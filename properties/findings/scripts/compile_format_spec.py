"""torch.compile: format(number, ".2f") forgets how the number is to be written."""

import torch

x = torch.ones(1)
text = torch.compile(lambda x: (x + 1, format(3.14159, ".2f")))(x)[1]
assert text == "3.14", f"{text}, where 3.14 is right"
