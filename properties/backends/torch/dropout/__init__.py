from properties.backends.torch.dropout.augmentation import *
from properties.backends.torch.dropout.masking import *
