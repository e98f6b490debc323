"""Next-sentence prediction: does the second sentence follow the first?"""

import numpy as np

from reference.activations.logistic import tanh
from reference.arguments import exact_rank, same_shape
from reference.bert.fine_tuning import classify_sentences
from reference.classification.softmax_regression import linear


def next_sentence_pairs(
    paragraphs: np.ndarray, uniforms: np.ndarray, random_sentences: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Pair each sentence with the next of its paragraph, or with a random one.

        For each sentence i with paragraphs[i + 1] = paragraphs[i], in order:
        pair = (i, i + 1), is_next              where u[i] < 1/2
               (i, random_sentences[i]), not    elsewhere
        The random one may be the next by accident, and still counts as not.

    Shapes:
        paragraphs        (sentences), ints: which paragraph each sentence is of
        uniforms          (sentences), numbers that are uniform in [0, 1)
        random_sentences  (sentences), ints in [0, sentences)
        results           (pairs, 2), int64, and (pairs), bool: is_next. BERT's labels
                          are 1 where it is not, the book's 1 where it is.

    Raises:
        ValueError: shapes that do not fit each other, or a sentence is not there.

    Source: Zhang et al., "Dive into Deep Learning", on the dataset for pretraining
        BERT (_get_next_sentence, _get_nsp_data_from_paragraph).
    """
    exact_rank("paragraphs", paragraphs, "sentences")
    same_shape("paragraphs and uniforms", paragraphs, uniforms)
    same_shape("paragraphs and random_sentences", paragraphs, random_sentences)
    count = len(paragraphs)
    for sentence in random_sentences:
        if not 0 <= sentence < count:
            raise ValueError(
                f"random_sentences has {sentence}; they must be in [0, {count})"
            )
    pairs, labels = [], []
    for i in range(count - 1):
        if paragraphs[i] == paragraphs[i + 1]:
            is_next = bool(uniforms[i] < 0.5)
            pairs.append((i, i + 1 if is_next else random_sentences[i]))
            labels.append(is_next)
    return np.array(pairs, np.int64).reshape(-1, 2), np.array(labels, bool)


def bert_pooler(
    input: np.ndarray, weight: np.ndarray, bias: np.ndarray | None
) -> np.ndarray:
    """Take the vector of cls, the first token, through a dense layer and tanh.

        y[n] = tanh(weight · x[n, 0] + bias)

    Shapes:
        input   (batch, length, features), of one token at least
        weight  (hidden, features)
        bias    (hidden), or None for zeros
        result  (batch, hidden), input's dtype

    Raises:
        ValueError: as `classify_sentences`.

    Source: Zhang et al., "Dive into Deep Learning", on BERT (BERTModel's hidden).
    """
    return tanh(classify_sentences(input, weight, bias))


def next_sentence_pred(
    input: np.ndarray,
    hidden_weight: np.ndarray,
    hidden_bias: np.ndarray | None,
    weight: np.ndarray,
    bias: np.ndarray | None,
) -> np.ndarray:
    """Score whether the second sentence follows the first, by what became of cls.

        y[n] = weight · tanh(hidden_weight · x[n, 0] + hidden_bias) + bias

    Shapes:
        input                       (batch, length, features), of one token at least
        hidden_weight, hidden_bias  (hidden, features), (hidden) or None for zeros
        weight, bias                (classes, hidden), (classes) or None for zeros:
                                    two classes, or those of a task of fine-tuning
        result                      (batch, classes), input's dtype

    Raises:
        ValueError: as `bert_pooler` and `linear`.

    Source: Devlin et al., "BERT" (arXiv:1810.04805); Zhang et al., "Dive into Deep
        Learning", on BERT (NextSentencePred).
    """
    return linear(bert_pooler(input, hidden_weight, hidden_bias), weight, bias)
