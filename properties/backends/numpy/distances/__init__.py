from properties.backends.numpy.distances.distances import *
