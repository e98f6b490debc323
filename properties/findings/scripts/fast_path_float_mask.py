"""TransformerEncoderLayer's fast path takes a float mask for "not 0 is hidden"."""

import torch

torch.manual_seed(0)
layer = torch.nn.TransformerEncoderLayer(4, 2, 1, dropout=0.0, batch_first=True)
x, mask = torch.randn(1, 2, 4), torch.tensor([[0.0, 1.0], [1.0, 0.0]])
training = layer(x, src_mask=mask)
layer.eval()
with torch.inference_mode():
    evaluation = layer(x, src_mask=mask)
error = (training - evaluation).abs().max().item()
assert error < 1e-4, f"off by {error}: 1 is to be added to a score"
