from properties.backends.numpy.backprop.sequential import *
