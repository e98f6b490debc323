"""Known issues of NLTK's BLEU; PyTorch and sacrebleu have none."""

import numpy as np

from properties.known_issues.issue import KnownIssue
from reference.evaluation.modified_precision import modified_precision


def has_orders_without_matches(
    candidates,
    candidate_lens,
    references,
    reference_lens,
    weights,
    *,
    smooth_method="none",
    **options,
):
    """Whether tokens match, but not the n-grams of some order, and none is smoothed."""
    sentences = candidates, candidate_lens, references, reference_lens
    matches = [modified_precision(*sentences, n=n)[0].sum() for n in orders(weights)]
    return smooth_method == "none" and 0 in matches and matches[0] > 0


def has_orders_without_matches_of_two(pred, label, weights):
    """The same of `bleu`."""
    lens = np.array([len(pred)]), np.array([[len(label)]])
    sentences = pred[None], lens[0], label[None, None], lens[1]
    return has_orders_without_matches(*sentences, weights)


def has_short_candidates(
    candidates, candidate_lens, references, reference_lens, weights, **options
):
    """Whether a candidate has no n-grams of some order."""
    return bool((candidate_lens < len(weights)).any())


def orders(weights):
    return range(1, len(weights) + 1)


def sentences_of(*lens):
    """A corpus of sentences of the same word, each its own reference."""
    words = np.zeros((len(lens), max(lens)), np.int64)
    return words, np.array(lens), words[:, None], np.array(lens)[:, None]


SMOOTH = {"reference_length": "closest", "smooth_value": 1.0, "absent_orders": "zero"}
NLTK = {
    "backend": "nltk",
    "versions": ("3.10.4",),
    "dtypes": ("float64",),
    "machine": lambda: True,
    "constant": ("weights",),
}

UNMATCHED = {
    "title": "a precision of 0 is taken for 2e-308: BLEU is 1e-154, not 0",
    "link": "https://github.com/nltk/nltk/issues/1838",
    **NLTK,
}
SHORT = {
    "title": "a sentence of fewer than n words counts as one n-gram: 0.71, not 1",
    "link": "https://github.com/ELITR/SLTev/issues/4",
    "region": has_short_candidates,
    **NLTK,
}

KNOWN_ISSUES = [
    KnownIssue(
        operation="bleu",
        region=has_orders_without_matches_of_two,
        example=((np.zeros(1, int), np.zeros(1, int), np.full(2, 0.5)), {}),
        **UNMATCHED,
    ),
    *[
        KnownIssue(
            operation=operation,
            region=has_orders_without_matches,
            example=(
                (*sentences_of(1), np.full(2, 0.5)),
                SMOOTH | {"smooth_method": "none"},
            ),
            **UNMATCHED,
        )
        for operation in ("sentence_bleu", "corpus_bleu")
    ],
    KnownIssue(
        operation="corpus_bleu",
        example=(
            (*sentences_of(2, 1), np.full(2, 0.5)),
            SMOOTH | {"smooth_method": "none"},
        ),
        **SHORT,
    ),
    KnownIssue(
        operation="sentence_bleu",
        example=(
            (*sentences_of(1), np.full(2, 0.5)),
            SMOOTH | {"smooth_method": "add-k"},
        ),
        **SHORT,
    ),
]
