"""Preparing pairs of sentences for translation: from text to minibatches of ids."""

import numpy as np

from reference.arguments import check_least
from reference.masks.sequences import truncate_pad


def preprocess_nmt(text: str) -> str:
    """Bring text to lower case, with plain spaces, and one before each mark.

    Spaces that do not break lines become ones that do. The marks are , . ! and ? and
    each gets a space before it, unless one is there or it is the first character: it
    is then a token of its own.

    Source: Zhang et al., "Dive into Deep Learning", on machine translation
        (preprocess_nmt).
    """
    plain = text.replace("\u202f", " ").replace("\xa0", " ").lower()
    spaced = ""
    for character in plain:
        if character in ",.!?" and spaced and spaced[-1] != " ":
            spaced += " "
        spaced += character
    return spaced


def tokenize_nmt(
    text: str, *, num_examples: int | None = None
) -> tuple[list[list[str]], list[list[str]]]:
    """Split lines "source, tab, target" into the words of each language.

    Lines are those before the first num_examples line breaks; those that are not two
    parts with a tab between them are left out. The book reads a line more than it was
    asked to.

    Raises:
        ValueError: num_examples is below 0.

    Source: Zhang et al., "Dive into Deep Learning", on machine translation
        (tokenize_nmt).
    """
    if num_examples is not None:
        check_least(0, num_examples=num_examples)
    source, target = [], []
    for line in text.split("\n")[:num_examples]:
        parts = line.split("\t")
        if len(parts) == 2:
            source.append(parts[0].split(" "))
            target.append(parts[1].split(" "))
    return source, target


def build_array_nmt(
    *sequences: np.ndarray, num_steps: int, eos: int, padding: int
) -> tuple[np.ndarray, np.ndarray]:
    """End each sequence of ids, and bring all to one length: `truncate_pad`.

        y[n] = truncate_pad([*sequences[n], eos])
        valid_lens[n] = min(length of sequences[n] + 1, num_steps)
        A sequence that is cut off has no eos. Lengths are those of the sequences, and
        not counts of ids other than padding: a token may have that id.

    Shapes:
        sequences  (length) each, ints
        results    (batch, num_steps) and (batch), ints

    Raises:
        ValueError: there are no sequences, or as `truncate_pad`.

    Source: Zhang et al., "Dive into Deep Learning", on machine translation
        (build_array_nmt).
    """
    if not sequences:
        raise ValueError("there are no sequences; there must be one")
    y = np.zeros((len(sequences), max(num_steps, 0)), sequences[0].dtype)
    valid_lens = np.zeros(len(sequences), np.int64)
    for n, sequence in enumerate(sequences):
        ended = np.append(sequence, np.array([eos], sequence.dtype))
        y[n] = truncate_pad(ended, num_steps=num_steps, padding=padding)
        valid_lens[n] = min(len(ended), num_steps)
    return y, valid_lens


def split_batches(
    order: np.ndarray, *, batch_size: int, drop_last: bool = False
) -> tuple[np.ndarray, ...]:
    """Cut an order of examples into minibatches.

        batch k = order[k · batch_size : (k + 1) · batch_size]
        The last may be smaller; with drop_last it is then left out.

    Shapes:
        order    (examples), ints: which example comes when
        results  (batch_size) each, or fewer; order's dtype

    Raises:
        ValueError: order has other axes, or batch_size is below 1.

    Source: PyTorch's documentation of torch.utils.data.BatchSampler.
    """
    check_least(1, batch_size=batch_size)
    if order.ndim != 1:
        raise ValueError(f"order has shape {order.shape}; it must be (examples)")
    starts = range(0, len(order), batch_size)
    batches = [order[start : start + batch_size] for start in starts]
    if drop_last and batches and len(batches[-1]) < batch_size:
        batches = batches[:-1]
    return tuple(batches)
