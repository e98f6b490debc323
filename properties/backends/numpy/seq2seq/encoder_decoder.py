"""Encoders and decoders by NumPy: layers on batches of embeddings."""

import numpy as np
from numpy import ndarray

from properties.backends.numpy.recurrent.layers import gru
from properties.backends.numpy.seq2seq.teacher_forcing import shift_right


def seq2seq_encoder(
    tokens: ndarray,
    valid_lens: ndarray | None,
    embeddings: ndarray,
    *weights: ndarray | None,
    num_layers: int = 1,
    bidirectional: bool = False,
) -> tuple[ndarray, ndarray]:
    if valid_lens is not None:
        raise NotImplementedError("NumPy has no packed sequences")
    options = {"num_layers": num_layers, "bidirectional": bidirectional, "dropout": 0.0}
    return gru(embeddings[tokens.T], None, *weights, batch_first=False, **options)


def seq2seq_decoder(
    tokens: ndarray,
    context: ndarray | None,
    hx: ndarray,
    embeddings: ndarray,
    weight: ndarray,
    bias: ndarray,
    *weights: ndarray | None,
    num_layers: int = 1,
) -> tuple[ndarray, ndarray]:
    x = embeddings[tokens]
    if context is not None:
        shown = np.repeat(context[:, None], x.shape[1], axis=1)
        x = np.concatenate([x, shown], axis=2)
    options = {"num_layers": num_layers, "bidirectional": False, "dropout": 0.0}
    h, state = gru(x, hx, *weights, batch_first=True, **options)
    return h @ weight.T + bias, state


def seq2seq(
    source: ndarray,
    source_lens: ndarray | None,
    target: ndarray,
    source_embeddings: ndarray,
    target_embeddings: ndarray,
    weight: ndarray,
    bias: ndarray,
    *weights: ndarray | None,
    bos: int,
    num_layers: int = 1,
    has_context: bool = True,
) -> ndarray:
    encoder, decoder = weights[: len(weights) // 2], weights[len(weights) // 2 :]
    tables, layers = (source_embeddings, *encoder), {"num_layers": num_layers}
    _, state = seq2seq_encoder(source, source_lens, *tables, **layers)
    context = state[-1] if has_context else None
    begin = shift_right(target, bos=bos), context, state, target_embeddings
    return seq2seq_decoder(*begin, weight, bias, *decoder, **layers)[0]
