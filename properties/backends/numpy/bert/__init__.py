from properties.backends.numpy.bert.encoder import *
from properties.backends.numpy.bert.fine_tuning import *
from properties.backends.numpy.bert.inputs import *
from properties.backends.numpy.bert.mask_lm import *
from properties.backends.numpy.bert.masking import *
from properties.backends.numpy.bert.next_sentence import *
