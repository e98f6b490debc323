"""Equivalent mutants of convolution and pooling."""

from selftest.measure.equivalent.each import each

EQUIVALENT = {
    **each(
        "reference.convolution.convolution_matrix.conv2d_im2col",
        "unrolled = weight.reshape(filters, -1).T",
        "NumPy takes any size below 0 for the one that is left",
        "unrolled = weight.reshape(filters, - 2).T",
        "unrolled = weight.reshape(filters, ~1).T",
    ),
    **each(
        "reference.convolution.convolution_matrix.im2col",
        "return columns.reshape(np.prod(places, dtype=int), -1)",
        "NumPy takes any size below 0 for the one that is left",
        "return columns.reshape(np.prod(places, dtype=int), - 2)",
        "return columns.reshape(np.prod(places, dtype=int), ~1)",
    ),
    **each(
        "reference.convolution.cross_correlation.convolve",
        "if x.size == 0 or kernel.size == 0:",
        "no array has fewer than 0 numbers",
        "if x.size <= 0 or kernel.size == 0:",
        "if x.size == 0 or kernel.size <= 0:",
    ),
    **each(
        "reference.convolution.dense_to_convolution._half_widths",
        "if any(k % 2 == 0 for k in kernel_size):",
        "a remainder is not below 0",
        "if any(k % 2 <= 0 for k in kernel_size):",
    ),
    **each(
        "reference.convolution.dense_to_convolution.local_layer",
        "h += bias[0]",
        "there is one, the first and the last",
        "h += bias[ -1]",
    ),
    **each(
        "reference.convolution.dense_to_convolution.translation_invariant_layer",
        "h += bias[0]",
        "there is one, the first and the last",
        "h += bias[ -1]",
    ),
    **each(
        "reference.convolution.fourier._sum_waves",
        "_constant_like(real[0], 2 * np.pi * turn / len(real))",
        "of the number it takes the kind",
        "_constant_like(real[ -1], 2 * np.pi * turn / len(real))",
    ),
    **each(
        "reference.convolution.fourier._sum_waves",
        "if real.shape != imag.shape or real.size == 0:",
        "no array has fewer than 0 numbers",
        "if real.shape != imag.shape or real.size <= 0:",
    ),
    **each(
        "reference.convolution.fourier.fft_convolve",
        "if x.size == 0 or kernel.size == 0:",
        "no array has fewer than 0 numbers",
        "if x.size <= 0 or kernel.size == 0:",
        "if x.size == 0 or kernel.size <= 0:",
    ),
    **each(
        "reference.convolution.padding._check_border",
        'if width > max(0, most) or (mode == "replicate" and width > 0 == size):',
        'of the modes none is above "replicate"',
        'if width > max(0, most) or (mode >= "replicate" and width > 0 == size):',
    ),
    **each(
        "reference.convolution.padding._source",
        'if mode == "replicate":',
        'of the modes none is above "replicate"',
        'if mode >= "replicate":',
    ),
    **each(
        "reference.convolution.padding._source",
        "return -pixel if pixel < 0 else 2 * (size - 1) - pixel",
        "pixel 0 is inside, and was dealt with",
        "return -pixel if pixel < 1 else 2 * (size - 1) - pixel",
        "return -pixel if pixel <= 0 else 2 * (size - 1) - pixel",
    ),
    **each(
        "reference.convolution.padding._source",
        "return -pixel if pixel < 0 else 2 * (size - 1) - pixel",
        "the border is narrower than the signal, so that pixel is more than half "
        "of it: the remainder is the difference",
        "return -pixel if pixel < 0 else 2 * (size - 1) % pixel",
    ),
    **each(
        "reference.convolution.padding._source",
        "return 0 if pixel < 0 else size - 1",
        "pixel 0 is inside, and was dealt with",
        "return 0 if pixel < 1 else size - 1",
        "return 0 if pixel <= 0 else size - 1",
    ),
    **each(
        "reference.convolution.padding._source",
        'return pixel % size if mode == "circular" else None',
        'of what is left, "circular" and "constant", none is below "circular"',
        'return pixel % size if mode <= "circular" else None',
    ),
    **each(
        "reference.convolution.separable_convolution.depthwise_conv2d",
        "y[n, o, *place] += input[n, channel, *pixel] * weight[o, 0, *tap]",
        "the axis has one place, the first and the last",
        "y[n, o, *place] += input[n, channel, *pixel] * weight[o, -1, *tap]",
    ),
    **each(
        "reference.convolution.separable_convolution.pointwise_conv2d",
        "y[n, o, i, j] += input[n, c, i, j] * weight[o, c, 0, 0]",
        "the axis has one place, the first and the last",
        "y[n, o, i, j] += input[n, c, i, j] * weight[o, c, -1, 0]",
    ),
    **each(
        "reference.convolution.separable_convolution.spatially_separable_conv2d",
        'along = {"stride": (1, s[1]), "padding": (0, p[1]), "dilation": (1, d[1])}',
        "the kernel has one place on that axis",
        'along = {"stride": (1, s[1]), "padding": (0, p[1]), "dilation": ( 2, d[1])}',
    ),
    **each(
        "reference.convolution.separable_convolution.spatially_separable_conv2d",
        'down = {"stride": (s[0], 1), "padding": (p[0], 0), "dilation": (d[0], 1)}',
        "the kernel has one place on that axis",
        'down = {"stride": (s[0], 1), "padding": (p[0], 0), "dilation": (d[0], 2)}',
    ),
    **each(
        "reference.convolution.separable_convolution.spatially_separable_conv2d",
        "y = conv2d(y, column.reshape(1, 1, -1, 1), **down)",
        "NumPy takes any size below 0 for the one that is left",
        "y = conv2d(y, column.reshape(1, 1, - 2, 1), **down)",
        "y = conv2d(y, column.reshape(1, 1, ~1, 1), **down)",
    ),
    **each(
        "reference.convolution.separable_convolution.spatially_separable_conv2d",
        "y = conv2d(y, row.reshape(1, 1, 1, -1), **along)",
        "NumPy takes any size below 0 for the one that is left",
        "y = conv2d(y, row.reshape(1, 1, 1, - 2), **along)",
        "y = conv2d(y, row.reshape(1, 1, 1, ~1), **along)",
    ),
    **each(
        "reference.convolution.separable_convolution.spatially_separable_conv2d",
        "y = input.reshape(-1, 1, *input.shape[2:])",
        "NumPy takes any size below 0 for the one that is left",
        "y = input.reshape(- 2, 1, *input.shape[2:])",
        "y = input.reshape(~1, 1, *input.shape[2:])",
    ),
    **each(
        "reference.convolution.stretched_convolution.transposed_convolution_by_con"
        "volution",
        "groups, -1, channels, *kernel_size",
        "NumPy takes any size below 0 for the one that is left",
        "groups, - 2, channels, *kernel_size",
        "groups, ~1, channels, *kernel_size",
    ),
    **each(
        "reference.pooling.fractional_max_pool._starts",
        "ends = [floor((sample + i) * last / spread) for i in range(places - 1)]",
        "a floor is taken of it",
        "ends = [floor((sample + i) * last // spread) for i in range(places - 1)]",
    ),
    **each(
        "reference.pooling.fractional_max_pool._starts",
        "ends = [floor((sample + i) * last / spread) for i in range(places - 1)]",
        "of an even count the window after the last but one starts at `last`, too",
        "ends = [floor((sample + i) * last / spread) for i in range(places ^ 1)]",
    ),
    **each(
        "reference.pooling.fractional_max_pool._starts",
        "spread = max(places - 1, 1)",
        "of one place no end is computed",
        "spread = max(places - 1, 0)",
    ),
    **each(
        "reference.pooling.fractional_max_pool._starts",
        "spread = max(places - 1, 1)",
        "of two places only the first end is computed, which is taken from itself",
        "spread = max(places - 1, 2)",
    ),
    **each(
        "reference.pooling.lp_pool._norm",
        "for size in sizes[1:]:",
        "the first is compared with itself",
        "for size in sizes[ 0:]:",
    ),
    **each(
        "reference.pooling.lp_pool._norm",
        "if all(size == 0 for size in sizes):",
        "no magnitude is below 0",
        "if all(size <= 0 for size in sizes):",
    ),
    **each(
        "reference.pooling.lp_pool._power",
        "return math.prod([size] * int(p)) if p == int(p) else size**p",
        "a power is the product but for roundings, which the bound allows",
        "return math.prod([size] * int(p)) if p < int(p) else size**p",
        "return math.prod([size] * int(p)) if p is int(p) else size**p",
    ),
    **each(
        "reference.pooling.regions.floor",
        "while number >= whole + 1:",
        "the second loop takes back what the first counts too far",
        "while number >= whole ** 1:",
        "while number >= whole + 0:",
        "while number >= whole - 1:",
        "while number >= whole / 1:",
        "while number >= whole >> 1:",
        "while number >= whole ^ 1:",
    ),
    **each(
        "reference.pooling.regions.floor",
        "whole += 1",
        "the second loop takes back what the first counts too far",
        "whole += 2",
    ),
    **each(
        "reference.pooling.roi_pool._bin",
        "return min(max(start, 0), size), min(max(end, 0), size)",
        "a range to −1 is as empty as one to 0",
        "return min(max(start, 0), size), min(max(end, -1), size)",
    ),
    **each(
        "reference.pooling.roi_pool._rounded",
        "whole = 0",
        "a magnitude is above −½, where −1 is counted up to 0",
        "whole = -1",
    ),
    **each(
        "reference.pooling.roi_pool._sampled",
        "_weights(first + i * step + (2 * p + 1) * step / (2 * samples), size)",
        "2 p is even",
        "_weights(first + i * step + (2 * p ^ 1) * step / (2 * samples), size)",
        "_weights(first + i * step + (2 * p | 1) * step / (2 * samples), size)",
    ),
    **each(
        "reference.windows.pooled_size",
        "if ceil_mode and 0 < reach - size - 2 * padding < stride and size + "
        "padding > 0:",
        "a kernel that reaches as far as there is stops once in either way",
        "if ceil_mode and 0 <= reach - size - 2 * padding < stride and size + "
        "padding > 0:",
    ),
    **each(
        "reference.windows.pooled_size",
        "if ceil_mode and 0 < reach - size - 2 * padding < stride and size + "
        "padding > 0:",
        "it is above 0 where one of them is, as the sum",
        "if ceil_mode and 0 < reach - size - 2 * padding < stride and size | "
        "padding > 0:",
    ),
    **each(
        "reference.windows.pooled_size",
        "if ceil_mode and 0 < reach - size - 2 * padding < stride and size + "
        "padding > 0:",
        "neither is below 0",
        "if ceil_mode and 0 < reach - size - 2 * padding < stride and size + "
        "padding != 0:",
    ),
}
