"""NumPy and SciPy, vectorized; without gradients."""

import numpy as np

from properties.backends.numpy.activations import *
from properties.backends.numpy.binary_cross_entropy import *
from properties.backends.numpy.convolution import *
from properties.backends.numpy.convolution_gradients import *
from properties.backends.numpy.convolution_integral import *
from properties.backends.numpy.convolution_layouts import *
from properties.backends.numpy.convolution_matrix import *
from properties.backends.numpy.convolution_sizes import *
from properties.backends.numpy.cross_correlation import *
from properties.backends.numpy.cross_entropy import *
from properties.backends.numpy.cross_entropy_gradient import *
from properties.backends.numpy.dense_to_convolution import *
from properties.backends.numpy.entropy import *
from properties.backends.numpy.fourier import *
from properties.backends.numpy.gated_convolution import *
from properties.backends.numpy.learned_kernel import *
from properties.backends.numpy.log_softmax import *
from properties.backends.numpy.padded_convolution import *
from properties.backends.numpy.padding import *
from properties.backends.numpy.receptive_field import *
from properties.backends.numpy.sampling import *
from properties.backends.numpy.separable_convolution import *
from properties.backends.numpy.softmax import *
from properties.backends.numpy.softmax_regression import *
from properties.backends.numpy.stretched_convolution import *
from properties.backends.numpy.transposed_convolution import *

__version__ = np.__version__


def devices() -> list[str]:
    return ["cpu"]


def dtypes(device: str) -> list[str]:
    return ["float64", "float32", "float16"]
