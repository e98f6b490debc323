from properties.backends.torch.masks.embedding import *
from properties.backends.torch.masks.embedding_bag import *
