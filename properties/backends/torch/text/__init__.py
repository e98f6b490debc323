from properties.backends.torch.text.counts import *
from properties.backends.torch.text.joint_probabilities import *
from properties.backends.torch.text.likelihood import *
from properties.backends.torch.text.subsequences import *
