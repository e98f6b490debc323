"""Somebody's one-file BLEU and accuracy, right: test_planted_faults.py breaks them."""

from collections import Counter

import numpy as np


def modified_precision(candidates, candidate_lens, references, reference_lens, *, n):
    matches, counts = [], []
    for b, length in enumerate(candidate_lens):
        have = Counter(grams(candidates[b, :length], n))
        most = Counter()
        for row, reference_length in zip(references[b], reference_lens[b]):
            most |= Counter(grams(row[:reference_length], n))
        matches.append(sum((have & most).values()))
        counts.append(sum(have.values()))
    return np.array(matches, int), np.array(counts, int)


def grams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def brevity_penalty(candidate_lens, reference_lens):
    share = reference_lens / np.where(candidate_lens > 0, candidate_lens, 1)
    penalty = np.exp(np.minimum(0, 1 - share)) * (candidate_lens > 0)
    return penalty.astype(candidate_lens.dtype)


def bleu(pred, label, weights):
    c, r = len(pred), len(label)
    score = np.exp(min(0, 1 - r / c)) if c else 0.0
    for n, weight in enumerate(weights, start=1):
        parts = pred[None], np.array([c]), label[None, None], np.array([[r]])
        matches, counts = modified_precision(*parts, n=n)
        p = matches[0] / counts[0] if counts[0] else 0.0
        score *= p ** float(weight)
    return np.asarray(score if matched(pred, label) else 0, weights.dtype)


def matched(pred, label):
    return bool(set(pred.tolist()) & set(label.tolist()))


def corpus_bleu(
    candidates,
    candidate_lens,
    references,
    reference_lens,
    weights,
    *,
    reference_length,
    smooth_method,
    smooth_value,
    absent_orders,
):
    tensors = candidates, candidate_lens, references, reference_lens
    c, r = candidate_lens.sum(), 0
    for length, lens in zip(candidate_lens, reference_lens):
        if reference_length == "closest":
            r += min(sorted(lens), key=lambda other: abs(other - length))
        else:
            r += min(lens) if reference_length == "shortest" else np.mean(lens)
    total, used, share = 0.0, 0.0, 1.0
    for n, weight in enumerate(weights.astype(float), start=1):
        m, k = (float(part.sum()) for part in modified_precision(*tensors, n=n))
        if n == 1 and m == 0:
            return np.zeros((), weights.dtype)
        if smooth_method == "add-k" and n > 1:
            m, k = m + smooth_value, k + smooth_value
        if k and not m and smooth_method == "floor":
            m = smooth_value
        if k and not m and smooth_method == "exp":
            share /= 2
            m = share
        if not k and absent_orders != "zero":
            continue
        used += weight
        if weight:
            total += weight * (np.log(m / k) if m else -np.inf)
    if absent_orders == "reweigh":
        total *= weights.astype(float).sum() / used
    return np.asarray(np.exp(min(0, 1 - r / c) + total), weights.dtype)


def cls_eval(cls_preds, cls_labels):
    return np.sum(cls_preds.argmax(-1) == cls_labels)


def bbox_eval(bbox_preds, bbox_labels, bbox_masks):
    return np.abs((bbox_labels - bbox_preds) * bbox_masks).sum()
