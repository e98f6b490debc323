"""Whether a state is handed from one minibatch to the next."""

import numpy as np

from reference.recurrent.layers import rnn


def rnn_on_minibatches(
    input: np.ndarray,
    weight_ih: np.ndarray,
    weight_hh: np.ndarray,
    bias_ih: np.ndarray | None,
    bias_hh: np.ndarray | None,
    *,
    use_random_iter: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Run `rnn` on one minibatch after another, as an epoch of training does.

        h before minibatch i = h after minibatch i − 1, 0 before the first; or always
        0 with use_random_iter: minibatches do not follow each other in the text.

    Shapes:
        input    (minibatches, time, batch, features)
        weights  as `rnn` takes them, for one layer
        results  (minibatches, time, batch, hidden), and the state after the last
                 minibatch, (1, batch, hidden)

    Raises:
        ValueError: as `rnn`, or there are no minibatches.

    Source: Zhang et al., "Dive into Deep Learning", first edition,
        train_epoch_ch8.
    """
    if input.ndim != 4 or not len(input):
        raise ValueError(
            f"input has shape {input.shape}; it must be (minibatches, time, batch, "
            "features), with one minibatch at least"
        )
    outputs, state = [], None
    for x in input:
        begin = None if use_random_iter else state
        output, state = rnn(x, begin, weight_ih, weight_hh, bias_ih, bias_hh)
        outputs.append(output)
    return np.stack(outputs), state
