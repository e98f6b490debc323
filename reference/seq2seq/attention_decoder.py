"""A decoder that looks at all that an encoder put out, and not at its last state."""

import numpy as np

from reference.arguments import exact_rank
from reference.attention.scoring import additive_scores
from reference.classification.softmax_regression import linear
from reference.masks.embedding import embedding
from reference.masks.masked import masked_softmax
from reference.masks.masks import sequence_mask
from reference.recurrent.layers import gru


def bahdanau_decoder(
    tokens: np.ndarray,
    enc_outputs: np.ndarray,
    hx: np.ndarray,
    valid_lens: np.ndarray | None,
    embeddings: np.ndarray,
    w_q: np.ndarray,
    w_k: np.ndarray,
    w_v: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    *weights: np.ndarray | None,
    num_layers: int = 1,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Score the next token after each token; at each step attend to an encoder.

        a[:, t] = softmax_j of additive_scores(h[t − 1], enc_outputs) where j < valid
        context = Σ_j a[:, t, j] · enc_outputs[:, j]
        h[t] = gru([context, embedding(tokens[:, t])], h[t − 1]),    h[−1] = hx
        y[:, t] = weight · h[t] + bias
        The query is what the last layer put out one step before: context before token,
        unlike in `seq2seq_decoder`.

    Shapes:
        tokens       (batch, time), ints in [0, vocabulary)
        enc_outputs  (batch, keys, key_features): batch first
        hx           (num_layers, batch, hidden)
        valid_lens   (batch), ints, or None for all keys
        embeddings   (vocabulary, embedding)
        w_q, w_k, w_v  (units, hidden), (units, key_features), (units)
        weight, bias (outputs, hidden) and (outputs)
        weights      as `gru` takes them, for key_features + embedding
        results      (batch, time, outputs); the state, shaped as hx; and the attention
                     weights (batch, time, keys), a row for each step

    Units: valid_lens count keys; 0 sees nothing, and has weights of 0.

    Raises:
        ValueError: shapes that do not fit each other, or a token that has no embedding.

    Source: Bahdanau, Cho and Bengio (arXiv:1409.0473); Zhang et al., "Dive into Deep
        Learning", on Bahdanau attention (Seq2SeqAttentionDecoder).
    """
    exact_rank("tokens", tokens, "batch time")
    exact_rank("enc_outputs", enc_outputs, "batch keys key_features")
    batch, keys, features = enc_outputs.shape
    lens = np.full(batch, keys) if valid_lens is None else valid_lens
    if not tokens.shape[:1] == lens.shape == (batch,):
        raise ValueError(
            f"tokens, enc_outputs and valid_lens are of {len(tokens)}, {batch} and "
            f"{len(lens)} sequences; they must be of as many"
        )
    if hx.ndim != 3 or not len(hx):
        raise ValueError(
            f"hx has shape {hx.shape}; it must be (num_layers, batch, hidden)"
        )
    x, state = embedding(tokens, embeddings), hx
    mask = sequence_mask(lens, max_len=keys)
    y = np.zeros((*tokens.shape, len(weight)), x.dtype)
    attention = np.zeros((*tokens.shape, keys), x.dtype)
    for t in range(tokens.shape[1]):
        scores = additive_scores(state[-1][:, None], enc_outputs, w_q, w_k, w_v)
        attention[:, t] = masked_softmax(scores[:, 0], mask, dim=-1)
        context = np.zeros((batch, features), x.dtype)
        for n, j in np.ndindex(batch, keys):
            if mask[n, j]:
                context[n] += attention[n, t, j] * enc_outputs[n, j]
        seen = np.concatenate([context, x[:, t]], axis=1)
        h, state = gru(seen[None], state, *weights, num_layers=num_layers)
        y[:, t] = linear(h[0], weight, bias)
    return y, state, attention
