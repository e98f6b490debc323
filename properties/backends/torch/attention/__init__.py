from properties.backends.torch.attention.multi_head import *
from properties.backends.torch.attention.scaled_dot_product import *
