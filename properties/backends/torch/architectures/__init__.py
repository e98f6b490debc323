from properties.backends.torch.architectures.branches import *
from properties.backends.torch.architectures.chains import *
from properties.backends.torch.architectures.layer_chains import *
from properties.backends.torch.architectures.residual import *
