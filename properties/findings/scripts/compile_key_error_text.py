"""torch.compile: the text of a KeyError has lost its quotation marks."""

import torch

text = torch.compile(lambda x: (x + 1, str(KeyError("lr"))))(torch.zeros(1))[1]
assert text == "'lr'", f"{text}, where 'lr' is right"
