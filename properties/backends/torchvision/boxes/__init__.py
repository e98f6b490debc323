from properties.backends.torchvision.boxes.box_formats import *
from properties.backends.torchvision.boxes.box_offsets import *
from properties.backends.torchvision.boxes.box_overlap import *
from properties.backends.torchvision.boxes.suppression import *
