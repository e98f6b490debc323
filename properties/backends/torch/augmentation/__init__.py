from properties.backends.torch.augmentation.boxes import *
from properties.backends.torch.augmentation.color import *
from properties.backends.torch.augmentation.crop_choice import *
from properties.backends.torch.augmentation.geometry import *
from properties.backends.torch.augmentation.noise import *
