from properties.backends.numpy.masks.embedding import *
