from properties.backends.torch.normalisation.batch_norm import *
from properties.backends.torch.normalisation.batch_norm_backward import *
from properties.backends.torch.normalisation.fusion import *
from properties.backends.torch.normalisation.layer_norm import *
from properties.backends.torch.normalisation.squeeze_excitation import *
from properties.backends.torch.normalisation.standardization import *
