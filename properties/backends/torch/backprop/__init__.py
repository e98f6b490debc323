from properties.backends.torch.backprop.computational_graph import *
from properties.backends.torch.backprop.sequential import *
