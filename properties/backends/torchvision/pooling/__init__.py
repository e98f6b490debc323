from properties.backends.torchvision.pooling.roi_pool import *
