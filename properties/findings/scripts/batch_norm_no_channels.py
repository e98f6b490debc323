"""batch_norm of no channels has a result, but not with a weight."""

import torch
import torch.nn.functional as F

x, moments = torch.ones(2, 0), (torch.zeros(0), torch.ones(0))
assert F.batch_norm(x, *moments).shape == (2, 0)
assert F.batch_norm(x, *moments, weight=torch.ones(0)).shape == (2, 0)
