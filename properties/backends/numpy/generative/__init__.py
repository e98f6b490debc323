from properties.backends.numpy.generative.adversarial import *
from properties.backends.numpy.generative.autoencoder import *
from properties.backends.numpy.generative.densities import *
from properties.backends.numpy.generative.variational import *
