from properties.backends.torch.search.beam_search import *
from properties.backends.torch.search.exhaustive_search import *
from properties.backends.torch.search.next_token_tables import *
