"""What BERT reads: one or two sentences, their segments, and padding."""

import numpy as np

from reference.masks.sequences import truncate_pad


def get_tokens_and_segments(
    tokens_a: np.ndarray, tokens_b: np.ndarray | None = None, *, cls: int, sep: int
) -> tuple[np.ndarray, np.ndarray]:
    """Write one sentence, or two, as one sequence of tokens and their segments.

        tokens = cls, a[0], …, sep, b[0], …, sep;    segments = 0, 0, …, 0, 1, …, 1
        Both marks of the first sentence are of segment 0, the last sep of segment 1.

    Shapes:
        tokens_a  (first), ints
        tokens_b  (second), ints; None for a single sentence, which an empty one is not
        results   (first + 2) or (first + second + 3) both, int64

    Units: cls and sep are the ids of the marks.

    Raises:
        ValueError: a sentence is not a sequence of ids.

    Source: Devlin et al., "BERT" (arXiv:1810.04805); Zhang et al., "Dive into Deep
        Learning", on BERT (get_tokens_and_segments, of words).
    """
    tokens, segments = [cls], [0]
    for segment, sentence in enumerate((tokens_a, tokens_b)):
        if sentence is not None:
            _check_sequence(f"tokens_{'ab'[segment]}", sentence)
            tokens += [*sentence, sep]
            segments += [segment] * (len(sentence) + 1)
    return np.array(tokens, np.int64), np.array(segments, np.int64)


def pad_bert_input(
    tokens: np.ndarray,
    segments: np.ndarray,
    pred_positions: np.ndarray,
    labels: np.ndarray,
    *,
    max_len: int,
    max_preds: int,
    padding: int,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Fill an example up so that it stacks with others to a batch.

        Tokens are followed by padding; segments, positions and labels by 0, which is
        also a segment, a position and a label: the length and the mask tell them apart.

    Shapes:
        tokens, segments        (length), ints, length ≤ max_len
        pred_positions, labels  (preds), ints: of predictions, preds ≤ max_preds
        results                 tokens and segments (max_len), the valid length (),
                                positions and their mask (max_preds), which is True
                                where a prediction is, and labels (max_preds); int64,
                                and bool the mask

    Units: max_len counts tokens, max_preds predictions. The book takes 15 % of max_len,
        rounded: of 3 tokens 0, though each sequence has a prediction at least.

    Raises:
        ValueError: an argument is no sequence, two that belong together differ in
            length, or one is too long.

    Source: Zhang et al., "Dive into Deep Learning", on the dataset for pretraining
        BERT (_pad_bert_inputs).
    """
    _check_pair("tokens and segments", tokens, segments, max_len)
    _check_pair("pred_positions and labels", pred_positions, labels, max_preds)
    mask = np.zeros(max_preds, bool)
    for p in range(len(pred_positions)):
        mask[p] = True

    def filled(sequence, num_steps, fill):
        return truncate_pad(
            sequence.astype(np.int64), num_steps=num_steps, padding=fill
        )

    return (
        filled(tokens, max_len, padding),
        filled(segments, max_len, 0),
        np.array(len(tokens), np.int64),
        filled(pred_positions, max_preds, 0),
        mask,
        filled(labels, max_preds, 0),
    )


def _check_sequence(name, sequence):
    if sequence.ndim != 1:
        raise ValueError(f"{name} has shape {sequence.shape}; it must be (length)")


def _check_pair(names, first, second, most):
    for name, sequence in zip(names.split(" and "), (first, second)):
        _check_sequence(name, sequence)
    if len(first) != len(second) or len(first) > most:
        raise ValueError(
            f"{names} are {len(first)} and {len(second)}; they must be as many, and "
            f"at most {most}"
        )
