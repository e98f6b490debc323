from properties.backends.numpy.classification.binary_cross_entropy import *
from properties.backends.numpy.classification.cross_entropy import *
from properties.backends.numpy.classification.cross_entropy_gradient import *
from properties.backends.numpy.classification.entropy import *
from properties.backends.numpy.classification.log_softmax import *
from properties.backends.numpy.classification.sampling import *
from properties.backends.numpy.classification.softmax import *
from properties.backends.numpy.classification.softmax_regression import *
