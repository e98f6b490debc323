"""Inputs of encoders and decoders."""

import numpy as np
from hypothesis import strategies as st

from properties.recurrent.strategies import cell_shapes, gentle, size_of, split
from properties.strategies import codes, whole_numbers

EDGES = (
    *(("embedding", 65), ("words", 33), ("batch", 33), ("embedding", 33)),
    *(("words", 65), ("hidden", 33), ("time", 33), ("source_time", 33)),
    *(("words", 33), ("hidden", 33), ("embedding", 65), ("batch", 33)),
    *(("words", 65), ("source_time", 33), ("source_time", 33)),
)
"""Sizes that kernels and loops are cut into, and one more; many hidden units seldom:
they take long."""

MOST_CELLS = 4
"""Of all layers, steps and sequences of a batch: more would take long."""


def layer_shapes(features, hidden, num_layers, *, directions=1, has_biases=True):
    """Shapes of the weights of a gru's layers."""
    shapes = []
    for layer in range(num_layers):
        size = directions * hidden if layer else features
        cell = cell_shapes(3, size, hidden, has_biases=has_biases)
        shapes += directions * cell
    return shapes


def drawn_sizes(draw, *, most=MOST_CELLS):
    """Sizes of a small model, and some flags."""
    names = "batch", "source_time", "time", "embedding", "hidden", "words"
    ranges = (1, 3), (1, 3), (1, 3), (1, 2), (1, 2), (2, 4), (0, 255), (0, 255)
    *numbers, flags, more = draw(whole_numbers(*ranges))
    sizes = dict(zip(names, numbers))
    sizes["num_layers"] = 1 + (flags % 4 == 1)
    steps = most // sizes["num_layers"]
    sizes["batch"] = min(sizes["batch"], steps)
    for name in ("source_time", "time"):
        sizes[name] = min(sizes[name], steps // sizes["batch"])
    return sizes, flags >> 2, more


def wide_sizes(draw, *, most_hidden=33):
    """Sizes of a model that is wide in one place, and some flags."""
    flags, more = draw(whole_numbers((0, 255), (0, 255)))
    names = "batch", "source_time", "time", "embedding", "hidden", "num_layers"
    sizes = dict.fromkeys(names, 1) | {"words": 2}
    name, size = draw(st.sampled_from(EDGES))
    size = min(size, most_hidden) if name == "hidden" else size
    return sizes | {name: size}, flags >> 2, more


def either(strategy):
    """Small examples, and one wide one for two of them."""
    small = strategy(gentle)
    return st.one_of(small, strategy(gentle, is_wide=True), small)


def tokens_of(draw, sizes, *shape, extra=0):
    """Ids of words."""
    code = draw(codes(tuple(sizes[name] for name in shape)))
    return code.astype(np.int64) % (sizes["words"] + extra)


def lengths_of(draw, sizes, most, *, least=1):
    """The length of each sequence: the most, or a few less."""
    code = draw(codes((sizes["batch"],))).astype(np.int64)
    return sizes[most] - code % min(sizes[most] + 1 - least, 3)


@st.composite
def sources(draw, elements, *, is_wide=False, bidirectional=None):
    """Tokens, lengths, a table and weights; and options."""
    sizes, flags, more = wide_sizes(draw) if is_wide else drawn_sizes(draw, most=6)
    if is_wide and sizes["time"] > 1:
        sizes["source_time"] = sizes["time"]
    both = flags % 2 == 1 if bidirectional is None else bidirectional
    kept = {"directions": 1 + both, "has_biases": more % 8 != 1}
    layers = sizes["hidden"], sizes["num_layers"]
    shapes = [(sizes["words"], sizes["embedding"])]
    shapes += layer_shapes(sizes["embedding"], *layers, **kept)
    tokens = tokens_of(draw, sizes, "batch", "source_time")
    lens = lengths_of(draw, sizes, "source_time") if flags >> 2 & 3 != 1 else None
    weights = split(draw(elements((size_of(shapes),))), shapes)
    options = {"num_layers": sizes["num_layers"], "bidirectional": both}
    return (tokens, lens, *weights), options


@st.composite
def continuations(draw, elements, *, is_wide=False, has_context=None):
    """Tokens, a context, a state, a table and weights; and options."""
    sizes, flags, more = wide_sizes(draw) if is_wide else drawn_sizes(draw)
    shown = flags % 4 != 1 if has_context is None else has_context
    features = 1 + flags // 4 % 2
    layers, batch = (sizes["hidden"], sizes["num_layers"]), sizes["batch"]
    shapes = [(batch, features) if shown else None, (layers[1], batch, layers[0])]
    shapes += [(sizes["words"], sizes["embedding"]), (sizes["words"], layers[0])]
    shapes.append((sizes["words"],))
    width = sizes["embedding"] + features * shown
    shapes += layer_shapes(width, *layers, has_biases=more % 8 != 1)
    tokens = tokens_of(draw, sizes, "batch", "time")
    weights = split(draw(elements((size_of(shapes),))), shapes)
    return (tokens, *weights), {"num_layers": sizes["num_layers"]}


@st.composite
def models(draw, elements, *, is_wide=False):
    """Sources, lengths, targets, tables and weights; and options.

    The source has a word more than the target.
    """
    sizes, flags, more = (
        wide_sizes(draw, most_hidden=9) if is_wide else drawn_sizes(draw)
    )
    shown, has_biases = flags % 4 != 1, more % 8 != 1
    words, width, hidden = (sizes[n] for n in ("words", "embedding", "hidden"))
    layers = hidden, sizes["num_layers"]
    shapes = [(words + 1, width), (words, width), (words, hidden), (words,)]
    shapes += layer_shapes(width, *layers, has_biases=has_biases)
    shapes += layer_shapes(width + hidden * shown, *layers, has_biases=has_biases)
    source = tokens_of(draw, sizes, "batch", "source_time", extra=1)
    lens = lengths_of(draw, sizes, "source_time") if flags >> 2 & 3 != 1 else None
    target = tokens_of(draw, sizes, "batch", "time")
    weights = split(draw(elements((size_of(shapes),))), shapes)
    options = {"bos": more // 8 % words, "num_layers": sizes["num_layers"]}
    return (source, lens, target, *weights), options | {"has_context": shown}


def sequence(n, *batches):
    """One sequence of a batch; None stays."""
    return [None if batch is None else batch[n : n + 1] for batch in batches]


def other_words(tokens, words):
    """Other tokens in all places."""
    return (tokens + 1) % words
