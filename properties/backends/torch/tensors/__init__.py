from properties.backends.torch.tensors.creation import *
from properties.backends.torch.tensors.indexing import *
from properties.backends.torch.tensors.joining import *
from properties.backends.torch.tensors.layout import *
from properties.backends.torch.tensors.pointwise import *
from properties.backends.torch.tensors.products import *
from properties.backends.torch.tensors.reductions import *
from properties.backends.torch.tensors.selection import *
