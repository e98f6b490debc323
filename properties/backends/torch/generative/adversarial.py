import torch
import torch.nn.functional as F
from torch import Tensor


def discriminator_loss(real: Tensor, fake: Tensor) -> Tensor:
    return -F.logsigmoid(real).mean() - F.logsigmoid(-fake).mean()


def generator_loss(fake: Tensor, *, saturating: bool = False) -> Tensor:
    if saturating:
        return F.logsigmoid(-fake).mean()
    return -F.logsigmoid(fake).mean()


def optimal_discriminator(p: Tensor, q: Tensor) -> Tensor:
    return p / (p + q)


def gan_value(p: Tensor, q: Tensor, discriminator: Tensor, *, dim: int) -> Tensor:
    real = torch.xlogy(p, discriminator)
    return (real + torch.special.xlog1py(q, -discriminator)).sum(dim)


def js_divergence(p: Tensor, q: Tensor, *, dim: int) -> Tensor:
    mean = (p + q) / 2
    real = torch.where(p > 0, p * (p.log() - mean.log()), 0).sum(dim)
    fake = torch.where(q > 0, q * (q.log() - mean.log()), 0).sum(dim)
    return (real + fake) / 2
