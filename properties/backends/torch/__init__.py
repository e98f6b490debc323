"""PyTorch, on the CPU and on CUDA."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from properties.backends.torch.activations import *
from properties.backends.torch.architectures import *
from properties.backends.torch.attention import *
from properties.backends.torch.augmentation import *
from properties.backends.torch.backprop import *
from properties.backends.torch.bert import *
from properties.backends.torch.boxes import *
from properties.backends.torch.classification import *
from properties.backends.torch.convolution import *
from properties.backends.torch.detection import *
from properties.backends.torch.distances import *
from properties.backends.torch.dropout import *
from properties.backends.torch.evaluation import *
from properties.backends.torch.generative import *
from properties.backends.torch.initialisation import *
from properties.backends.torch.layouts import LAYOUTS as LAYOUTS
from properties.backends.torch.losses import *
from properties.backends.torch.masks import *
from properties.backends.torch.normalisation import *
from properties.backends.torch.optimisers import *
from properties.backends.torch.parallel import *
from properties.backends.torch.pooling import *
from properties.backends.torch.recurrent import *
from properties.backends.torch.search import *
from properties.backends.torch.segmentation import *
from properties.backends.torch.seq2seq import *
from properties.backends.torch.tensors import *
from properties.backends.torch.text import *
from properties.backends.torch.transformer import *
from properties.backends.torch.updates import update as update

ARITHMETIC = "torch"
__version__ = torch.__version__


def devices() -> list[str]:
    return ["cpu"] + ["cuda"] * torch.cuda.is_available()


def dtypes(device: str) -> list[str]:
    return ["float64", "float32", "float16", "bfloat16"]


def wide(device: str) -> list[str]:
    """Dtypes that oneDNN's kernels, which accumulate in float32, are there for."""
    if device != "cpu":
        return []
    has = {
        "bfloat16": torch.ops.mkldnn._is_mkldnn_bf16_supported(),
        "float16": torch.ops.mkldnn._is_mkldnn_fp16_supported(),
    }
    return [dtype for dtype, supported in has.items() if supported]


def reproducible(device: str) -> bool:
    """Whether a call gives the same bits each time.

    On CUDA it is documented that it need not: sums by atomic additions, and cuDNN's
    choice of algorithms (pytorch.org/docs/stable/notes/randomness.html).
    """
    return device == "cpu"


def to_tensor(array: np.ndarray, device: str, dtype: str) -> Tensor:
    tensor = torch.from_numpy(np.array(array))
    if tensor.is_floating_point():
        tensor = tensor.to(getattr(torch, dtype))
    return tensor.to(device)


def tiled(tensor: Tensor, shape: tuple[int, ...]) -> Tensor:
    size = math.prod(shape)
    return tensor.repeat(-(-size // len(tensor)))[:size].reshape(shape)


def free_memory(device: str) -> int | None:
    return torch.cuda.mem_get_info()[0] if device == "cuda" else None


def to_numpy(tensor: Tensor) -> np.ndarray:
    tensor = tensor.detach().cpu()
    return (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy()


def gradient(
    function: Callable, tensors: Sequence[Tensor], cotangents: Sequence[Tensor | None]
) -> list[Tensor]:
    """Differentiate Σ cotangent · result by floating tensors."""
    leaves = [tensor.detach().requires_grad_() for tensor in tensors]
    results = function(*leaves)
    results = results if isinstance(results, tuple) else (results,)
    pairs = [(r, c) for r, c in zip(results, cotangents) if r.requires_grad]
    if not pairs:
        return [torch.zeros_like(leaf) for leaf in leaves]
    outputs, weights = zip(*pairs)
    return torch.autograd.grad(outputs, leaves, weights, materialize_grads=True)
