"""Equivalent mutants of gradients, optimisers and parallel training."""

from selftest.measure.equivalent.each import each

EQUIVALENT = {
    **each(
        "reference.backprop.computational_graph._local",
        "share = Fraction(2 * (a > b) + (a == b), 2)",
        "a > b and a == b are never both true",
        "share = Fraction(2 * (a > b) | (a == b), 2)",
    ),
    **each(
        "reference.backprop.sequential.sequential",
        'if name == "linear":',
        'of the layers that there are none is below "linear"',
        'if name <= "linear":',
    ),
    **each(
        "reference.backprop.sequential.sequential",
        'y[at] = np.maximum(y[at], 0) if name == "relu" else np.tanh(y[at])',
        'of what is left, "relu" and "tanh", none is below "relu"',
        'y[at] = np.maximum(y[at], 0) if name <= "relu" else np.tanh(y[at])',
    ),
    **each(
        "reference.optimisers.projections.project_on_ball",
        "if not 0 < radius < np.inf:",
        "of the numbers above 0, all but ∞ are below it",
        "if not 0 < radius != np.inf:",
    ),
    **each(
        "reference.optimisers.adaptive._moments",
        "if t == 1:",
        "steps are counted from 1",
        "if t <= 1:",
    ),
    **each(
        "reference.optimisers.adaptive.adam",
        "most = np.maximum(most, v) if amsgrad and t > 1 else v",
        "the first v is no less than the 0 before it",
        "most = np.maximum(most, v) if amsgrad and t > 0 else v",
        "most = np.maximum(most, v) if amsgrad and t >= 1 else v",
    ),
    **each(
        "reference.optimisers.adaptive.adam",
        "x, most = param[i], 0",
        "the first step does not look at most",
        "x, most = param[i], -1",
        "x, most = param[i], 1",
    ),
    **each(
        "reference.optimisers.adaptive.uncorrected_adam",
        "m, v = _moments(m, v, g, betas, t + 1)",
        "from m = v = 0 both branches of _moments are the same",
        "m, v = _moments(m, v, g, betas, t + 2)",
        "m, v = _moments(m, v, g, betas, t << 1)",
        "m, v = _moments(m, v, g, betas, t ^ 1)",
    ),
    **each(
        "reference.optimisers.averages.reuse_rows",
        "if ((rows < -1) | (rows >= len(source))).any():",
        "+ of bools is or",
        "if ((rows < -1) + (rows >= len(source))).any():",
    ),
    **each(
        "reference.optimisers.chained_schedules.chained_cosine_annealing_lr",
        "if t == 0:",
        "steps are counted from 0",
        "if t <= 0:",
    ),
    **each(
        "reference.optimisers.chained_schedules.chained_linear_lr",
        "if t == 0:",
        "steps are counted from 0",
        "if t <= 0:",
    ),
    **each(
        "reference.optimisers.chained_schedules.chained_polynomial_lr",
        "if t == 0:",
        "steps are counted from 0",
        "if t <= 0:",
    ),
    **each(
        "reference.optimisers.chained_schedules.chained_polynomial_lr",
        "if t >= total_iters:",
        "at total_iters nothing is left, and power is above 0, as was checked",
        "if t > total_iters:",
    ),
    **each(
        "reference.optimisers.clipping._norm",
        "return sum(size != 0 for size in sizes) * 1.0",
        "a count is what it is",
        "return sum(size != 0 for size in sizes) ** 1.0",
        "return sum(size != 0 for size in sizes) / 1.0",
        "return sum(size != 0 for size in sizes) // 1.0",
    ),
    **each(
        "reference.optimisers.clipping.clip_grad_norm",
        "norm = np.zeros((), gradients[0].dtype)",
        "all have one dtype",
        "norm = np.zeros((), gradients[ -1].dtype)",
    ),
    **each(
        "reference.optimisers.hyperparameters.grid_points",
        "points = np.zeros((count, len(axes)), axes[0].dtype)",
        "all have one dtype",
        "points = np.zeros((count, len(axes)), axes[ -1].dtype)",
    ),
    **each(
        "reference.optimisers.momentum.nesterov_momentum",
        "x, v = param[i], 0",
        "the first step does not look at v",
        "x, v = param[i], -1",
        "x, v = param[i], 1",
    ),
    **each(
        "reference.optimisers.projections.project_on_simplex",
        "threshold = level if k == 1 else np.maximum(threshold, level)",
        "k is counted from 1",
        "threshold = level if k <= 1 else np.maximum(threshold, level)",
    ),
    **each(
        "reference.parallel.collectives.all_gather",
        "for t in range(workers - 1):",
        "further rounds send what each already has",
        "for t in range(workers * 1):",
        "for t in range(workers ** 1):",
        "for t in range(workers + 1):",
        "for t in range(workers - 0):",
        "for t in range(workers // 1):",
        "for t in range(workers ^ 1):",
    ),
    **each(
        "reference.parallel.collectives.all_gather",
        "y[(r + 1) % workers, part] = y[r, part]",
        "it is the same place, counted from the end",
        "y[(r + 1) - workers, part] = y[r, part]",
    ),
    **each(
        "reference.parallel.collectives.reduce_scatter",
        "parts[(r + 1) % workers, (r - t - 1) % workers] += numbers",
        "it is the same place, counted from the end",
        "parts[(r + 1) - workers, (r - t - 1) % workers] += numbers",
    ),
    **each(
        "reference.parallel.collectives.ring_all_reduce",
        "return parts.reshape(len(input), -1)[:, : input.shape[1]]",
        "NumPy takes any size below 0 for the one that is left",
        "return parts.reshape(len(input), - 2)[:, : input.shape[1]]",
        "return parts.reshape(len(input), ~1)[:, : input.shape[1]]",
    ),
    **each(
        "reference.parallel.data_parallel._check_batch",
        'if reduction == "mean" and workers > len(target):',
        'of the words that pass the check none is below "mean"',
        'if reduction <= "mean" and workers > len(target):',
    ),
    **each(
        "reference.parallel.data_parallel.data_parallel_gradient",
        'share = number * size / len(target) if reduction == "mean" else number',
        'of the words that pass the check none is below "mean"',
        'share = number * size / len(target) if reduction <= "mean" else number',
    ),
    **each(
        "reference.parallel.data_parallel.data_parallel_gradient",
        "sizes = [len(part) for part in tensor_split(target, sections=workers, dim=0)]",
        "there is one axis, the first and the last",
        "sizes = [len(part) for part in tensor_split(target, sections=workers, "
        "dim= -1)]",
    ),
    **each(
        "reference.parallel.data_parallel.shard_gradients",
        'if reduction == "mean":',
        'of the words that pass the check none is below "mean"',
        'if reduction <= "mean":',
    ),
    **each(
        "reference.parallel.data_parallel.shard_gradients",
        "targets = tensor_split(target, sections=workers, dim=0)",
        "there is one axis, the first and the last",
        "targets = tensor_split(target, sections=workers, dim= -1)",
    ),
    **each(
        "reference.parallel.systolic_array._outputs_stay",
        "if 0 <= cycle - j < len(b):",
        "what comes from above a cycle early meets nothing from the left, and is "
        "overwritten",
        "if -1 <= cycle - j < len(b):",
    ),
    **each(
        "reference.parallel.systolic_array._weights_stay",
        "if k == len(b) - 1:",
        "k is at most the last",
        "if k >= len(b) - 1:",
    ),
    **each(
        "reference.parallel.systolic_array._weights_stay",
        "if k == len(b) - 1:",
        "k is at most the last: every cell writes, the last one of a column at the end",
        "if k <= len(b) - 1:",
    ),
    **each(
        "reference.parallel.systolic_array.systolic_matmul",
        "if a.ndim != 2 or b.ndim != 2 or a.shape[1:] != b.shape[:1] or not a.size"
        " * b.size:",
        "a of more axes has another a.shape[1:] than b.shape[:1]",
        "if a.ndim < 2 or b.ndim != 2 or a.shape[1:] != b.shape[:1] or not a.size "
        "* b.size:",
    ),
    **each(
        "reference.parallel.tensor_parallel.column_parallel_linear",
        "shifts = tensor_split(bias, sections=workers, dim=0)",
        "there is one axis, the first and the last",
        "shifts = tensor_split(bias, sections=workers, dim= -1)",
    ),
    **each(
        "reference.optimisers.updates.check_gradients",
        "if gradients.ndim != param.ndim + 1 or gradients.shape[1:] != param.shape:",
        "gradients of more axes have more behind the first than the parameter",
        "if gradients.ndim < param.ndim + 1 or gradients.shape[1:] != param.shape:",
    ),
    **each(
        "reference.optimisers.updates.check_gradients",
        "if gradients.ndim != param.ndim + 1 or gradients.shape[1:] != param.shape:",
        "an array has 64 axes at most, and one object is each number up to 256",
        "if gradients.ndim is not param.ndim + 1 or "
        "gradients.shape[1:] != param.shape:",
    ),
    **each(
        "reference.parallel.collectives._parts",
        "if input.ndim != 2:",
        "one size cannot be unpacked into two, a ValueError; none has been refused",
        "if input.ndim > 2:",
    ),
    **each(
        "reference.parallel.systolic_array.systolic_matmul",
        "if a.ndim != 2 or b.ndim != 2 or a.shape[1:] != b.shape[:1] or "
        "not a.size * b.size:",
        "a vector has no second size, where b has a first",
        "if a.ndim > 2 or b.ndim != 2 or a.shape[1:] != b.shape[:1] or "
        "not a.size * b.size:",
    ),
    **each(
        "reference.parallel.systolic_array._weights_stay",
        "if 0 <= cycle - k < len(a):",
        "what comes a cycle early is the last row, whose sums are written once more",
        "if -1 <= cycle - k < len(a):",
    ),
}
