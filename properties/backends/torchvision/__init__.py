"""torchvision's operations, on PyTorch's tensors.

Its wheels on PyPI load only beside a PyTorch that is built for CUDA, too.
"""

import torchvision

from properties.backends.torch import devices, dtypes, gradient, to_numpy, to_tensor
from properties.backends.torchvision.boxes import *
from properties.backends.torchvision.pooling import *

ARITHMETIC = "torch"
__all__ = ["devices", "dtypes", "gradient", "to_numpy", "to_tensor"]
__version__ = torchvision.__version__
