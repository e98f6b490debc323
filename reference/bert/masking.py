"""Which tokens BERT has to guess, and what it sees in their place."""

import numpy as np

from reference.arguments import same_shape


def num_mlm_preds(valid_lens: np.ndarray, *, ratio: float = 0.15) -> np.ndarray:
    """Say how many tokens of each sequence are to be guessed.

        y[n] = max(1, round(ratio · valid_lens[n])), a half to the even number

    Shapes: valid_lens and result (*batch), ints; int64.

    Units: valid_lens counts all tokens, also the marks that are never guessed.

    Raises:
        ValueError: ratio is outside [0, 1], or a length is below 0.

    Source: Zhang et al., "Dive into Deep Learning", on the dataset for pretraining
        BERT (_get_mlm_data_from_tokens).
    """
    _check_shares(ratio=ratio)
    if (valid_lens < 0).any():
        raise ValueError(f"valid_lens has {valid_lens.min()}; they must be at least 0")
    y = np.zeros(valid_lens.shape, np.int64)
    for n in np.ndindex(valid_lens.shape):
        y[n] = max(1, round(ratio * int(valid_lens[n])))
    return y


def select_mlm_positions(
    uniforms: np.ndarray, candidates: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    """Choose so many tokens of each sequence, all choices being as probable.

        y[n, t] = candidates[n, t], and less than counts[n] candidates s of sequence n
                  are before t: u[n, s] < u[n, t], or they are equal and s < t
        Where there are fewer candidates than counts, all are chosen.

    Shapes:
        uniforms    (batch, length), numbers that are uniform in [0, 1)
        candidates  (batch, length): True where a token may be chosen; marks and padding
                    may not
        counts      (batch), ints, as of `num_mlm_preds`
        result      (batch, length), bool

    Raises:
        ValueError: shapes that do not fit each other.

    Source: Zhang et al., "Dive into Deep Learning", on the dataset for pretraining
        BERT (_replace_mlm_tokens, which shuffles: here by sorting random numbers).
    """
    same_shape("uniforms and candidates", uniforms, candidates)
    if uniforms.ndim != 2 or counts.shape != uniforms.shape[:1]:
        raise ValueError(
            f"uniforms and counts have shapes {uniforms.shape} and {counts.shape}; "
            "they must be (batch, length) and (batch)"
        )
    chosen = np.zeros(uniforms.shape, bool)
    for n, row in enumerate(uniforms):
        places = [t for t in range(len(row)) if candidates[n, t]]
        for t in places:
            before = [s for s in places if row[s] <= row[t]]
            before = [s for s in before if s < t or row[s] < row[t]]
            chosen[n, t] = len(before) < counts[n]
    return chosen


def bernoulli_mlm_positions(
    uniforms: np.ndarray, candidates: np.ndarray, *, ratio: float = 0.15
) -> np.ndarray:
    """Choose each token by itself, with a probability.

        y[i] = candidates[i] and u[i] < ratio
        The number chosen is random: binomial, and 0 for many a short sequence.

    Shapes:
        uniforms    (*size), numbers that are uniform in [0, 1)
        candidates  (*size): True where a token may be chosen
        result      (*size), bool

    Raises:
        ValueError: shapes differ, or ratio is outside [0, 1].

    Source: Hugging Face's documentation of DataCollatorForLanguageModeling
        (mlm_probability).
    """
    same_shape("uniforms and candidates", uniforms, candidates)
    _check_shares(ratio=ratio)
    chosen = np.zeros(uniforms.shape, bool)
    for i in np.ndindex(uniforms.shape):
        chosen[i] = candidates[i] and uniforms[i] < ratio
    return chosen


def mask_tokens(
    tokens: np.ndarray,
    selected: np.ndarray,
    uniforms: np.ndarray,
    random_tokens: np.ndarray,
    *,
    mask: int,
    mask_share: float = 0.8,
    random_share: float = 0.1,
    ignore_index: int = -100,
) -> tuple[np.ndarray, np.ndarray]:
    """Hide most of the chosen tokens, change some, keep the rest; all are labels.

        input[i] = mask              where selected[i], u[i] < mask_share
                   random_tokens[i]  where selected[i], mask_share ≤ u[i] < both shares
                   tokens[i]         elsewhere
        label[i] = tokens[i] where selected[i], else ignore_index
        The book keeps before it changes, and draws twice: the shares are the same.

    Shapes:
        tokens, selected, uniforms, random_tokens  (*size): ints, bools, numbers that
                 are uniform in [0, 1), and ints: any of the vocabulary
        results  (*size) both, tokens' dtype

    Units: mask is the id of the mark. Shares are of the chosen tokens: where 15 % are
        chosen, 12 % of all tokens are hidden.

    Raises:
        ValueError: shapes differ, or a share or the sum of both is outside [0, 1].

    Source: Devlin et al., "BERT" (arXiv:1810.04805).
    """
    for name, other in [
        ("tokens and selected", selected),
        ("tokens and uniforms", uniforms),
        ("tokens and random_tokens", random_tokens),
    ]:
        same_shape(name, tokens, other)
    both = mask_share + random_share
    _check_shares(mask_share=mask_share, random_share=random_share, both_shares=both)
    inputs, labels = tokens.copy(), np.full(tokens.shape, ignore_index, tokens.dtype)
    for i in np.ndindex(tokens.shape):
        if selected[i]:
            labels[i] = tokens[i]
            if uniforms[i] < mask_share:
                inputs[i] = mask
            elif uniforms[i] < both:
                inputs[i] = random_tokens[i]
    return inputs, labels


def _check_shares(**shares):
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise ValueError(f"{name} is {share}; it must be between 0 and 1")
