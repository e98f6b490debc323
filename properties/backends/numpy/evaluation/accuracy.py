"""NumPy's argmax counted, under the names of reference/accuracy.py."""

import numpy as np


def cls_eval(cls_preds: np.ndarray, cls_labels: np.ndarray) -> np.ndarray:
    return np.count_nonzero(np.argmax(cls_preds, axis=-1) == cls_labels)


def accuracy(cls_preds: np.ndarray, cls_labels: np.ndarray) -> np.ndarray:
    hits = np.argmax(cls_preds, axis=-1) == cls_labels
    return np.mean(hits).astype(cls_preds.dtype)
