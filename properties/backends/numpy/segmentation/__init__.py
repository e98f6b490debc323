from properties.backends.numpy.segmentation.pixels import *
from properties.backends.numpy.segmentation.style import *
