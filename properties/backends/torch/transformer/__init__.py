from properties.backends.torch.transformer.decoder import *
from properties.backends.torch.transformer.encoder import *
from properties.backends.torch.transformer.feed_forward import *
from properties.backends.torch.transformer.gelu import *
from properties.backends.torch.transformer.positional_encoding import *
