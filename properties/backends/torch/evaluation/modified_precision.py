"""N-grams in PyTorch, of all sentences at once, as reference/modified_precision.py."""

import torch
import torch.nn.functional as F

Counts = tuple[torch.Tensor, torch.Tensor]


def modified_precision(
    candidates: torch.Tensor,
    candidate_lens: torch.Tensor,
    references: torch.Tensor,
    reference_lens: torch.Tensor,
    *,
    n: int,
) -> Counts:
    grams, there = ngram_windows(candidates[:, None], candidate_lens[:, None], n)
    known, known_there = ngram_windows(references, reference_lens, n)
    own = (grams[:, 0, :, None] == grams[:, 0, None]).all(-1) & there
    theirs = (grams[:, :, :, None] == known[:, :, None]).all(-1)
    most = (theirs & known_there[:, :, None]).sum(-1).amax(1)
    is_first = there[:, 0] & ~own.tril(-1).any(-1)
    matches = torch.where(is_first, torch.minimum(own.sum(-1), most), 0)
    return matches.sum(-1), there.sum((1, 2))


def ngram_windows(sentences: torch.Tensor, lens: torch.Tensor, n: int) -> Counts:
    """The n tokens from each place on, and whether they are all in the sentence."""
    length = sentences.shape[-1]
    grams = F.pad(sentences, (0, n)).unfold(-1, n, 1)[..., :length, :]
    return grams, torch.arange(length, device=lens.device) + n <= lens[..., None]


def brevity_penalty(
    candidate_lens: torch.Tensor, reference_lens: torch.Tensor
) -> torch.Tensor:
    exponent = (1 - reference_lens / candidate_lens).clamp(max=0)
    return torch.where(candidate_lens > 0, exponent.exp(), 0)


def effective_reference_length(
    candidate_lens: torch.Tensor, reference_lens: torch.Tensor, *, method: str
) -> torch.Tensor:
    if method == "average":
        return reference_lens.to(candidate_lens.dtype).mean(1)
    shorter_first = reference_lens.sort(1).values
    if method == "shortest":
        return shorter_first[:, 0]
    nearest = (shorter_first - candidate_lens[:, None]).abs().argmin(1, keepdim=True)
    return shorter_first.gather(1, nearest)[:, 0]
