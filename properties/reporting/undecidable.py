"""Why more than a tenth of an operation's examples are undecidable, where they are."""

OVERLAPS = "overlaps that are computed are compared, and tie within rounding"
PIXELS = "computed places are rounded to pixels, either way at their borders"
GREATEST = "its maximum is taken of computed numbers, which tie within rounding"

UNDECIDABLE = {
    "assign_anchor_to_bbox": OVERLAPS,
    "beam_search": GREATEST,
    "detect": OVERLAPS,
    "fractional_max_pool2d": PIXELS,
    "fractional_max_pool3d": PIXELS,
    "gumbel_max": GREATEST,
    "mask_head": PIXELS,
    "multibox_detection": OVERLAPS,
    "multibox_target": OVERLAPS,
    "predict_seq2seq": GREATEST,
    "program": GREATEST,
    "random_crop_box": PIXELS,
    "roi_align": PIXELS,
    "roi_pool": PIXELS,
    "viterbi": GREATEST,
}
