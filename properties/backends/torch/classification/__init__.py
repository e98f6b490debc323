from properties.backends.torch.classification.binary_cross_entropy import *
from properties.backends.torch.classification.cross_entropy import *
from properties.backends.torch.classification.cross_entropy_gradient import *
from properties.backends.torch.classification.entropy import *
from properties.backends.torch.classification.log_softmax import *
from properties.backends.torch.classification.sampling import *
from properties.backends.torch.classification.softmax import *
from properties.backends.torch.classification.softmax_regression import *
