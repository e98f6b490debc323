"""Activation functions as torch has them."""

import torch

sigmoid = torch.sigmoid
