from properties.backends.numpy.recurrent.cells import *
from properties.backends.numpy.recurrent.gru_cell import *
from properties.backends.numpy.recurrent.layers import *
