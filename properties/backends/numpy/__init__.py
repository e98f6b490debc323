"""NumPy and SciPy, vectorized; without gradients."""

import numpy as np

from properties.backends.numpy.activations import *
from properties.backends.numpy.architectures import *
from properties.backends.numpy.attention import *
from properties.backends.numpy.augmentation import *
from properties.backends.numpy.backprop import *
from properties.backends.numpy.bert import *
from properties.backends.numpy.boxes import *
from properties.backends.numpy.classification import *
from properties.backends.numpy.convolution import *
from properties.backends.numpy.distances import *
from properties.backends.numpy.dropout import *
from properties.backends.numpy.evaluation import *
from properties.backends.numpy.generative import *
from properties.backends.numpy.initialisation import *
from properties.backends.numpy.losses import *
from properties.backends.numpy.masks import *
from properties.backends.numpy.normalisation import *
from properties.backends.numpy.optimisers import *
from properties.backends.numpy.parallel import *
from properties.backends.numpy.pooling import *
from properties.backends.numpy.recurrent import *
from properties.backends.numpy.search import *
from properties.backends.numpy.segmentation import *
from properties.backends.numpy.seq2seq import *
from properties.backends.numpy.tensors import *
from properties.backends.numpy.text import *
from properties.backends.numpy.transformer import *
from properties.backends.numpy.updates import update as update

__version__ = np.__version__


def devices() -> list[str]:
    return ["cpu"]


def dtypes(device: str) -> list[str]:
    return ["float64", "float32", "float16"]
