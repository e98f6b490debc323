"""What Fast R-CNN makes of proposals."""

import numpy as np

from reference.activations.rectifiers import relu
from reference.classification.softmax_regression import linear
from reference.pooling.roi_pool import roi_pool


def fast_rcnn_head(
    input: np.ndarray,
    boxes: np.ndarray,
    *weights: np.ndarray,
    output_size: tuple[int, int],
    spatial_scale: float = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """Pool proposals from one feature map, and predict their classes and offsets.

        r = `roi_pool` of the proposals: n × channels × output_size, and flat
        h[k] = relu(W · r[k] + b),  logits[k] = W_c · h[k] + b_c,
        offsets[k] = W_o · h[k] + b_o

    The notes have n × q logits for q classes. It takes one more, of the background:
    else no proposal could be rejected.

    Shapes:
        input    (batch, channels, height, width)
        boxes    (n, 5): a batch's index and two corners, as floats
        weights  W (d, channels · output_size), b (d); W_c (1 + classes, d),
                 b_c (1 + classes); W_o (4, d), b_o (4)
        results  logits (n, 1 + classes), offsets (n, 4); input's dtype

    Units: as of `roi_pool`.

    Raises:
        ValueError: not six weights, or they do not fit; or as `roi_pool`.

    Source: Girshick, "Fast R-CNN" (arXiv:1504.08083), with one hidden layer.
    """
    if len(weights) != 6:
        raise ValueError(f"there are {len(weights)} weights; it takes six")
    scale = {"output_size": output_size, "spatial_scale": spatial_scale}
    pooled = roi_pool(input, boxes, **scale)
    rows = pooled.reshape(len(boxes), np.prod(pooled.shape[1:], dtype=int))
    hidden = relu(linear(rows, *weights[:2]))
    return linear(hidden, *weights[2:4]), linear(hidden, *weights[4:])
