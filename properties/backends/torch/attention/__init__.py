from properties.backends.torch.attention.kernel_regression import *
from properties.backends.torch.attention.multi_head import *
from properties.backends.torch.attention.scaled_dot_product import *
from properties.backends.torch.attention.scoring import *
