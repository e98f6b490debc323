"""What a layer over a sequence costs, and how far apart it leaves two tokens."""

from reference.arguments import check_least


def self_attention_products(*, length: int, features: int) -> int:
    """Count the products of self-attention, without its projections.

        2 · n² · d:  n² scores of d products, and n² weights times d features

    Units: length n counts tokens, features d numbers.

    Raises:
        ValueError: a count below 1.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), table 1,
        which leaves constant factors out.
    """
    check_least(1, length=length, features=features)
    return 2 * length * length * features


def recurrent_products(*, length: int, features: int) -> int:
    """Count the products by the hidden state of a recurrent layer.

        n · d²:  at each step a matrix of d × d

    Units: length n counts tokens, features d numbers.

    Raises:
        ValueError: a count below 1.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), table 1.
    """
    check_least(1, length=length, features=features)
    return length * features * features


def convolution_products(*, length: int, features: int, kernel: int) -> int:
    """Count the products of a convolution over a sequence, as long as before.

        k · n · d²:  at each place k matrices of d × d, counting those in the padding

    Units: length n counts tokens, features d numbers, kernel k tokens.

    Raises:
        ValueError: a count below 1.

    Source: Vaswani et al., "Attention Is All You Need" (arXiv:1706.03762), table 1.
    """
    check_least(1, length=length, features=features, kernel=kernel)
    return kernel * length * features * features


def longest_path(*, layer: str, length: int, kernel: int = 1) -> int:
    """Count the layers or steps between the first token and the last.

        self-attention 1;  recurrent n;  convolutions of k that do not overlap ⌈n / k⌉

    Units: length n and kernel k count tokens.

    Raises:
        ValueError: another layer than those three; a count below 1.

    Source: Zhang et al., "Dive into Deep Learning", section 11.6.2.
    """
    check_least(1, length=length, kernel=kernel)
    paths = {
        "self-attention": 1,
        "recurrent": length,
        "convolution": -(-length // kernel),
    }
    if layer not in paths:
        raise ValueError(f"layer is {layer!r}; it must be one of {', '.join(paths)}")
    return paths[layer]
