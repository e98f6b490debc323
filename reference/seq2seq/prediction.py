"""Translation without a teacher: a decoder goes on from its own words."""

import numpy as np

from reference.arguments import check_least
from reference.numbers import where_greatest
from reference.seq2seq.encoder_decoder import seq2seq_decoder, seq2seq_encoder


def predict_seq2seq(
    source: np.ndarray,
    source_lens: np.ndarray | None,
    source_embeddings: np.ndarray,
    target_embeddings: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    *weights: np.ndarray | None,
    bos: int,
    eos: int,
    num_steps: int,
    num_layers: int = 1,
    has_context: bool = True,
) -> np.ndarray:
    """Write a target greedily: each time the token with the greatest logit.

        token[n, t] = argmax y[n, t], the first of equals, with y as in `seq2seq` of the
        tokens written so far; after an `eos`, all are eos.
        The decoder sees its own tokens, and not those of a teacher.

    Shapes:
        source, weights, …  as in `seq2seq`
        result              (batch, num_steps), ints

    Raises:
        ValueError: as `seq2seq`, or num_steps below 1.

    Source: Zhang et al., "Dive into Deep Learning", on sequence to sequence learning
        (predict_seq2seq), which leaves eos out.
    """
    check_least(1, num_steps=num_steps)
    count = len(weights) // 2
    options = {"num_layers": num_layers}
    tables = source_embeddings, *weights[:count]
    _, state = seq2seq_encoder(source, source_lens, *tables, **options)
    context = state[-1] if has_context else None
    rest = target_embeddings, weight, bias, *weights[count:]
    y = np.full((len(source), num_steps), eos, np.int64)
    tokens = np.full((len(source), 1), bos, np.int64)
    for t in range(num_steps):
        logits, state = seq2seq_decoder(tokens, context, state, *rest, **options)
        for n in range(len(source)):
            if t == 0 or y[n, t - 1] != eos:
                y[n, t] = where_greatest(logits[n, 0])
        tokens = y[:, t : t + 1]
    return y
