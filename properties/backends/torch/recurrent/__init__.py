from properties.backends.torch.recurrent.cells import *
from properties.backends.torch.recurrent.gru_cell import *
from properties.backends.torch.recurrent.layers import *
from properties.backends.torch.recurrent.packed import *
