from properties.backends.torch.initialisation.weight_scales import *
