from properties.backends.torch.seq2seq.attention_decoder import *
from properties.backends.torch.seq2seq.encoder_decoder import *
from properties.backends.torch.seq2seq.prediction import *
from properties.backends.torch.seq2seq.teacher_forcing import *
from properties.backends.torch.seq2seq.translation import *
