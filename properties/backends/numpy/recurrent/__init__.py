from properties.backends.numpy.recurrent.cells import *
from properties.backends.numpy.recurrent.layers import *
