"""LBFGS refuses parameters that are channels last."""

import torch

conv = torch.nn.Conv2d(2, 1, 2).to(memory_format=torch.channels_last)


def closure():
    conv.zero_grad()
    loss = conv(torch.ones(1, 2, 2, 2)).square().sum()
    loss.backward()
    return loss


torch.optim.LBFGS(conv.parameters()).step(closure)
