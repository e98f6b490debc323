from properties.backends.numpy.tensors.creation import *
from properties.backends.numpy.tensors.indexing import *
from properties.backends.numpy.tensors.joining import *
from properties.backends.numpy.tensors.layout import *
from properties.backends.numpy.tensors.pointwise import *
from properties.backends.numpy.tensors.products import *
from properties.backends.numpy.tensors.reductions import *
from properties.backends.numpy.tensors.selection import *
