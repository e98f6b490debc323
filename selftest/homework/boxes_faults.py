"""Subtle faults of boxes.py: the text to replace, and by what."""

IOU, KEPT, GRID = (
    "return inter / union",
    "np.array(keep, dtype",
    "grid[:, None] + shapes",
)
OFFSETS = "return np.concatenate([xy, 5 * np.log(eps + gwh / wh)], axis=1)"
BOXES = "return np.concatenate([xy - size / 2, xy + size / 2], axis=1)"
ASSIGNED = "jaccard[anc, :] = -1\n    return assigned"

FAULTS = {
    "box_iou": {
        "a pixel added to each side": (
            "area1[:, None] + area2 -",
            "1 + area1[:, None] + area2 -",
        ),
        "a negative overlap times another": (
            "np.clip(right_bottom - left_top, 0, None)",
            "right_bottom - left_top",
        ),
        "the union with the intersection twice": ("area2 - inter", "area2"),
        "eps in the union": (IOU, "return inter / (union + 1e-6)"),
        "NaN turned to 0": (IOU, "return np.nan_to_num(inter / union)"),
        "wrong past row 32": (IOU, "union[32:] *= 1.01\n    " + IOU),
        "last column wrong when there are 1 modulo 32": (
            IOU,
            "union[:, -1:] *= 1 + (len(boxes2) == 65)\n    " + IOU,
        ),
        "one part in 10^5 off": (IOU, IOU.replace("inter", "1.00001 * inter")),
    },
    "nms": {
        "an overlap of just the threshold removed": (
            "~(iou > iou_threshold)",
            "~(iou >= iou_threshold)",
        ),
        "of equal scores the last first": (
            'np.argsort(-scores, kind="stable")',
            'np.argsort(scores, kind="stable")[::-1]',
        ),
        "boxes without area removed": (
            "~(iou > iou_threshold)",
            "iou <= iou_threshold",
        ),
        "in the order of the boxes": (KEPT, "np.array(sorted(keep), dtype"),
        "removed by boxes that were removed": (
            "return np.array(keep",
            'order = np.argsort(-scores, kind="stable")\n'
            "    over = box_iou(boxes, boxes)[order][:, order] > iou_threshold\n"
            "    keep = order[~np.triu(over, 1).any(axis=0)]\n"
            "    return np.array(keep",
        ),
        "blocks of 64 that do not see each other": (
            "order = order[1:][~(iou > iou_threshold)]",
            "order = order[1:][~(iou > iou_threshold) | (order[1:] // 64 != i // 64)]",
        ),
        "negative scores left out": (
            'np.argsort(-scores, kind="stable")',
            'np.argsort(-scores, kind="stable")[: (scores >= 0).sum()]',
        ),
        "at most 32 boxes": (KEPT, "np.array(keep[:32], dtype"),
    },
    "assign_anchor_to_bbox": {
        "by force no anchor": ("range(min(jaccard.shape))", "range(0)"),
        "more than the threshold": (">= iou_threshold", "> iou_threshold"),
        "a forced anchor claimed twice": (
            ASSIGNED,
            "return assigned",
        ),
        "by force only where they overlap": (
            "assigned[anc] = box",
            "assigned[anc] = box if jaccard[anc, box] > 0 else assigned[anc]",
        ),
        "the last of several anchors": (
            "divmod(jaccard.argmax(), ",
            "divmod(jaccard.size - 1 - jaccard[::-1, ::-1].argmax(), ",
        ),
        "more truths than anchors": (
            "range(min(jaccard.shape))",
            "range(len(ground_truth))",
        ),
        "the threshold is one half": (">= iou_threshold", ">= 0.5"),
    },
    "offset_boxes": {
        "by the size of the box": ("10 * (gc - c) / wh", "10 * (gc - c) / gwh"),
        "eps ignored": ("np.log(eps + gwh / wh)", "np.log(gwh / wh)"),
        "eps outside of the logarithm": (
            "np.log(eps + gwh / wh)",
            "(eps + np.log(gwh / wh))",
        ),
        "width and height exchanged": (
            "5 * np.log(eps + gwh",
            "5 * np.log(eps + gwh[:, ::-1]",
        ),
        "wrong past anchor 32": (OFFSETS, "xy[32:] *= 1.01\n    " + OFFSETS),
        "rounded to bfloat16": (
            OFFSETS,
            "xy = (xy.astype(np.float32).view(np.int32) & -65536)"
            ".view(np.float32).astype(wh.dtype)\n    " + OFFSETS,
        ),
    },
    "offset_inverse": {
        "stretched before it is moved": (
            "offset_preds[:, :2] * wh / 10",
            "offset_preds[:, :2] * wh * np.exp(offset_preds[:, 2:] / 5) / 10",
        ),
        "stretch bounded": (
            "np.exp(offset_preds[:, 2:] / 5)",
            "np.exp(np.minimum(offset_preds[:, 2:] / 5, 0.7))",
        ),
        "two powers of ten": (
            "np.exp(offset_preds[:, 2:] / 5)",
            "np.exp(offset_preds[:, 2:] / 10)",
        ),
        "clipped to the image": (
            BOXES,
            BOXES.replace("return ", "return np.maximum(0, ") + ")",
        ),
        "last anchor wrong when there are 1 modulo 32": (
            BOXES,
            "size[-1:] *= 1 + (len(size) % 32 == 1 and len(size) > 1)\n    " + BOXES,
        ),
        "one part in 10^5 off": (BOXES, "size = size * 1.00001\n    " + BOXES),
    },
    "multibox_prior": {
        "centred on corners": ("(x.ravel() + 0.5)", "(x.ravel())"),
        "sizes by the width": ("* height / width", "* 1"),
        "rows before columns": (
            "y, x = np.mgrid[:height, :width]",
            "x, y = np.mgrid[:width, :height]",
        ),
        "all combinations": (
            "np.concatenate([sizes / root[0], sizes[0] / root[1:]])",
            "np.concatenate([sizes / root[0], sizes[-1] / root[1:]])",
        ),
        "the first ratio is taken for 1": ("sizes * root[0]", "sizes"),
        "clipped to the image": (GRID, "np.clip(" + GRID + ", 0, 1)"),
        "whole sides": ("axis=1) / 2", "axis=1)"),
    },
}
