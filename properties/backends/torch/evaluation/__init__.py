from properties.backends.torch.evaluation.accumulator import *
from properties.backends.torch.evaluation.accuracy import *
from properties.backends.torch.evaluation.bleu import *
from properties.backends.torch.evaluation.box_errors import *
from properties.backends.torch.evaluation.modified_precision import *
