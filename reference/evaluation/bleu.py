"""BLEU, the notes' and Papineni's, of sentences and of a corpus."""

from collections.abc import Iterator, Sequence

import numpy as np

from reference.arguments import exact_rank
from reference.evaluation.modified_precision import modified_precision
from reference.evaluation.sentences import check_sentences, length_to_reach, penalty
from reference.numbers import of_kind


def bleu(pred: np.ndarray, label: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Compare a predicted sequence with the one that is right.

        y = exp(min(0, 1 − length of label / length of pred)) · Π_n p_n^weights[n − 1]
        p_n as in `modified_precision`;  0 if any p_n = 0, or if pred has no n-grams

    weights says whose it is: the notes' has 1/2^n, Papineni's 1/N, of n = 1, …, N.
    With the notes' a long match counts for less, not for more: halving p_1 costs 29 %,
    halving p_4 costs 4 %.

    Shapes:
        pred, label  (length), ints
        weights      (N), ≥ 0
        result       (), weights' dtype

    Units: a share in [0, 1], if weights are ≥ 0.

    Raises:
        ValueError: tokens or weights have other shapes, or a weight is negative.

    Source: Zhang et al., "Dive into Deep Learning", "Evaluation of Predicted
        Sequences", where n ends at the length of pred; Papineni et al., "BLEU".
    """
    exact_rank("pred", pred, "length")
    exact_rank("label", label, "length")
    pred_len, label_len = np.array([len(pred)]), np.array([[len(label)]])
    sentences = pred[None], pred_len, label[None, None], label_len
    return sentence_bleu(*sentences, weights).reshape(())


def sentence_bleu(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    weights: np.ndarray,
    *,
    reference_length: str = "closest",
    smooth_method: str = "none",
    smooth_value: float = 0.1,
    absent_orders: str = "zero",
) -> np.ndarray:
    """Compare each sentence with its references: `corpus_bleu` of it alone.

    Shapes:
        as of `corpus_bleu`, but
        result  (batch), weights' dtype

    Units: shares in [0, 1]; sacrebleu's go to 100.

    Raises:
        ValueError: as `corpus_bleu`.

    Source: Chen and Cherry, "A Systematic Comparison of Smoothing Techniques for
        Sentence-Level BLEU" (WMT 2014).
    """
    check_sentences(candidates, candidate_lens, references, reference_lens)
    y = np.zeros(len(candidates), weights.dtype)
    for b in range(len(y)):
        one = slice(b, b + 1)
        y[b] = corpus_bleu(
            *(candidates[one], candidate_lens[one]),
            *(references[one], reference_lens[one], weights),
            reference_length=reference_length,
            smooth_method=smooth_method,
            smooth_value=smooth_value,
            absent_orders=absent_orders,
        )[()]
    return y


def corpus_bleu(
    candidates: np.ndarray,
    candidate_lens: np.ndarray,
    references: np.ndarray,
    reference_lens: np.ndarray,
    weights: np.ndarray,
    *,
    reference_length: str = "closest",
    smooth_method: str = "none",
    smooth_value: float = 0.1,
    absent_orders: str = "zero",
) -> np.ndarray:
    """Compare the sentences of a corpus, together, with their references.

        y = penalty · exp(Σ_n weights[n − 1] · log p_n),  n = 1, …, N
        p_n = Σ_b matches[b] / Σ_b counts[b] of `modified_precision`;  0^0 = 1
        penalty = `brevity_penalty` of Σ_b candidate_lens[b] and the sum of
        `effective_reference_length` by the method reference_length

    Where no token matches, y is 0. What else is done about p_n = 0, for n-grams that
    there are, is smooth_method, called as in sacrebleu (NLTK has numbers for them):

        none   y = 0
        floor  p_n = smooth_value / Σ counts (method1)
        exp    p_n = 2^−i / Σ counts for the i-th such n (method3)
        add-k  p_n = (Σ matches + k) / (Σ counts + k), k = smooth_value, for every
               n > 1, zero or not (method2, with k = 1)

    If there still is no n-gram, Σ counts = 0, absent_orders says what becomes of n:

        zero     p_n = 0, so y = 0 if the weight is not (sacrebleu)
        skip     n is left out (d2l's function bleu)
        reweigh  also the other weights grow to the same sum (its effective_order)

    Shapes:
        candidates      (batch, length), ints
        candidate_lens  (batch), ints: tokens after so many are padding
        references      (batch, references, length), ints
        reference_lens  (batch, references), ints
        weights         (N), ≥ 0; Papineni's are 1/N
        result          (), weights' dtype

    Units: a share in [0, 1]; sacrebleu's goes to 100.

    Raises:
        ValueError: see `modified_precision`; a weight is negative, there is none, or
            the first is 0 where they are reweighed; smooth_value is not above 0; an
            unknown reference_length, smooth_method or absent_orders.

    Source: Papineni et al., "BLEU" (ACL 2002), section 2.3; Post, "A Call for Clarity
        in Reporting BLEU Scores" (WMT 2018), and sacrebleu's metrics/bleu.py.
    """
    _check_weights(weights, smooth_method, smooth_value, absent_orders)
    tensors = candidates, candidate_lens, references, reference_lens
    orders = range(1, len(weights) + 1)
    pairs = [modified_precision(*tensors, n=n) for n in orders]
    sums = [(int(matches.sum()), int(counts.sum())) for matches, counts in pairs]
    reached = 0
    for length, lens in zip(candidate_lens, reference_lens):
        reached += length_to_reach(int(length), lens.tolist(), reference_length)
    y = np.zeros((), weights.dtype)
    if sums[0][0]:
        precisions = _smoothed(sums, smooth_method, smooth_value)
        numbers = [of_kind(n, weights[0]) for n in (int(candidate_lens.sum()), reached)]
        y[()] = penalty(*numbers) * _mean(precisions, weights, absent_orders)
    return y


def _smoothed(
    sums: Sequence[tuple[int, int]], method: str, value: float
) -> Iterator[tuple[float, float]]:
    """Yield the numerator and the denominator of each precision."""
    share = 1.0
    for n, (matches, counts) in enumerate(sums, start=1):
        if method == "add-k" and n > 1:
            matches, counts = matches + value, counts + value
        elif counts and not matches and method == "floor":
            matches = value
        elif counts and not matches and method == "exp":
            share /= 2
            matches = share
        yield matches, counts


def _mean(precisions, weights: np.ndarray, absent_orders: str):
    """Multiply precisions, each to the power of its weight."""
    total, present, everything = 0, 0, 0
    for (matches, counts), weight in zip(precisions, weights):
        everything += weight
        if not counts and absent_orders != "zero":
            continue
        present += weight
        if weight > 0:
            if not matches:
                return 0
            total += weight * np.log(of_kind(matches, weight) / counts)
    return np.exp(total * everything / present if absent_orders == "reweigh" else total)


def _check_weights(weights: np.ndarray, smooth_method, smooth_value, absent_orders):
    exact_rank("weights", weights, "N")
    if not len(weights) or any(weight < 0 for weight in weights):
        raise ValueError(f"weights is {weights}; it needs numbers, none below 0")
    if smooth_method not in ("none", "floor", "exp", "add-k"):
        raise ValueError(
            f'smooth_method is {smooth_method!r}; it must be "none", "floor", "exp" '
            'or "add-k"'
        )
    if not smooth_value > 0:
        raise ValueError(f"smooth_value is {smooth_value}; it must be above 0")
    if absent_orders not in ("zero", "skip", "reweigh"):
        raise ValueError(
            f'absent_orders is {absent_orders!r}; it must be "zero", "skip" '
            'or "reweigh"'
        )
    if absent_orders == "reweigh" and not weights[0] > 0:
        raise ValueError(f"weights is {weights}; reweighed, the first must be above 0")
