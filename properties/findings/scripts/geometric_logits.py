"""A geometric distribution by logits: infinite, or 0, where a probability rounds."""

import torch

logit = torch.tensor(20.0, requires_grad=True)
got = torch.distributions.Geometric(logits=logit).log_prob(torch.tensor(3.0))
got.backward()
print(torch.distributions.Geometric(logits=torch.tensor(-20.0)).entropy())
assert (got - -60).abs() < 1, f"{got.item()}, gradient {logit.grad.item()}"
