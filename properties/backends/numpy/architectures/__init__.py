from properties.backends.numpy.architectures.branches import *
from properties.backends.numpy.architectures.chains import *
from properties.backends.numpy.architectures.residual import *
