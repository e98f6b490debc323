from properties.backends.torch.distances.distances import *
