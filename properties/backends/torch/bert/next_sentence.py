"""Next-sentence prediction, of torch's dense layers."""

import torch
import torch.nn.functional as F
from torch import Tensor


def next_sentence_pairs(
    paragraphs: Tensor, uniforms: Tensor, random_sentences: Tensor
) -> tuple[Tensor, Tensor]:
    (first,) = torch.where(paragraphs[1:] == paragraphs[:-1])
    is_next = uniforms[first] < 0.5
    second = torch.where(is_next, first + 1, random_sentences[first])
    return torch.stack([first, second], dim=1), is_next


def bert_pooler(input: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    return F.linear(input[:, 0], weight, bias).tanh()


def next_sentence_pred(
    input: Tensor,
    hidden_weight: Tensor,
    hidden_bias: Tensor | None,
    weight: Tensor,
    bias: Tensor | None,
) -> Tensor:
    return F.linear(bert_pooler(input, hidden_weight, hidden_bias), weight, bias)
