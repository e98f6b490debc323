from properties.backends.numpy.tensors.joining import *
from properties.backends.numpy.tensors.products import *
from properties.backends.numpy.tensors.reductions import *
from properties.backends.numpy.tensors.selection import *
