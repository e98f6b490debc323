"""BERT itself: embeddings, a Transformer's encoder, and how many numbers they are."""

import numpy as np

from reference.arguments import check_least, exact_rank, same_shape
from reference.masks.embedding import embedding
from reference.normalisation.layer_norm import layer_norm
from reference.transformer.encoder import transformer_encoder
from reference.transformer.positional_encoding import learned_positional_embedding


def bert_embedding(
    tokens: np.ndarray,
    segments: np.ndarray,
    token_weight: np.ndarray,
    segment_weight: np.ndarray,
    pos_embedding: np.ndarray,
    norm_weight: np.ndarray | None = None,
    norm_bias: np.ndarray | None = None,
    *,
    eps: float = 1e-12,
) -> np.ndarray:
    """Add up what was learned of each token, of its segment and of its position.

        y[n, t] = token_weight[tokens[n, t]] + segment_weight[segments[n, t]]
                  + pos_embedding[0, t]
        With norm_weight, as BERT has it, `layer_norm` of that; the book has it not.

    Shapes:
        tokens, segments        (batch, length), ints
        token_weight            (vocabulary, features)
        segment_weight          (segment kinds, features), of two kinds in BERT
        pos_embedding           (1, max_len, features), length ≤ max_len
        norm_weight, norm_bias  (features), or None both
        result                  (batch, length, features), token_weight's dtype

    Raises:
        ValueError: shapes that do not fit each other, an id that is not in its table,
            one of norm_weight and norm_bias alone; or as
            `learned_positional_embedding` and `layer_norm`.

    Source: Devlin et al., "BERT" (arXiv:1810.04805); Zhang et al., "Dive into Deep
        Learning", on BERT (BERTEncoder).
    """
    exact_rank("tokens", tokens, "batch length")
    same_shape("tokens and segments", tokens, segments)
    if token_weight.shape[1:] != segment_weight.shape[1:]:
        raise ValueError(
            f"token_weight and segment_weight have shapes {token_weight.shape} and "
            f"{segment_weight.shape}; they must have as many features"
        )
    if (norm_weight is None) != (norm_bias is None):
        raise ValueError("of norm_weight and norm_bias one is None; both must be")
    x = embedding(tokens, token_weight) + embedding(segments, segment_weight)
    x = learned_positional_embedding(x, pos_embedding)
    if norm_weight is None:
        return x
    options = {"normalized_shape": x.shape[2:], "eps": eps}
    return layer_norm(x, norm_weight, norm_bias, **options)


def bert_encoder(
    tokens: np.ndarray,
    segments: np.ndarray,
    valid_lens: np.ndarray | None,
    token_weight: np.ndarray,
    segment_weight: np.ndarray,
    pos_embedding: np.ndarray,
    *weights: np.ndarray | None,
    nhead: int,
    activation: str = "relu",
    layer_norm_eps: float = 1e-5,
) -> np.ndarray:
    """Embed tokens, and let each attend to those before and after it.

        y = transformer_encoder(bert_embedding(tokens, segments)), the norms after the
        sublayers; no token attends to those from valid_lens on.

    Shapes:
        tokens, segments  (batch, length), ints
        valid_lens        (batch), ints in [1, length], or None if nothing is padding
        token_weight, segment_weight, pos_embedding  as in `bert_embedding`
        weights           those of the layers, as in `transformer_encoder_layer`
        result            (batch, length, features), token_weight's dtype

    Units: valid_lens counts tokens. What comes of padding has no meaning.

    Raises:
        ValueError: valid_lens is of another shape or range; or as `bert_embedding` and
            `transformer_encoder`.

    Source: Devlin et al., "BERT" (arXiv:1810.04805); Zhang et al., "Dive into Deep
        Learning", on BERT (BERTEncoder, without dropout).
    """
    x = bert_embedding(tokens, segments, token_weight, segment_weight, pos_embedding)
    padding = None
    if valid_lens is not None:
        if valid_lens.shape != tokens.shape[:1]:
            raise ValueError(
                f"valid_lens has shape {valid_lens.shape}; it must be (batch,)"
            )
        if ((valid_lens < 1) | (valid_lens > tokens.shape[1])).any():
            raise ValueError(
                f"valid_lens is {valid_lens}; it must be in [1, {tokens.shape[1]}]"
            )
        padding = np.arange(tokens.shape[1]) < valid_lens[:, None]
    options = {"nhead": nhead, "activation": activation}
    options["layer_norm_eps"] = layer_norm_eps
    return transformer_encoder(x, None, padding, *weights, **options)


def bert_parameter_count(
    *,
    vocab_size: int,
    hidden_size: int,
    num_layers: int,
    intermediate_size: int | None = None,
    max_len: int = 512,
    has_norm: bool = True,
    has_pooler: bool = True,
) -> int:
    """Count the numbers that BERT learns, without the heads of its two tasks.

        H · (vocab_size + 2 + max_len)     the tables of tokens, segments and positions
        + 2 · H                            their norm, if has_norm
        + num_layers · (4 · H² + 4 · H     attention and its biases
                        + 2 · H · F + F + H    the network and its biases
                        + 4 · H)           both norms
        + H² + H                           the dense layer on cls, if has_pooler
        H is hidden_size; F is intermediate_size, 4 · H if that is None.

    Raises:
        ValueError: a size is below 1, or num_layers below 0.

    Source: Devlin et al., "BERT" (arXiv:1810.04805), which says 110M and 340M.
    """
    h, f = hidden_size, intermediate_size
    f = 4 * h if f is None else f
    sizes = {"hidden_size": h, "intermediate_size": f}
    check_least(1, vocab_size=vocab_size, max_len=max_len, **sizes)
    check_least(0, num_layers=num_layers)
    tables = h * (vocab_size + 2 + max_len)
    attention, network, norms = 4 * h * h + 4 * h, 2 * h * f + f + h, 4 * h
    count = tables + num_layers * (attention + network + norms)
    return count + has_norm * 2 * h + has_pooler * (h * h + h)
