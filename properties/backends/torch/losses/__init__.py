from properties.backends.torch.losses.linear_classifier import *
from properties.backends.torch.losses.margin import *
from properties.backends.torch.losses.penalties import *
from properties.backends.torch.losses.regression import *
