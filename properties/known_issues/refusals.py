"""What known calls that the definition rejects, and PyTorch takes, have in common."""

import numpy as np

from properties.known_issues.issue import REJECTED, KnownIssue

EVERY = ("float64", "float32", "float16", "bfloat16")
DOCS = "https://docs.pytorch.org/docs/2.13/generated/torch."
ONE = np.ones((1, 1, 1))
IMAGE = np.ones((1, 1, 1, 1))
ONCE = {"stride": (1,), "padding": (0,), "dilation": (1,)}
WINDOW = {"kernel_size": (1, 1), "stride": (1, 1), "padding": (0, 0)}
UNPOOL = {"kernel_size": (1,), "stride": (1,), "padding": (0,), "output_size": None}
ATTENTION = {"is_causal": False, "scale": None, "enable_gqa": False}


def taken(operation, title, region, tensors, options, link="", dtypes=EVERY, **more):
    """A call that is taken, and is not to be."""
    return KnownIssue(
        operation=operation,
        title=title,
        link=link,
        dtypes=dtypes,
        devices=("cpu", "cuda"),
        region=where_it_can_be_asked(region),
        example=(tensors, options),
        manners=(REJECTED,),
        **more,
    )


def where_it_can_be_asked(region):
    """A region without the calls that are too wrong for its question."""

    def asked(*tensors, **options):
        try:
            return region(*tensors, **options)
        except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
            return False

    return asked


def always(*tensors, **options):
    return True


def has_axes(*counts):
    return lambda input, *tensors, **options: input.ndim in counts


def is_empty(input, *tensors, **options):
    return input.size == 0


def is_number(input, *tensors, **options):
    return input.ndim == 0


def is_senseless(*tensors, kernel_size, stride, padding, output_size):
    """Whether a number is below what it may be, or there are too many."""
    numbers = [*kernel_size, *(stride or ()), *(output_size or ())]
    counts = {len(kernel_size), len(stride or kernel_size), len(padding)}
    return min(numbers) < 1 or min(padding) < 0 or len(counts) > 1


def broadcast(*tensors, **options):
    """Whether shapes are not the same, and broadcast."""
    np.broadcast_shapes(*[tensor.shape for tensor in tensors])
    return True


def is_nan(*names):
    """Whether one of these options is not a number."""
    return lambda *tensors, **options: any(np.isnan(options[name]) for name in names)


def is_below(least, *names):
    """Whether one of these options is too small, or not a number."""
    return lambda *tensors, **options: not all(options[n] >= least for n in names)
