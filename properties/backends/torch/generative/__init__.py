from properties.backends.torch.generative.adversarial import *
from properties.backends.torch.generative.autoencoder import *
from properties.backends.torch.generative.densities import *
from properties.backends.torch.generative.masked_convolution import *
from properties.backends.torch.generative.variational import *
from properties.backends.torch.generative.vector_quantization import *
