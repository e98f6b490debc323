"""From lines of text to ids: cleaning, tokens, counts, and a vocabulary."""

import string
from collections.abc import Iterator, Sequence

from reference.arguments import check_least


def clean_line(line: str) -> str:
    """Leave the words of a line, in lower case, with one space between two of them.

        A word is a run of letters A–Z and a–z; whatever is between words, or before
        the first or after the last, does not matter.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing (read_time_machine).
    """
    letters = [c if c in string.ascii_letters else " " for c in line]
    return " ".join("".join(letters).split()).lower()


def tokenize(lines: Sequence[str], *, token: str = "word") -> list[list[str]]:
    """Take each line apart: into what is between blanks, or into characters.

    Raises:
        ValueError: another token than "word" or "char".

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing.
    """
    if token not in ("word", "char"):
        raise ValueError(f"token is {token!r}; it is 'word' or 'char'")
    return [line.split() if token == "word" else [*line] for line in lines]


def count_corpus(tokens: Sequence) -> dict[str, int]:
    """Count how often each token comes, in a list, or a list of lists, of them.

        y[v] = number of places where v is, in the order in which tokens first appear
        Lists are opened, however deep they are; a tuple is a token.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing.
    """
    y = {}
    for token in _flat(tokens):
        y[token] = y.get(token, 0) + 1
    return y


def token_vocabulary(
    tokens: Sequence, *, min_freq: int = 0, reserved_tokens: Sequence[str] = ()
) -> list[str]:
    """List the tokens that have an id, each in the place of its id.

        "<unk>", then the reserved tokens, then those that come min_freq times or more,
        the most frequent first; of equals, the one that appears first.
        No token is there twice. Another rule for equals is the order of the alphabet.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing (Vocab).
    """
    counts = count_corpus(tokens)
    frequent = sorted(counts, key=lambda token: -counts[token])
    kept = [token for token in frequent if counts[token] >= min_freq]
    return [*dict.fromkeys(["<unk>", *reserved_tokens, *kept])]


def token_ids(tokens, *, vocabulary: Sequence[str]):
    """Look up the id of a token, or of each in lists of lists; 0 if it is unknown.

    A tuple is taken for a list of tokens.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing (Vocab.__getitem__).
    """
    if isinstance(tokens, list | tuple):
        return [token_ids(token, vocabulary=vocabulary) for token in tokens]
    return vocabulary.index(tokens) if tokens in vocabulary else 0


def id_tokens(ids, *, vocabulary: Sequence[str]):
    """Look up the token of an id, or of each in lists of lists.

    Raises:
        ValueError: a number that is not an id.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing (Vocab.to_tokens, which opens one list only).
    """
    if isinstance(ids, list | tuple):
        return [id_tokens(number, vocabulary=vocabulary) for number in ids]
    if not 0 <= ids < len(vocabulary):
        raise ValueError(f"an id is {ids}; there are {len(vocabulary)}")
    return vocabulary[ids]


def load_corpus(
    lines: Sequence[str], *, max_tokens: int = -1
) -> tuple[list[int], list[str]]:
    """Make one list of ids of the characters of a text, and their vocabulary.

        ids = those of all cleaned lines, one after another; the first max_tokens of
        them unless max_tokens is −1.  The vocabulary is of the whole text.

    Units: max_tokens counts characters.

    Raises:
        ValueError: max_tokens is below −1.

    Source: Zhang et al., "Dive into Deep Learning", first edition, on text
        preprocessing (load_corpus_time_machine, where 0 means all, too).
    """
    check_least(-1, max_tokens=max_tokens)
    characters = tokenize([clean_line(line) for line in lines], token="char")
    vocabulary = token_vocabulary(characters)
    ids = [token_ids(token, vocabulary=vocabulary) for token in _flat(characters)]
    return ids[: None if max_tokens == -1 else max_tokens], vocabulary


def _flat(tokens: Sequence) -> Iterator:
    for token in tokens:
        if isinstance(token, list):
            yield from _flat(token)
        else:
            yield token
