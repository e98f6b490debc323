"""Equivalent mutants of layers, losses and helpers."""

from selftest.measure.equivalent.each import each

EQUIVALENT = {
    **each(
        "reference.activations.exponential_linear.selu",
        "if input[i] > 0:",
        "at 0 both branches are 0",
        "if input[i] >= 0:",
    ),
    **each(
        "reference.activations.rectifiers.prelu",
        "slope = weight[i[1] if len(weight) > 1 else 0]",
        "a weight of no number is that of an input without channels, which has no "
        "number",
        "slope = weight[i[1] if len(weight) != 1 else 0]",
    ),
    **each(
        "reference.activations.rectifiers.prelu",
        "slope = weight[i[1] if len(weight) > 1 else 0]",
        "the weight has one number, the first and the last",
        "slope = weight[i[1] if len(weight) > 1 else -1]",
    ),
    **each(
        "reference.classification.binary_cross_entropy._weighted",
        "if np.broadcast_shapes(weight.shape, losses.shape) != losses.shape:",
        "a weight that does not broadcast to the losses NumPy refuses where they "
        "are multiplied, by a ValueError, too",
        "if np.broadcast_shapes(weight.shape, losses.shape) < losses.shape:",
        "if np.broadcast_shapes(weight.shape, losses.shape) > losses.shape:",
        "if np.broadcast_shapes(weight.shape, losses.shape) is losses.shape:",
    ),
    **each(
        "reference.classification.binary_cross_entropy.bernoulli_cross_entropy",
        "if p[i] != 1:",
        "a probability is not above 1",
        "if p[i] < 1:",
    ),
    **each(
        "reference.classification.cross_entropy_gradient.cross_entropy_gradient",
        'if reduction == "mean":',
        'of the reductions none is below "mean"',
        'if reduction <= "mean":',
    ),
    **each(
        "reference.classification.log_softmax.logsumexp",
        "if abs(largest) < np.inf:  # else ∞ − ∞",
        "nothing is above infinity, and NaN is NaN in either branch",
        "if abs(largest) != np.inf:  # else ∞ − ∞",
    ),
    **each(
        "reference.classification.sampling.gumbel_max",
        "for k in range(1, len(noisy)):",
        "the first is compared with itself",
        "for k in range( 0, len(noisy)):",
    ),
    **each(
        "reference.dropout.masking.inverted_dropout",
        "y[i] = y[i] / (1 - p) if p < 1 else y[i] * 0",
        "p is not above 1, as was checked",
        "y[i] = y[i] / (1 - p) if p != 1 else y[i] * 0",
    ),
    **each(
        "reference.dropout.masking.marginal_output",
        "if not rectified or output[()] > 0:",
        "an output of 0 adds nothing",
        "if not rectified or output[()] >= 0:",
    ),
    **each(
        "reference.exponentials.largest_of",
        "return functools.reduce(np.maximum, row) if len(row) else -np.inf",
        "of nothing, 0 and the logarithm of no terms are −∞, too",
        "return functools.reduce(np.maximum, row) if len(row) else not np.inf",
    ),
    **each(
        "reference.initialisation.weight_scales.kaiming_normal",
        'fan = calculate_fan_in_and_fan_out(noise.shape)[mode == "fan_out"]',
        'the other mode is "fan_in", which is below',
        'fan = calculate_fan_in_and_fan_out(noise.shape)[mode >= "fan_out"]',
    ),
    **each(
        "reference.losses.margin.multi_margin_loss",
        "cost = short if p == 1 else short * short",
        "p is 1 or 2, as was checked",
        "cost = short if p <= 1 else short * short",
    ),
    **each(
        "reference.losses.margin.multi_margin_loss",
        "if j != k and not short <= 0:",
        "where short is 0 so is the cost",
        "if j != k and not short < 0:",
    ),
    **each(
        "reference.normalisation.batch_norm.batch_norm",
        "for c in range(input.shape[1] if input.size else 0):",
        "a range to −1 is as empty as one to 0",
        "for c in range(input.shape[1] if input.size else -1):",
    ),
    **each(
        "reference.normalisation.batch_norm.moving_averages",
        "for c in range(input.shape[1] if input.size else 0):",
        "a range to −1 is as empty as one to 0",
        "for c in range(input.shape[1] if input.size else -1):",
    ),
    **each(
        "reference.normalisation.batch_norm.moving_averages",
        'share = momentum if momentum_of == "new" else 1 - momentum',
        'the other is "old", which is above',
        'share = momentum if momentum_of <= "new" else 1 - momentum',
    ),
    **each(
        "reference.normalisation.batch_norm_backward.batch_norm_backward",
        "for c in range(input.shape[1] if input.size else 0):",
        "a range to −1 is as empty as one to 0",
        "for c in range(input.shape[1] if input.size else -1):",
    ),
    **each(
        "reference.normalisation.fusion.fuse_conv_bn_weights",
        "if at[axis] == o:",
        "what is written for an earlier channel is written again for its own",
        "if at[axis] >= o:",
    ),
    **each(
        "reference.normalisation.moments.check_batch",
        "if input.size and input.size == input.shape[1]:",
        "an input that has numbers has no fewer than channels",
        "if input.size and input.size <= input.shape[1]:",
    ),
    **each(
        "reference.normalisation.standardization.standardize",
        "break",
        "each row is as empty",
        "continue",
    ),
    **each(
        "reference.normalisation.standardization.standardize",
        "if not rows.shape[-1]:",
        "of a row of nothing nothing is written",
        "if not rows.shape[- 0]:",
        "if not rows.shape[not 1]:",
    ),
    **each(
        "reference.numbers.of_kind",
        "return np.maximum(np.minimum(like, 0), number)",
        "the maximum is taken with a number above 0",
        "return np.maximum(np.minimum(like, -1), number)",
    ),
    **each(
        "reference.reductions.reduced",
        'if reduction == "mean":',
        'of the reductions none is below "mean"',
        'if reduction <= "mean":',
    ),
    **each(
        "reference.targets.check_targets",
        'elif target.dtype.kind == "f":',
        "Python has each letter once",
        'elif target.dtype.kind is "f":',
    ),
    **each(
        "reference.targets.check_targets",
        'elif target.dtype.kind == "f":',
        "below it are bools, which no target is",
        'elif target.dtype.kind <= "f":',
    ),
    **each(
        "reference.targets.class_axis",
        "if input.ndim == 0:",
        "np.moveaxis refuses an input without axes, too",
        "if input.ndim < 0:",
        "if input.ndim == -1:",
    ),
    **each(
        "reference.targets.class_axis",
        "if input.ndim == 0:",
        "there are no fewer than 0 axes",
        "if input.ndim <= 0:",
    ),
    **each(
        "reference.targets.class_axis",
        "return min(1, input.ndim - 1)",
        "of 1, 2 and more axes it is 0, 1 and more, as input.ndim − 1 is",
        "return min(1, input.ndim ^ 1)",
    ),
}
