"""Sequences of words and of unequal lengths: ids, padding, and back."""

from collections.abc import Sequence

import numpy as np

from reference.arguments import check_least


def vocabulary(words: Sequence[str], *, padding: str = "<pad>") -> dict[str, int]:
    """Give each word an id: 0 to padding, then one after another as words appear.

    A word that comes again keeps its id, so that ids are below their count; and no
    word has the id of padding.

    Raises:
        ValueError: padding is one of the words.

    Source: the notes' word_to_id, corrected: dict(zip(words, range(n))) leaves gaps
        and gives the first word the id of padding.
    """
    if padding in words:
        raise ValueError(f"padding is {padding!r}, which is one of the words")
    ids = {padding: 0}
    for word in words:
        ids.setdefault(word, len(ids))
    return ids


def encode(words: Sequence[str], *, ids: dict[str, int]) -> list[int]:
    """Look up the id of each word.

    Raises:
        ValueError: a word has no id.

    Source: Zhang et al., "Dive into Deep Learning", section 9.2.3.
    """
    missing = [word for word in words if word not in ids]
    if missing:
        raise ValueError(f"{missing[0]!r} has no id")
    return [ids[word] for word in words]


def decode(numbers: Sequence[int], *, ids: dict[str, int]) -> list[str]:
    """Look up the word of each id: `encode`, undone.

    Raises:
        ValueError: an id is of no word.

    Source: Zhang et al., "Dive into Deep Learning", section 9.2.3.
    """
    words = {number: word for word, number in ids.items()}
    missing = [number for number in numbers if number not in words]
    if missing:
        raise ValueError(f"id {missing[0]} is of no word")
    return [words[number] for number in numbers]


def pad_sequence(
    *sequences: np.ndarray,
    batch_first: bool = False,
    padding_value: float = 0,
    padding_side: str = "right",
) -> np.ndarray:
    """Put sequences side by side, the shorter ones filled up.

        y[t, n] = sequences[n][t] where t < its length, else padding_value
        With padding_side "left" the fill comes first; batch_first swaps t and n.

    Shapes:
        sequences  (length, *features), each of a length of its own
        result     (longest, batch, *features), or (batch, longest, *features) with
                   batch_first; the first's dtype

    Raises:
        ValueError: there are no sequences, one has no axis, their features differ,
            or another padding_side.

    Source: PyTorch's documentation of torch.nn.utils.rnn.pad_sequence.
    """
    if not sequences:
        raise ValueError("there are no sequences; there must be one")
    features = sequences[0].shape[1:]
    if any(s.ndim == 0 or s.shape[1:] != features for s in sequences):
        raise ValueError(
            f"sequences have shapes {[s.shape for s in sequences]}; they must have a "
            "length, and be the same but for it"
        )
    if padding_side not in ("left", "right"):
        raise ValueError(f"padding_side is {padding_side!r}; it is 'left' or 'right'")
    longest = max(map(len, sequences))
    y = np.zeros((longest, len(sequences), *features), sequences[0].dtype)
    y[...] = padding_value
    for n, sequence in enumerate(sequences):
        start = longest - len(sequence) if padding_side == "left" else 0
        for t in range(len(sequence)):
            y[start + t, n] = sequence[t]
    return np.moveaxis(y, 1, 0) if batch_first else y


def unpad_sequence(
    padded: np.ndarray, lengths: np.ndarray, *, batch_first: bool = False
) -> tuple[np.ndarray, ...]:
    """Take sequences apart again: `pad_sequence` on the right, undone.

        sequences[n] = padded[: lengths[n], n]

    Shapes:
        padded   (longest, batch, *features), or batch first
        lengths  (batch), ints
        results  (lengths[n], *features) each, padded's dtype

    Raises:
        ValueError: lengths are not one for each sequence, or not in [0, longest].

    Source: PyTorch's documentation of torch.nn.utils.rnn.unpad_sequence.
    """
    steps = np.moveaxis(padded, 0, 1) if batch_first else padded
    if lengths.shape != steps.shape[1:2]:
        raise ValueError(
            f"lengths has shape {lengths.shape}; it must be {steps.shape[1:2]}"
        )
    if ((lengths < 0) | (lengths > len(steps))).any():
        raise ValueError(f"lengths is {lengths}; it must be in [0, {len(steps)}]")
    return tuple(steps[: int(n), b] for b, n in enumerate(lengths))


def truncate_pad(input: np.ndarray, *, num_steps: int, padding: int) -> np.ndarray:
    """Bring a sequence of ids to a length: cut its end off, or fill it up.

        y[t] = input[t] where t < its length, else padding

    Shapes:
        input   (length), ints
        result  (num_steps), input's dtype

    Units: num_steps counts steps.

    Raises:
        ValueError: input is no sequence, or num_steps is below 0.

    Source: Zhang et al., "Dive into Deep Learning", section 10.5.3.
    """
    check_least(0, num_steps=num_steps)
    if input.ndim != 1:
        raise ValueError(f"input has shape {input.shape}; it must be (length)")
    y = np.full(num_steps, padding, input.dtype)
    for t in range(min(num_steps, len(input))):
        y[t] = input[t]
    return y
