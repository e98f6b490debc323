from properties.backends.numpy.search.beam_search import *
from properties.backends.numpy.search.exhaustive_search import *
from properties.backends.numpy.search.next_token_tables import *
