from properties.backends.numpy.attention.kernel_regression import *
from properties.backends.numpy.attention.multi_head import *
from properties.backends.numpy.attention.scaled_dot_product import *
from properties.backends.numpy.attention.scoring import *
