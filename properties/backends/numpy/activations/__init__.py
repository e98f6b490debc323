from properties.backends.numpy.activations.logistic import *
