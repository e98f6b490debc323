"""What is put on BERT for a task: one layer for sentences, tokens or spans."""

import numpy as np

from reference.arguments import check_least, exact_rank, same_shape
from reference.classification.cross_entropy import cross_entropy
from reference.classification.softmax_regression import linear


def classify_sentences(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> np.ndarray:
    """Score classes of sentences by the vector of cls, the first token.

        y[n] = weight · x[n, 0] + bias;  `next_sentence_pred` has tanh between

    Shapes:
        input   (batch, length, features), of one token at least
        weight  (classes, features)
        bias    (classes), or None for zeros
        result  (batch, classes), input's dtype

    Raises:
        ValueError: input has other axes or no token; or as `linear`.

    Source: Devlin et al., "BERT" (arXiv:1810.04805).
    """
    exact_rank("input", input, "batch length features")
    if not input.shape[1]:
        raise ValueError(f"input has shape {input.shape}; it needs a first token")
    return linear(input[:, 0], weight, bias)


def tag_tokens(
    input: np.ndarray, mask: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> np.ndarray:
    """Score tags of the tokens that are words, each by its own vector.

        y[i] = weight · x[n, t] + bias,  (n, t) the i-th place where the mask is True

    Shapes:
        input   (batch, length, features)
        mask    (batch, length): True at words, False at marks and padding
        weight  (tags, features)
        bias    (tags), or None for zeros
        result  (words, tags): of the first sequence, of the second, …; input's dtype

    Raises:
        ValueError: input has other axes, the mask is of another shape; or as `linear`.

    Source: Devlin et al., "BERT" (arXiv:1810.04805).
    """
    exact_rank("input", input, "batch length features")
    if mask.shape != input.shape[:2]:
        raise ValueError(f"mask has shape {mask.shape}; it must be {input.shape[:2]}")
    places = [place for place in np.ndindex(mask.shape) if mask[place]]
    words = np.zeros((len(places), input.shape[2]), input.dtype)
    for i, place in enumerate(places):
        words[i] = input[place]
    return linear(words, weight, bias)


def span_logits(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray]:
    """Score each token as the beginning of an answer, and as its end.

        start[n, t] = weight[0] · x[n, t] + bias[0],  end with weight[1] and bias[1]

    Shapes:
        input    (batch, length, features)
        weight   (2, features)
        bias     (2), or None for zeros, as in the paper
        results  (batch, length) both, input's dtype

    Raises:
        ValueError: input has other axes, weight has not two rows; or as `linear`.

    Source: Devlin et al., "BERT" (arXiv:1810.04805).
    """
    exact_rank("input", input, "batch length features")
    if len(weight) != 2:
        raise ValueError(f"weight has shape {weight.shape}; it must be (2, features)")
    scores = linear(input, weight, bias)
    return scores[..., 0], scores[..., 1]


def best_span(
    start: np.ndarray,
    end: np.ndarray,
    mask: np.ndarray,
    *,
    max_answer_length: int | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Find the answer: the span of tokens whose beginning and end score most.

        span[n] = argmax start[n, i] + end[n, j]  over the pairs i ≤ j where mask[n, i]
                  and mask[n, j], and j − i < max_answer_length if there is one;
                  of equals the one that begins first, then that which ends first
        score[n] = start[n, i] + end[n, j] there

    Shapes:
        start, end  (batch, length)
        mask        (batch, length), True where an answer may be: not at the question
        results     (batch, 2), int64: i and j; and (batch), start's dtype

    Units: max_answer_length counts tokens; an answer of one begins and ends there.

    Raises:
        ValueError: shapes differ, a row of the mask is False everywhere, or
            max_answer_length is below 1.

    Source: Devlin et al., "BERT" (arXiv:1810.04805); max_answer_length as in its code
        (run_squad.py).
    """
    exact_rank("start", start, "batch length")
    same_shape("start and end", start, end)
    same_shape("start and mask", start, mask)
    longest = start.shape[1]
    if max_answer_length is not None:
        check_least(1, max_answer_length=max_answer_length)
        longest = max_answer_length
    spans = np.zeros((len(start), 2), np.int64)
    scores = np.zeros(len(start), start.dtype)
    for n, row in enumerate(mask):
        if not row.any():
            raise ValueError(f"mask hides all of row {n}; an answer has to be in it")
        best = None
        for i, j in np.ndindex(len(row), len(row)):
            if row[i] and row[j] and 0 <= j - i < longest:
                score = start[n, i] + end[n, j]
                if best is None or score > best:
                    best, spans[n] = score, (i, j)
        scores[n] = best
    return spans, scores


def span_loss(
    start: np.ndarray,
    end: np.ndarray,
    start_positions: np.ndarray,
    end_positions: np.ndarray,
) -> np.ndarray:
    """Score tokens against the beginnings and ends of answers: two distributions.

        y = (cross_entropy(start, start_positions) + cross_entropy(end, end_positions))
            / 2, where the tokens of a sequence are the classes

    Shapes:
        start, end                      (batch, length)
        start_positions, end_positions  (batch), ints in [0, length)
        result                          (), start's dtype

    Units: nats.

    Raises:
        ValueError: start and end differ in shape; or as `cross_entropy`.

    Source: Devlin et al., "BERT" (arXiv:1810.04805); the half as in its code
        (run_squad.py).
    """
    exact_rank("start", start, "batch length")
    same_shape("start and end", start, end)
    y = np.zeros((), start.dtype)
    first = cross_entropy(start, start_positions)
    y[()] = (first[()] + cross_entropy(end, end_positions)[()]) / 2
    return y
