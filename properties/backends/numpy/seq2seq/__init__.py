from properties.backends.numpy.seq2seq.attention_decoder import *
from properties.backends.numpy.seq2seq.encoder_decoder import *
from properties.backends.numpy.seq2seq.teacher_forcing import *
from properties.backends.numpy.seq2seq.translation import *
