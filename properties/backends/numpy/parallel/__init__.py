from properties.backends.numpy.parallel.collectives import *
from properties.backends.numpy.parallel.data_parallel import *
from properties.backends.numpy.parallel.systolic_array import *
from properties.backends.numpy.parallel.tensor_parallel import *
