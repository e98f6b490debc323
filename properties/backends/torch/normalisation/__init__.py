from properties.backends.torch.normalisation.layer_norm import *
