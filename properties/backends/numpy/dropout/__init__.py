from properties.backends.numpy.dropout.augmentation import *
from properties.backends.numpy.dropout.masking import *
