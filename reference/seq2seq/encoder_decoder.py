"""Two recurrent networks: one reads a sequence, the other writes one."""

import numpy as np

from reference.arguments import exact_rank
from reference.classification.softmax_regression import linear
from reference.masks.embedding import embedding
from reference.recurrent.layers import gru
from reference.recurrent.packed import packed_gru
from reference.seq2seq.teacher_forcing import shift_right


def seq2seq_encoder(
    tokens: np.ndarray,
    valid_lens: np.ndarray | None,
    embeddings: np.ndarray,
    *weights: np.ndarray | None,
    num_layers: int = 1,
    bidirectional: bool = False,
) -> tuple[np.ndarray, np.ndarray]:
    """Read sequences of tokens into a state: a `gru` of their embeddings.

        outputs, state = gru(embedding(tokens), None, *weights)
        With valid_lens each sequence is read as far as it goes, as `packed_gru` does,
        and its state is that after its last token; outputs past it are 0. Without, as
        the notes have it, the padding is read too, and the state is that after it.

    Shapes:
        tokens      (batch, time), ints in [0, vocabulary)
        valid_lens  (batch), ints from 1 to time, or None
        embeddings  (vocabulary, embedding)
        weights     as `gru` takes them
        results     (time, batch, directions · hidden): time first; and the last
                    states, (num_layers · directions, batch, hidden)

    Raises:
        ValueError: as `embedding`, `gru` and `packed_gru`.

    Source: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder for
        Statistical Machine Translation" (arXiv:1406.1078); Zhang et al., "Dive into
        Deep Learning", on sequence to sequence learning (Seq2SeqEncoder).
    """
    exact_rank("tokens", tokens, "batch time")
    x = np.swapaxes(embedding(tokens, embeddings), 0, 1)
    options = {"num_layers": num_layers, "bidirectional": bidirectional}
    if valid_lens is None:
        return gru(x, None, *weights, **options)
    packed, state = packed_gru(
        x, valid_lens, None, *weights, enforce_sorted=False, **options
    )
    outputs = np.zeros((len(x), *packed.shape[1:]), packed.dtype)
    outputs[: len(packed)] = packed
    return outputs, state


def seq2seq_decoder(
    tokens: np.ndarray,
    context: np.ndarray | None,
    hx: np.ndarray,
    embeddings: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    *weights: np.ndarray | None,
    num_layers: int = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """Score the next token after each token, from a state that an encoder left.

        h, state = gru(x, hx, *weights),    x[t] = [embedding(tokens[:, t]), context]
        y[:, t] = weight · h[t] + bias
        The context is the same at all steps: it is the encoder's, and does not follow
        the decoder's state. None is for a decoder that the encoder only starts.

    Shapes:
        tokens      (batch, time), ints in [0, vocabulary)
        context     (batch, features), or None
        hx          (num_layers, batch, hidden)
        embeddings  (vocabulary, embedding)
        weight, bias  (outputs, hidden) and (outputs)
        weights     as `gru` takes them, for embedding + features
        results     (batch, time, outputs): batch first; and the state, shaped as hx

    Raises:
        ValueError: as `embedding` and `gru`, or another context.

    Source: Cho et al. (arXiv:1406.1078) with a context at each step; Sutskever, Vinyals
        and Le, "Sequence to Sequence Learning with Neural Networks" (arXiv:1409.3215),
        without; Zhang et al., "Dive into Deep Learning" (Seq2SeqDecoder).
    """
    exact_rank("tokens", tokens, "batch time")
    x = embedding(tokens, embeddings)
    if context is not None:
        if context.ndim != 2 or context.shape[:1] != tokens.shape[:1]:
            raise ValueError(
                f"context has shape {context.shape}; it must be ({len(tokens)}, "
                "features)"
            )
        shape = *tokens.shape, context.shape[1]
        shown = np.broadcast_to(context[:, None], shape)
        x = np.concatenate([x, shown], axis=2)
    h, state = gru(np.swapaxes(x, 0, 1), hx, *weights, num_layers=num_layers)
    return np.swapaxes(linear(h, weight, bias), 0, 1), state


def seq2seq(
    source: np.ndarray,
    source_lens: np.ndarray | None,
    target: np.ndarray,
    source_embeddings: np.ndarray,
    target_embeddings: np.ndarray,
    weight: np.ndarray,
    bias: np.ndarray,
    *weights: np.ndarray | None,
    bos: int,
    num_layers: int = 1,
    has_context: bool = True,
) -> np.ndarray:
    """Score each token of a target, given a source and the target's tokens before it.

        y = decoder(shift_right(target), context, state): teacher forcing
        _, state = encoder(source),    context = state of the last layer, or None
        The decoder sees the source through the state alone.

    Shapes:
        source       (batch, source_time), ints; source_lens as in `seq2seq_encoder`
        target       (batch, time), ints
        embeddings   (vocabulary, embedding), one table for each language
        weight, bias as in `seq2seq_decoder`
        weights      as `gru` takes them: all of the encoder's, as many of the decoder's
        result       (batch, time, outputs)

    Raises:
        ValueError: as `seq2seq_encoder` and `seq2seq_decoder`.

    Source: Sutskever, Vinyals and Le (arXiv:1409.3215); Zhang et al., "Dive into Deep
        Learning", on the encoder-decoder architecture (EncoderDecoder, train_seq2seq).
    """
    count = len(weights) // 2
    options = {"num_layers": num_layers}
    tables = source_embeddings, *weights[:count]
    _, state = seq2seq_encoder(source, source_lens, *tables, **options)
    tokens, context = shift_right(target, bos=bos), state[-1] if has_context else None
    rest = target_embeddings, weight, bias, *weights[count:]
    return seq2seq_decoder(tokens, context, state, *rest, **options)[0]
