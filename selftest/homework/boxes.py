"""Somebody's one-file boxes, right: test_planted_faults.py breaks them."""

import numpy as np


def box_iou(boxes1, boxes2):
    area1 = (boxes1[:, 2] - boxes1[:, 0]) * (boxes1[:, 3] - boxes1[:, 1])
    area2 = (boxes2[:, 2] - boxes2[:, 0]) * (boxes2[:, 3] - boxes2[:, 1])
    left_top = np.maximum(boxes1[:, None, :2], boxes2[None, :, :2])
    right_bottom = np.minimum(boxes1[:, None, 2:], boxes2[None, :, 2:])
    wh = np.clip(right_bottom - left_top, 0, None)
    inter = wh[..., 0] * wh[..., 1]
    union = area1[:, None] + area2 - inter
    return inter / union


def nms(boxes, scores, *, iou_threshold):
    order = np.argsort(-scores, kind="stable")
    keep = []
    while order.size > 0:
        i = order[0]
        keep.append(i)
        iou = box_iou(boxes[i : i + 1], boxes[order[1:]])[0]
        order = order[1:][~(iou > iou_threshold)]
    return np.array(keep, dtype=np.int64)


def assign_anchor_to_bbox(ground_truth, anchors, *, iou_threshold):
    jaccard = box_iou(anchors, ground_truth)
    assigned = np.full(len(anchors), -1)
    if jaccard.size == 0:
        return assigned
    best = jaccard.argmax(axis=1)
    enough = jaccard.max(axis=1) >= iou_threshold
    assigned[enough] = best[enough]
    for _ in range(min(jaccard.shape)):
        anc, box = divmod(jaccard.argmax(), len(ground_truth))
        assigned[anc] = box
        jaccard[:, box] = -1
        jaccard[anc, :] = -1
    return assigned


def corner_to_center(boxes):
    size = boxes[:, 2:] - boxes[:, :2]
    return (boxes[:, :2] + boxes[:, 2:]) / 2, size


def offset_boxes(anchors, assigned_bb, *, eps):
    (c, wh), (gc, gwh) = corner_to_center(anchors), corner_to_center(assigned_bb)
    xy = 10 * (gc - c) / wh
    return np.concatenate([xy, 5 * np.log(eps + gwh / wh)], axis=1)


def offset_inverse(anchors, offset_preds):
    c, wh = corner_to_center(anchors)
    xy = offset_preds[:, :2] * wh / 10 + c
    size = np.exp(offset_preds[:, 2:] / 5) * wh
    return np.concatenate([xy - size / 2, xy + size / 2], axis=1)


def multibox_prior(data, sizes, ratios):
    height, width = data.shape[-2:]
    y, x = np.mgrid[:height, :width].astype(sizes.dtype)
    x, y = (x.ravel() + 0.5) / width, (y.ravel() + 0.5) / height
    root = np.sqrt(ratios)
    w = np.concatenate([sizes * root[0], sizes[0] * root[1:]]) * height / width
    h = np.concatenate([sizes / root[0], sizes[0] / root[1:]])
    grid = np.stack([x, y, x, y], axis=1)
    shapes = np.stack([-w, -h, w, h], axis=1) / 2
    return (grid[:, None] + shapes).reshape(1, -1, 4)
