from properties.backends.torch.tensors.joining import *
from properties.backends.torch.tensors.products import *
from properties.backends.torch.tensors.reductions import *
from properties.backends.torch.tensors.selection import *
