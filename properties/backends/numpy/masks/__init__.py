from properties.backends.numpy.masks.embedding import *
from properties.backends.numpy.masks.masked import *
from properties.backends.numpy.masks.masks import *
