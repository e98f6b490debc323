from properties.backends.numpy.text.counts import *
from properties.backends.numpy.text.joint_probabilities import *
from properties.backends.numpy.text.sequence_likelihood import *
from properties.backends.numpy.text.subsequences import *
