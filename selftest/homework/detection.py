"""Somebody's single-shot detector, right: test_planted_faults.py breaks it."""

import numpy as np
from scipy.special import log_softmax


def calc_loss(cls_preds, cls_labels, bbox_preds, bbox_labels, bbox_masks):
    logs = log_softmax(cls_preds, axis=2)
    chosen = np.take_along_axis(logs, cls_labels[..., None], axis=2)[..., 0]
    offsets = abs(bbox_preds - bbox_labels) * bbox_masks
    return offsets.mean(1) - chosen.mean(1)


def class_error(cls_preds, cls_labels):
    wrong = cls_preds.argmax(-1) != cls_labels
    return np.array(wrong.mean(), cls_preds.dtype)


def concat_preds(*preds):
    rows = [
        np.moveaxis(p, 1, -1).reshape(len(p), int(np.prod(p.shape[1:]))) for p in preds
    ]
    return np.concatenate(rows, axis=1)


def ssd_sizes(scales):
    return np.stack([scales[:-1], np.sqrt(scales[:-1] * scales[1:])], axis=1)
