from properties.backends.torch.activations.exponential_linear import *
from properties.backends.torch.activations.logistic import *
from properties.backends.torch.activations.rectifiers import *
