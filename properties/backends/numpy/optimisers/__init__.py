from properties.backends.numpy.optimisers.adaptive import *
from properties.backends.numpy.optimisers.averages import *
from properties.backends.numpy.optimisers.clipping import *
from properties.backends.numpy.optimisers.descent import *
from properties.backends.numpy.optimisers.momentum import *
from properties.backends.numpy.optimisers.projections import *
from properties.backends.numpy.optimisers.schedules import *
from properties.backends.numpy.optimisers.search import *
