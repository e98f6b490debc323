from properties.backends.torch.segmentation.instances import *
from properties.backends.torch.segmentation.pixels import *
from properties.backends.torch.segmentation.proposals import *
from properties.backends.torch.segmentation.style import *
from properties.backends.torch.segmentation.upsampling import *
