from properties.backends.numpy.evaluation.accumulator import *
from properties.backends.numpy.evaluation.accuracy import *
from properties.backends.numpy.evaluation.bleu import *
from properties.backends.numpy.evaluation.box_errors import *
from properties.backends.numpy.evaluation.modified_precision import *
