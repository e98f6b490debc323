"""Recurrent layers on sequences of unequal lengths, in one padded array."""

from collections.abc import Callable
from functools import partial

import numpy as np

from reference.recurrent.layers import gru, lstm, rnn


def packed_rnn(
    input: np.ndarray,
    lengths: np.ndarray,
    hx: np.ndarray | None,
    *weights: np.ndarray | None,
    enforce_sorted: bool = True,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
    nonlinearity: str = "tanh",
) -> tuple[np.ndarray, np.ndarray]:
    """Apply `rnn` to each sequence of a batch as far as it goes: padding is not seen.

        output[: lengths[n], n], last[:, n] = rnn(input[: lengths[n], n], hx[:, n])
        Outputs past a sequence's end are 0. Backwards, a sequence begins at its own
        last step, not at that of the longest.

    Shapes:
        input    (time, batch, features), or (batch, time, features) if batch_first
        lengths  (batch) whole numbers from 1 to time
        hx, weights  as `rnn` takes them
        results  as those of `rnn`, but with as many steps as the longest length

    Raises:
        ValueError: as `rnn`; states of other sequences; a length that is not in its
            range; or, with enforce_sorted, one that is greater than the one before it.

    Source: PyTorch's documentation of torch.nn.utils.rnn.pack_padded_sequence,
        torch.nn.RNN and pad_packed_sequence, which do it together.
    """
    batch = {"enforce_sorted": enforce_sorted, "batch_first": batch_first}
    layers = partial(
        rnn,
        num_layers=num_layers,
        bidirectional=bidirectional,
        nonlinearity=nonlinearity,
    )
    return _each(layers, input, lengths, (hx,), weights, **batch)


def packed_lstm(
    input: np.ndarray,
    lengths: np.ndarray,
    hx: np.ndarray | None,
    cx: np.ndarray | None,
    *weights: np.ndarray | None,
    enforce_sorted: bool = True,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Apply `lstm` to each sequence of a batch as far as it goes, as `packed_rnn` does.

    Shapes: as in `packed_rnn`, with the states and weights of `lstm`.

    Raises:
        ValueError: as `packed_rnn`.

    Source: as `packed_rnn`.
    """
    batch = {"enforce_sorted": enforce_sorted, "batch_first": batch_first}
    layers = partial(lstm, num_layers=num_layers, bidirectional=bidirectional)
    return _each(layers, input, lengths, (hx, cx), weights, **batch)


def packed_gru(
    input: np.ndarray,
    lengths: np.ndarray,
    hx: np.ndarray | None,
    *weights: np.ndarray | None,
    enforce_sorted: bool = True,
    num_layers: int = 1,
    bidirectional: bool = False,
    batch_first: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """Apply `gru` to each sequence of a batch as far as it goes, as `packed_rnn` does.

    Shapes: as in `packed_rnn`, with the weights of `gru`.

    Raises:
        ValueError: as `packed_rnn`.

    Source: as `packed_rnn`.
    """
    batch = {"enforce_sorted": enforce_sorted, "batch_first": batch_first}
    layers = partial(gru, num_layers=num_layers, bidirectional=bidirectional)
    return _each(layers, input, lengths, (hx,), weights, **batch)


def _each(
    layers: Callable,
    input: np.ndarray,
    lengths: np.ndarray,
    states: tuple[np.ndarray | None, ...],
    weights: tuple[np.ndarray | None, ...],
    *,
    enforce_sorted: bool,
    batch_first: bool,
) -> tuple[np.ndarray, ...]:
    """Run recurrent layers on each sequence of a batch by itself."""
    _check(input, lengths, enforce_sorted=enforce_sorted, batch_first=batch_first)
    x = np.swapaxes(input, 0, 1) if batch_first else input
    for name, state in zip(("hx", "cx"), states):
        if state is not None and state.shape[1:2] != lengths.shape:
            raise ValueError(
                f"{name} has shape {state.shape}; it must be (layers, "
                f"{len(lengths)}, hidden)"
            )
    runs = []
    for n, length in enumerate(lengths):
        own = [None if state is None else state[:, n] for state in states]
        runs.append(layers(x[:length, n], *own, *weights))
    outputs, *ends = zip(*runs)
    y = np.zeros((max(lengths), len(runs), outputs[0].shape[-1]), input.dtype)
    for n, output in enumerate(outputs):
        y[: len(output), n] = output
    y = np.swapaxes(y, 0, 1) if batch_first else y
    return y, *(np.stack(end, axis=1) for end in ends)


def _check(
    input: np.ndarray, lengths: np.ndarray, *, enforce_sorted: bool, batch_first: bool
) -> None:
    """Check that a batch has a length for each sequence.

    Raises:
        ValueError: it has not.
    """
    if input.ndim != 3:
        raise ValueError(
            f"input has shape {input.shape}; it must be (time, batch, features) or "
            "(batch, time, features)"
        )
    batch, time = input.shape[:2] if batch_first else input.shape[1::-1]
    if lengths.shape != (batch,) or not batch:
        raise ValueError(
            f"lengths has shape {lengths.shape}; it must be ({batch},), and not empty"
        )
    if not all(1 <= length <= time for length in lengths):
        raise ValueError(f"lengths are {lengths}; they must be from 1 to {time}")
    if enforce_sorted and any(np.diff(lengths) > 0):
        raise ValueError(
            f"lengths are {lengths}; with enforce_sorted none may be greater than the "
            "one before it"
        )
