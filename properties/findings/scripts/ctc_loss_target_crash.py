"""ctc_loss does not check targets: it reads and writes behind the gradient."""

import torch
from torch.nn.functional import ctc_loss

log_probs = torch.zeros(5, 1, 3, requires_grad=True)
loss = ctc_loss(log_probs, torch.tensor([[1, 10**8]]), [5], [2])
loss.backward()
raise SystemExit("a target of 10⁸ among three labels is taken")
