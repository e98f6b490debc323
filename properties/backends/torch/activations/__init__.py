from properties.backends.torch.activations.logistic import *
