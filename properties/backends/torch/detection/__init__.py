from properties.backends.torch.detection.detector import *
from properties.backends.torch.detection.predictions import *
from properties.backends.torch.detection.tiny_ssd import *
