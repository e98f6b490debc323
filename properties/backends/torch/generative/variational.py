import math

import torch
import torch.nn.functional as F
from torch import Tensor, distributions


def gaussian_kl(mean: Tensor, logvar: Tensor) -> Tensor:
    return -0.5 * (1 + logvar - mean**2 - logvar.exp()).sum(-1)


def gaussian_kl_distributions(mean: Tensor, logvar: Tensor) -> Tensor:
    standard = distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    return distributions.kl_divergence(
        distributions.Normal(mean, (logvar / 2).exp()), standard
    ).sum(-1)


def reparametrize(mean: Tensor, logvar: Tensor, noise: Tensor) -> Tensor:
    return torch.addcmul(mean, (logvar / 2).exp(), noise)


def gaussian_log_likelihood(input: Tensor, mean: Tensor, variance: Tensor) -> Tensor:
    losses = F.gaussian_nll_loss(
        mean, input, variance, full=True, eps=1e-300, reduction="none"
    )
    return -losses.sum(-1)


def gaussian_log_likelihood_distributions(
    input: Tensor, mean: Tensor, variance: Tensor
) -> Tensor:
    return distributions.Normal(mean, variance.sqrt()).log_prob(input).sum(-1)


def linear_elbo(
    input: Tensor, weight: Tensor, mean: Tensor, logvar: Tensor, *, variance: float
) -> Tensor:
    square = (input - mean @ weight.T).square().sum(1)
    spread = logvar.exp() @ weight.square().sum(0)
    constant = input.shape[1] / 2 * math.log(2 * math.pi * variance)
    likelihood = -constant - (square + spread) / (2 * variance)
    return likelihood - gaussian_kl(mean, logvar)


def ancestral_sample(
    codes_noise: Tensor, weight: Tensor, bias: Tensor, noise: Tensor, *, scale: float
) -> Tensor:
    return F.linear(codes_noise, weight, bias) + scale * noise
