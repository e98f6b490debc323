"""trunc_normal_ without an upper bound works from 0.5 on, and not from 0.6 on."""

import math

import torch

for least in (0.5, 0.6):
    print(torch.nn.init.trunc_normal_(torch.empty(2), a=least, b=math.inf))
