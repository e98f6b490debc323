from properties.backends.torch.parallel.collectives import *
from properties.backends.torch.parallel.data_parallel import *
from properties.backends.torch.parallel.gloo import *
from properties.backends.torch.parallel.systolic_array import *
from properties.backends.torch.parallel.tensor_parallel import *
