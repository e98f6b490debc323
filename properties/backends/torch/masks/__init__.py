from properties.backends.torch.masks.embedding import *
from properties.backends.torch.masks.embedding_bag import *
from properties.backends.torch.masks.masked import *
from properties.backends.torch.masks.masks import *
from properties.backends.torch.masks.sequences import *
