"""The masked language model: guesses of hidden tokens, and what they lose."""

import numpy as np

from reference.activations.rectifiers import relu
from reference.arguments import same_shape
from reference.classification.cross_entropy import cross_entropy
from reference.classification.softmax_regression import linear
from reference.normalisation.layer_norm import layer_norm
from reference.numbers import quotient
from reference.tensors.indexing import batch_gather
from reference.transformer.gelu import gelu


def mask_lm(
    input: np.ndarray,
    pred_positions: np.ndarray,
    weight1: np.ndarray,
    bias1: np.ndarray,
    norm_weight: np.ndarray,
    norm_bias: np.ndarray,
    weight2: np.ndarray,
    bias2: np.ndarray,
    *,
    activation: str = "relu",
    eps: float = 1e-5,
) -> np.ndarray:
    """Score the vocabulary for hidden tokens, from what an encoder made of them.

        y = weight2 · norm(f(weight1 · x[n, pred_positions[n, p]] + bias1)) + bias2
        f is `relu` in the book, `gelu` in BERT, whose weight2 is the table of tokens;
        norm is `layer_norm`.

    Shapes:
        input                           (batch, length, features)
        pred_positions                  (batch, preds), ints in [0, length)
        weight1, bias1                  (hidden, features), (hidden)
        norm_weight, norm_bias          (hidden)
        weight2, bias2                  (vocabulary, hidden), (vocabulary)
        result                          (batch, preds, vocabulary), input's dtype

    Raises:
        ValueError: an unknown activation; or as `batch_gather`, `linear` and
            `layer_norm`.

    Source: Zhang et al., "Dive into Deep Learning", on BERT (MaskLM); Devlin et al.,
        "BERT" (arXiv:1810.04805).
    """
    if activation not in ("relu", "gelu"):
        raise ValueError(f'activation is {activation!r}; it must be "relu" or "gelu"')
    h = linear(batch_gather(input, pred_positions), weight1, bias1)
    h = gelu(h) if activation == "gelu" else relu(h)
    h = layer_norm(h, norm_weight, norm_bias, normalized_shape=h.shape[2:], eps=eps)
    return linear(h, weight2, bias2)


def mlm_loss(
    input: np.ndarray, target: np.ndarray, mask: np.ndarray, *, eps: float = 0.0
) -> np.ndarray:
    """Average the losses of the guesses of a batch, without those that fill it up.

        y = Σ l[n, p] / (count + eps), over the places where mask[n, p], count of them;
        l[n, p] is the `cross_entropy` of the logits input[n, p] at target[n, p]
        eps is 10⁻⁸ in the book and 10⁻⁵ in BERT: then a batch of no guesses loses 0.

    Shapes:
        input   (batch, preds, vocabulary)
        target  (batch, preds), ints in [0, vocabulary) where the mask is True
        mask    (batch, preds), True where a guess is
        result  (), input's dtype

    Units: nats. Without guesses and with eps 0 it is 0 / 0, NaN.

    Raises:
        ValueError: shapes that do not fit each other, a target that is not in the
            vocabulary, or eps is below 0.

    Source: Zhang et al., "Dive into Deep Learning", on pretraining BERT
        (batch_loss_bert).
    """
    if input.shape[:-1] != target.shape or input.ndim != 3:
        raise ValueError(
            f"input and target have shapes {input.shape} and {target.shape}; they must "
            "be (batch, preds, vocabulary) and (batch, preds)"
        )
    same_shape("target and mask", target, mask)
    if eps < 0:
        raise ValueError(f"eps is {eps}; it must be at least 0")
    logits = input.reshape(-1, input.shape[2])
    asked = np.where(mask, target, -100).reshape(-1)
    y = cross_entropy(logits, asked, ignore_index=-100, reduction="sum")
    y[()] = quotient(y[()], int(mask.sum()) + eps)
    return y
