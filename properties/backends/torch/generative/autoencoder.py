import torch.nn.functional as F
from torch import Tensor


def linear_autoencoder(input: Tensor, encoder: Tensor, decoder: Tensor) -> Tensor:
    return F.linear(F.linear(input, encoder), decoder)


def reconstruction_error(input: Tensor, reconstruction: Tensor) -> Tensor:
    return F.mse_loss(input, reconstruction, reduction="sum") / len(input)
