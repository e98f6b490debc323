"""How many classes are predicted right."""

import numpy as np

from reference.arguments import check_least


def cls_eval(cls_preds: np.ndarray, cls_labels: np.ndarray) -> np.ndarray:
    """Count positions whose greatest score is that of their class.

        y = the number of n with  argmax_k cls_preds[n, k] = cls_labels[n],
        the first k of equals

    Shapes:
        cls_preds   (*batch, classes): logits, probabilities, or what grows with them
        cls_labels  (*batch), classes
        result      (), int64

    Units: a count, not a share; sums over batches are counts of all of them.

    Raises:
        ValueError: shapes that do not fit each other, or no classes.

    Source: Zhang et al., "Dive into Deep Learning", "Single Shot Multibox
        Detection", cls_eval.
    """
    if cls_preds.ndim == 0 or cls_labels.shape != cls_preds.shape[:-1]:
        raise ValueError(
            f"cls_preds and cls_labels have shapes {cls_preds.shape} and "
            f"{cls_labels.shape}; they must be (*batch, classes) and (*batch)"
        )
    check_least(1, classes=cls_preds.shape[-1])
    hits = np.zeros((), np.int64)
    for n in np.ndindex(cls_labels.shape):
        best = 0
        for k in range(1, cls_preds.shape[-1]):
            if cls_preds[n][k] > cls_preds[n][best]:
                best = k
        hits += best == cls_labels[n]
    return hits


def accuracy(cls_preds: np.ndarray, cls_labels: np.ndarray) -> np.ndarray:
    """Say which share of positions is predicted right.

        y = cls_eval(cls_preds, cls_labels) / (number of positions),  NaN if that is 0

    Of several batches it is the ratio of the sums of both, not the mean of the ratios.

    Shapes:
        cls_preds   (*batch, classes)
        cls_labels  (*batch), classes
        result      (), cls_preds' dtype

    Units: a share in [0, 1].

    Raises:
        ValueError: as `cls_eval`.

    Source: Zhang et al., "Dive into Deep Learning", "Accuracy".
    """
    y = np.zeros((), cls_preds.dtype)
    hits, positions = cls_eval(cls_preds, cls_labels).item(), cls_labels.size
    y[()] = hits / positions if positions else np.nan
    return y
