from properties.backends.torch.text.counts import *
from properties.backends.torch.text.joint_probabilities import *
from properties.backends.torch.text.sequence_likelihood import *
from properties.backends.torch.text.subsequences import *
