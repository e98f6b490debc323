"""Captions: a language model that is shown an image."""

import numpy as np

from reference.classification.softmax_regression import linear
from reference.recurrent.cells import rnn_cell


def caption_rnn(
    words: np.ndarray,
    image: np.ndarray,
    w_xh: np.ndarray,
    w_hh: np.ndarray,
    w_ih: np.ndarray,
    w_hy: np.ndarray,
) -> np.ndarray:
    """Score the next word after each word of captions, given images' features.

        h[t] = tanh(w_xh · x[t] + w_hh · h[t − 1] + w_ih · v),    h[−1] = 0
        y[t] = w_hy · h[t]

    Shapes:
        words   (batch, time, embedding), vectors of words
        image   (batch, features)
        w_xh, w_hh, w_ih  (hidden, embedding), (hidden, hidden), (hidden, features)
        w_hy    (vocabulary, hidden)
        result  (batch, time, vocabulary)

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Karpathy and Fei-Fei, "Deep Visual-Semantic Alignments for Generating Image
        Descriptions" (arXiv:1412.2306); the image is added at each step here.
    """
    if words.ndim != 3 or image.ndim != 2 or len(words) != len(image):
        raise ValueError(
            f"words and image have shapes {words.shape} and {image.shape}; they must "
            "be (batch, time, embedding) and (batch, features)"
        )
    both = np.concatenate([w_xh, w_ih], axis=1)
    y = np.zeros((*words.shape[:2], len(w_hy)), words.dtype)
    h = None
    for t in range(words.shape[1]):
        h = rnn_cell(np.concatenate([words[:, t], image], axis=1), h, both, w_hh)
        y[:, t] = linear(h, w_hy)
    return y


def generate_caption(
    embedding: np.ndarray,
    image: np.ndarray,
    w_xh: np.ndarray,
    w_hh: np.ndarray,
    w_ih: np.ndarray,
    w_hy: np.ndarray,
    *,
    start: int,
    end: int,
    most: int,
) -> np.ndarray:
    """Caption an image word by word, until the model says that it is done.

        word[t + 1] = argmax y[t], the first of equals; word[0] is `start`, and is not
        part of the caption. `end` is its last word, unless `most` words come first.

    Shapes:
        embedding  (vocabulary, embedding): the vector of each word
        image      (features)
        weights    as in `caption_rnn`
        result     (words), ints

    Raises:
        ValueError: as `caption_rnn`; start, end or most out of range.

    Source: as `caption_rnn`.
    """
    if not (0 <= start < len(embedding) and 0 <= end < len(w_hy) and most >= 1):
        raise ValueError(
            f"start, end and most are {start}, {end} and {most}; the first two must be "
            "words, and most at least 1"
        )
    caption = [start]
    while len(caption) <= most and (len(caption) == 1 or caption[-1] != end):
        words = embedding[caption][None]
        y = caption_rnn(words, image[None], w_xh, w_hh, w_ih, w_hy)[0, -1]
        best = 0
        for k in range(1, len(y)):
            best = k if y[k] > y[best] else best
        caption.append(best)
    return np.array(caption[1:], np.int64)
