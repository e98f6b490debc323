"""Known issues of optimisers, schedules and clipping."""

import numpy as np

from properties.known_issues.issue import KnownIssue

EVERY = ("float64", "float32", "float16", "bfloat16")
NARROW = ("float16", "bfloat16")
CLIPPING = ("clip_grad_norm", "clip_grad_norm_foreach")
DOCS = "https://docs.pytorch.org/docs/2.13/generated/torch."


def fills_a_vector(param, gradients, **options):
    """Whether the parameter may fill a vector: 8 numbers on the least processor."""
    return param.size >= 8


def has_gaps(param, gradients, **options):
    """Whether there are numbers that others lie between."""
    return param.size > 1


def looks_ahead(param, gradients, *, nesterov, **options):
    """Whether gradients are changed that are still to be added to."""
    return nesterov and len(gradients) > 1


def cancels(param, gradients, *, alpha, centered, **options):
    """Whether the variance may be rounding alone: it is alphaᵗ of the mean square."""
    return centered and alpha ** len(gradients) < 1 / 16


def is_count(*gradients, norm_type, **options):
    """Whether what is asked is the number of gradients that are not zero."""
    return norm_type == 0


def has_nothing(*gradients, norm_type, **options):
    """Whether some gradient is empty, and the norm is one of no empty vector."""
    never = norm_type < 0 or np.isinf(norm_type)
    return never and not all(grad.size for grad in gradients)


def overflows_at_zero(*gradients, max_norm, norm_type, **options):
    """Whether max_norm is 0, and 1 / (norm + 10⁻⁶) may be beyond float16."""
    sizes = abs(np.concatenate([grad.ravel() for grad in gradients]))
    norm = sizes.min(initial=1) if norm_type < 0 else sizes.max(initial=0)
    return max_norm == 0 and norm < 2.0**-12


def falls_twice(lr, *, steps, **options):
    """Whether there is a second rate, that a new schedule may multiply once more."""
    return steps > 1


SKIPPED = "https://github.com/pytorch/pytorch/issues/191763"
PLAIN = {"momentum": 0.0, "nesterov": False}
SGD = PLAIN | {"dampening": 0.0, "weight_decay": 0.0, "maximize": False}
ADAPTIVE = {"lr": 1.0, "eps": 1.0, "weight_decay": 0.0, "maximize": False}

KNOWN_ISSUES = [
    *[
        KnownIssue(
            operation=way,
            title="parts of a parameter that fill a vector are not updated",
            link=SKIPPED,
            dtypes=NARROW,
            region=fills_a_vector,
            example=(example, options | {"lr": 1.0}),
            constant=("param", "gradients"),
        )
        for way, example, options in [
            ("sgd_fused", (np.zeros(97), np.ones((1, 97))), SGD),
            ("sgd_fused_tensor_lr", (np.zeros(97), np.ones((1, 97))), SGD),
            ("accumulating_sgd_fused", (np.zeros(97), np.ones((1, 97))), PLAIN),
        ]
    ],
    *[
        KnownIssue(
            operation=f"{name}_fused_strided",
            title="a parameter with gaps between its numbers is read and written wrong",
            link="https://github.com/pytorch/pytorch/issues/106951",
            dtypes=EVERY,
            region=has_gaps,
            example=((np.array([0.0, 0.0]), np.array([[0.0, 1.0]])), options),
            constant=("param", "gradients"),
        )
        for name, options in [
            ("sgd", SGD | {"lr": 1.0}),
            ("adagrad", ADAPTIVE | {"lr_decay": 0.0, "initial_accumulator_value": 0.0}),
            ("adam", ADAPTIVE | {"betas": (0.5, 0.5), "amsgrad": False}),
        ]
    ],
    KnownIssue(
        operation="accumulating_sgd_foreach",
        title="nesterov adds the velocity to the gradient itself, which is kept",
        link="https://github.com/pytorch/pytorch/pull/92706",
        dtypes=EVERY,
        region=looks_ahead,
        example=(
            (np.array(0.0), np.array([1.0, 0.0])),
            {"lr": 1.0, "momentum": 0.5, "nesterov": True},
        ),
        constant=("param", "gradients"),
    ),
    *[
        KnownIssue(
            operation=way,
            title="the root of a variance that rounding made negative is NaN",
            link="",
            dtypes=EVERY,
            region=cancels,
            example=(
                (np.zeros(64), np.tile(np.arange(1.0, 65.0) / 10, (9, 1))),
                ADAPTIVE | {"alpha": 0.01, "momentum": 0.0, "centered": True},
            ),
            constant=("param", "gradients"),
        )
        for way in ("rmsprop", "rmsprop_foreach", "rmsprop_resumed")
    ],
    *[
        KnownIssue(
            operation=way,
            title="it raises where one of several gradients is empty, for "
            "norm_type inf",
            link="https://github.com/meta-pytorch/torchrec/pull/3891",
            dtypes=EVERY,
            region=has_nothing,
            example=((np.ones(1), np.zeros(0)), {"max_norm": 1.0, "norm_type": np.inf}),
            constant=("gradients[0]", "gradients[1]"),
        )
        for way in CLIPPING
    ],
    *[
        KnownIssue(
            operation=way,
            title="max_norm 0 makes gradients of 0 NaN: 0 · (1 / 10⁻⁶) is 0 · ∞",
            link="",
            dtypes=("float16",),
            region=overflows_at_zero,
            example=((np.zeros(1),), {"max_norm": 0.0, "norm_type": 2.0}),
            constant=("gradients[0]",),
        )
        for way in CLIPPING
    ],
]

DOCUMENTED = [
    *[
        KnownIssue(
            operation=way,
            title="norm_type 0 counts gradients, not their numbers that are not zero",
            link=f"{DOCS}nn.utils.clip_grad_norm_.html",
            dtypes=EVERY,
            region=is_count,
            example=((np.ones(2),), {"max_norm": 1.0, "norm_type": 0.0}),
            constant=("gradients[0]",),
        )
        for way in CLIPPING
    ],
    *[
        KnownIssue(
            operation=f"{name}_resumed",
            title="made anew with last_epoch, it multiplies a rate that it had already",
            link=f"{DOCS}optim.lr_scheduler.LRScheduler.html",
            dtypes=EVERY,
            region=falls_twice,
            example=((np.ones(1),), {"gamma": 0.5, "steps": 2} | options),
            constant=("lr",),
        )
        for name, options in [
            ("step_lr", {"step_size": 1}),
            ("multi_step_lr", {"milestones": (1,)}),
        ]
    ],
]
