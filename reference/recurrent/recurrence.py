"""What all recurrent layers share: checks of a cell, and the stack of layers."""

from collections.abc import Callable, Sequence

import numpy as np

State = tuple[np.ndarray | None, ...]


def check_cell(
    input: np.ndarray,
    weight_ih: np.ndarray,
    weight_hh: np.ndarray,
    biases: Sequence[np.ndarray | None],
    states: dict[str, tuple[np.ndarray | None, int]],
    *,
    gates: int,
) -> None:
    """Check that a cell's tensors fit each other.

    Args:
        states: by name, each state and how many units it has.

    Raises:
        ValueError: they do not.
    """
    if input.ndim not in (1, 2):
        raise ValueError(
            f"input has shape {input.shape}; it must be (batch, features) or (features)"
        )
    if weight_ih.ndim != 2 or weight_hh.ndim != 2:
        raise ValueError(
            f"weight_ih and weight_hh have shapes {weight_ih.shape} and "
            f"{weight_hh.shape}; they must be matrices"
        )
    rows, features = weight_ih.shape
    if features != input.shape[-1]:
        raise ValueError(
            f"weight_ih is for {features} features, input has {input.shape[-1]}"
        )
    if rows % gates or len(weight_hh) != rows:
        raise ValueError(
            f"weight_ih and weight_hh have {rows} and {len(weight_hh)} rows; they must "
            f"have {gates} for each hidden unit"
        )
    for bias in biases:
        if bias is not None and bias.shape != (rows,):
            raise ValueError(f"a bias has shape {bias.shape}; it must be ({rows},)")
    for name, (state, units) in states.items():
        if name == "hx" and units != weight_hh.shape[1]:
            raise ValueError(
                f"weight_hh has shape {weight_hh.shape}; it must be ({rows}, {units})"
            )
        expected = (*input.shape[:-1], units)
        if state is not None and state.shape != expected:
            raise ValueError(f"{name} has shape {state.shape}; it must be {expected}")


def state_or_zeros(
    state: np.ndarray | None, input: np.ndarray, units: int
) -> np.ndarray:
    """Give the state that a recurrence begins with if there is none: zeros."""
    if state is None:
        return np.zeros((*input.shape[:-1], units), input.dtype)
    return state


def run_layers(
    step: Callable,
    input: np.ndarray,
    states: State,
    weights: Sequence[np.ndarray | None],
    *,
    num_layers: int,
    bidirectional: bool,
    batch_first: bool,
    dropout: float,
    weights_each: int,
) -> tuple[np.ndarray, ...]:
    """Run layers of recurrences, each on what the one below it put out.

        output = the last layer's, forwards and backwards side by side in its last axis
        last state[layer · directions + direction] = what that direction ends with

    Args:
        step: takes the input of one step, a state, and the weights of a cell;
            gives the state after it, h first.
        states: what each direction of each layer begins with, or None for zeros.
        dropout: 0, or 1: the layers but the first see zeros.
        weights_each: how many weights belong to a cell.

    Returns:
        The output, then each of the last states.

    Raises:
        ValueError: shapes that do not fit each other, no layer or no step, another
            number of weights, or a dropout that is random.
    """
    directions = 2 if bidirectional else 1
    cells = num_layers * directions
    if dropout not in (0, 1):
        raise ValueError(f"dropout is {dropout}; it must be 0 or 1, which are certain")
    check_sequence(input, states, batch_first)
    check_count(states, weights, cells, weights_each)
    x, states = time_major(input, states, batch_first=batch_first)
    last = []
    for layer in range(num_layers):
        outputs = []
        if layer and dropout:
            x = np.zeros(x.shape, x.dtype)
        for backwards in range(directions):
            cell = len(last)
            begin = tuple(None if state is None else state[cell] for state in states)
            own = weights[cell * weights_each : (cell + 1) * weights_each]
            output, end = run_cell(step, x, begin, own, backwards=bool(backwards))
            outputs.append(output)
            last.append(end)
        x = np.concatenate(outputs, axis=-1)
    ends = [np.stack(every) for every in zip(*last)]
    if input.ndim == 2:
        return x[:, 0], *(end[:, 0] for end in ends)
    return np.swapaxes(x, 0, 1) if batch_first else x, *ends


def run_cell(
    step: Callable,
    input: np.ndarray,
    state: State,
    weights: Sequence[np.ndarray | None],
    *,
    backwards: bool,
) -> tuple[np.ndarray, State]:
    """Apply a cell to each step of a sequence: what it puts out, and its last state.

        state[t] = step(x[t], state[t − 1], *weights),   output[t] = h[t]
        backwards: from the last step to the first, state[t] from state[t + 1]

    Shapes:
        input   (time, batch, features)
        output  (time, batch, units)
    """
    outputs = [None] * len(input)
    times = range(len(input))
    for t in reversed(times) if backwards else times:
        state = step(input[t], state, *weights)
        outputs[t] = state[0]
    return np.stack(outputs), state


def time_major(
    input: np.ndarray, states: State, *, batch_first: bool
) -> tuple[np.ndarray, State]:
    """View a sequence as (time, batch, features), whatever way it was given."""
    if input.ndim == 2:
        batches = tuple(None if state is None else state[:, None] for state in states)
        return input[:, None], batches
    return np.swapaxes(input, 0, 1) if batch_first else input, states


def check_sequence(input: np.ndarray, states: State, batch_first: bool) -> None:
    """Check that a sequence has steps, and as many axes as its states.

    Raises:
        ValueError: it has not.
    """
    time = 1 if batch_first and input.ndim == 3 else 0
    if input.ndim not in (2, 3) or not input.shape[time]:
        raise ValueError(
            f"input has shape {input.shape}; it must be (time, batch, features), "
            "(batch, time, features) or (time, features), with a step at least"
        )
    for name, state in zip(("hx", "cx"), states):
        if state is not None and state.ndim != input.ndim:
            raise ValueError(
                f"{name} has shape {state.shape}; it must have as many axes as input, "
                f"{input.ndim}"
            )


def check_count(
    states: State, weights: Sequence[np.ndarray | None], cells: int, weights_each: int
) -> None:
    """Check that there are cells, each with its weights and its state.

    Raises:
        ValueError: there are not.
    """
    if cells < 1:
        raise ValueError("num_layers is below 1; there must be a layer")
    if len(weights) != cells * weights_each:
        raise ValueError(
            f"there are {len(weights)} weights; {cells} layers and directions must "
            f"have {weights_each} each"
        )
    for name, state in zip(("hx", "cx"), states):
        if state is not None and state.shape[:1] != (cells,):
            raise ValueError(
                f"{name} has shape {state.shape}; it must have a state for each of "
                f"{cells} layers and directions"
            )
