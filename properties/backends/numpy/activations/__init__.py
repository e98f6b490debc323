from properties.backends.numpy.activations.exponential_linear import *
from properties.backends.numpy.activations.logistic import *
from properties.backends.numpy.activations.rectifiers import *
