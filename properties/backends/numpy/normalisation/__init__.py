from properties.backends.numpy.normalisation.layer_norm import *
