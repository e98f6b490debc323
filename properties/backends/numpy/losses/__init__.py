from properties.backends.numpy.losses.linear_classifier import *
from properties.backends.numpy.losses.margin import *
from properties.backends.numpy.losses.penalties import *
from properties.backends.numpy.losses.regression import *
