from properties.backends.torch.bert.encoder import *
from properties.backends.torch.bert.fine_tuning import *
from properties.backends.torch.bert.inputs import *
from properties.backends.torch.bert.mask_lm import *
from properties.backends.torch.bert.masking import *
from properties.backends.torch.bert.next_sentence import *
