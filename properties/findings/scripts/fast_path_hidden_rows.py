"""TransformerEncoderLayer: a token that sees no token is NaN in the fast path alone."""

import torch

layer = torch.nn.TransformerEncoderLayer(2, 2, 1, dropout=0.0, batch_first=True)
x, hides = torch.ones(1, 1, 2), torch.ones(1, 1, dtype=torch.bool)
training = layer(x, src_mask=hides)
layer.eval()
with torch.inference_mode():
    evaluation = layer(x, src_mask=hides)
shown = training.isfinite().all().item(), evaluation.isfinite().all().item()
assert shown[0] == shown[1], (
    f"{evaluation.tolist()}; training gives {training.tolist()}"
)
