"""Training of a decoder: what it is shown, and what it loses on what it says."""

import numpy as np

from reference.arguments import exact_rank
from reference.classification.cross_entropy import cross_entropy
from reference.reductions import reduced


def shift_right(target: np.ndarray, *, bos: int) -> np.ndarray:
    """Make a decoder's input of the target: each step sees the token before it.

        y[n, 0] = bos,    y[n, t] = target[n, t − 1]
        The target's last token is not shown: there is nothing to say after it.

    Shapes:
        target  (batch, time), ints
        result  as target, target's dtype

    Raises:
        ValueError: target has other axes.

    Source: Zhang et al., "Dive into Deep Learning", on sequence to sequence learning
        (train_seq2seq); Williams and Zipser, "A Learning Algorithm for Continually
        Running Fully Recurrent Neural Networks" (1989), named it teacher forcing.
    """
    exact_rank("target", target, "batch time")
    y = np.full(target.shape, bos, target.dtype)
    y[:, 1:] = target[:, :-1]
    return y


def masked_cross_entropy(
    input: np.ndarray,
    target: np.ndarray,
    valid_lens: np.ndarray,
    *,
    reduction: str = "mean",
) -> np.ndarray:
    """Score logits against the tokens of sequences, as far as each sequence goes.

        l[n, t] = cross_entropy(input[n, t], target[n, t]) where t < valid_lens[n];
                  else 0
        mean  = Σ l / (number of steps that count)
        steps = Σ_t l[n, t] / time, for each n: padding counts in the denominator,
                and a short sequence has a small loss for it
        What stands past a sequence's end may be anything: NaN, or no token.

    Shapes:
        input       (batch, time, classes)
        target      (batch, time), ints
        valid_lens  (batch), ints
        result      as target if reduction is "none", (batch) if it is "steps", else ();
                    input's dtype

    Units: nats. valid_lens count steps. If nothing counts, the mean is 0 / 0, NaN, as
        that of no steps at all.

    Raises:
        ValueError: shapes that do not fit each other, a target that is no class, or an
            unknown reduction.

    Source: Zhang et al., "Dive into Deep Learning", on sequence to sequence learning
        (MaskedSoftmaxCELoss), whose reduction is "steps"; its later editions', "mean".
    """
    if input.shape[:-1] != target.shape or valid_lens.shape != target.shape[:1]:
        raise ValueError(
            f"input, target and valid_lens have shapes {input.shape}, {target.shape} "
            f"and {valid_lens.shape}; they must be (batch, time, classes), "
            "(batch, time) and (batch)"
        )
    losses, count = np.zeros(target.shape, input.dtype), 0
    for n, t in np.ndindex(target.shape):
        if t < valid_lens[n]:
            if not 0 <= target[n, t] < input.shape[-1]:
                raise ValueError(
                    f"target has {target[n, t]}; it must be in [0, {input.shape[-1]})"
                )
            losses[n, t] = cross_entropy(input[n, t], target[n, t])[()]
            count += 1
    if reduction == "mean" and not count:
        return np.full((), np.nan, input.dtype)
    if reduction != "steps":
        return reduced(losses, reduction, count)
    y = np.full(len(target), 0 if target.shape[1] else np.nan, input.dtype)
    for n, t in np.ndindex(target.shape):
        y[n] += losses[n, t] / target.shape[1]
    return y
