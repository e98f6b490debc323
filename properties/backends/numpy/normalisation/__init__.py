from properties.backends.numpy.normalisation.batch_norm import *
from properties.backends.numpy.normalisation.fusion import *
from properties.backends.numpy.normalisation.layer_norm import *
from properties.backends.numpy.normalisation.standardization import *
