import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils import rnn


def pad_sequence(*sequences: Tensor, **options) -> Tensor:
    return rnn.pad_sequence(sequences, **options)


def unpad_sequence(
    padded: Tensor, lengths: Tensor, *, batch_first: bool
) -> tuple[Tensor, ...]:
    return tuple(rnn.unpad_sequence(padded, lengths, batch_first))


def truncate_pad(input: Tensor, *, num_steps: int, padding: int) -> Tensor:
    return F.pad(input, (0, num_steps - len(input)), value=padding)
