from properties.backends.numpy.transformer.feed_forward import *
from properties.backends.numpy.transformer.gelu import *
from properties.backends.numpy.transformer.positional_encoding import *
