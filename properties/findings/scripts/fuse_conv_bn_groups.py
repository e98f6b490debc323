"""A transposed convolution in groups cannot be fused with its batch norm."""

from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

conv = nn.ConvTranspose1d(4, 4, 1, groups=2).eval()
print(fuse_conv_bn_eval(conv, nn.BatchNorm1d(4).eval(), transpose=True))
