from properties.backends.numpy.initialisation.weight_scales import *
