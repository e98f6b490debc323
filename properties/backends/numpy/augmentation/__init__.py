from properties.backends.numpy.augmentation.color import *
from properties.backends.numpy.augmentation.geometry import *
