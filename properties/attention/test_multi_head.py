"""The laws of reference/attention/multi_head.py, then its agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.bounded import bounded
from properties.attention.strategies import gentle
from properties.operations import ways
from properties.strategies import codes, full_width, sixteenths, whole_numbers
from reference.attention.multi_head import (
    multi_head_attention,
    self_attention,
    transpose_output,
    transpose_qkv,
)
from reference.attention.scaled_dot_product import scaled_dot_product_attention

# --- strategies

LENGTHS = st.sampled_from([1, 2, 3] * 6 + [16, 17])


@st.composite
def hiding(draw, shape, elements, *, kinds=3):
    """None, or a bool mask, or one of numbers; rarely one that hides whole rows."""
    kind, hides_rows = draw(whole_numbers((0, kinds - 1), (0, 5)))
    if kind == 0:
        return None
    shown = draw(codes(shape)) % 3 > 0
    if hides_rows < 5:
        shown[..., 0] = True
    return shown if kind == 1 else np.where(shown, draw(elements(shape)), -np.inf)


@st.composite
def sequences(draw, elements, *, kinds=3):
    """A sequence, weights as `self_attention` takes them, masks, and heads."""
    counts = [(1, 2), (1, 3), (1, 2), (0, 1), (0, 1), (0, 2)]
    batch, heads, features, has_bias, has_out_bias, masked = draw(
        whole_numbers(*counts)
    )
    length = draw(LENGTHS)
    if length > 3:
        batch, features = 1, 1
    embed = heads * features
    input = draw(elements((batch, length, embed)))
    weights = [
        draw(elements((3 * embed, embed))),
        draw(elements((3 * embed,))) if has_bias else None,
        draw(elements((embed, embed))),
        draw(elements((embed,))) if has_out_bias else None,
    ]
    padding = draw(hiding((batch, length), elements, kinds=kinds)) if masked else None
    shape = (length, length) if masked < 2 else (batch * heads, length, length)
    mask = draw(hiding(shape, elements, kinds=kinds)) if masked != 1 else None
    return (input, *weights, padding, mask), {"num_heads": heads}


@st.composite
def meetings(draw, elements):
    """Queries and other keys and values, weights of all kinds, masks, and options."""
    counts = [(1, 2), (1, 2), (1, 2), (1, 3), (1, 3), *[(1, 3)] * 2, *[(0, 1)] * 5]
    batch, heads, features, queries, keys, k, v, *has = draw(whole_numbers(*counts))
    embed = heads * features
    shapes = [(batch, queries, embed), (batch, keys, k), (batch, keys, v)]
    shapes += [(embed, embed), (embed, k), (embed, v)]
    tensors = [draw(elements(shape)) for shape in shapes]
    tensors.append(draw(elements((3 * embed,))) if has[0] else None)
    tensors.append(draw(elements((embed, embed))))
    tensors.append(draw(elements((embed,))) if has[1] else None)
    tensors += [draw(elements((embed,))) if has[2] else None for _ in "kv"]
    tensors.append(draw(hiding((batch, keys), elements)))
    shape = (queries, keys) if has[3] else (batch * heads, queries, keys)
    tensors.append(draw(hiding(shape, elements)))
    options = {"num_heads": heads, "add_zero_attn": bool(has[4])}
    options["need_weights"] = draw(st.booleans())
    options["average_attn_weights"] = draw(st.booleans())
    return tensors, options


@st.composite
def heads(draw, elements):
    """Features of several heads side by side."""
    batch, length, heads, features = draw(whole_numbers(*[(1, 3)] * 4))
    input = draw(elements((batch, length, heads * features)))
    return input, {"num_heads": heads}


def lifted(tensors):
    """Bounded numbers of arrays of floats; masks and None as they are."""
    *tensors, padding, mask = tensors
    return [t if t is None else bounded(t) for t in tensors] + [padding, mask]


# --- identities


@given(heads(sixteenths))
def test_transpose_output_undoes_transpose_qkv(example):
    """transpose_output(transpose_qkv(x)) = x"""
    input, options = example
    assert_equal(transpose_output(transpose_qkv(input, **options)), input)


@given(heads(sixteenths))
def test_transpose_qkv_gives_each_head_its_features(example):
    """y[:, h] = x[:, :, h · d : (h + 1) · d]"""
    input, options = example
    parts = np.split(input, options["num_heads"], axis=-1)
    assert_equal(transpose_qkv(input, **options), np.stack(parts, axis=1))


@given(sequences(gentle))
def test_self_attention_is_the_joint_of_its_heads(example):
    """Σ_h Wo[:, h] head_h + bo: a head's projections are rows of the packed weight"""
    (input, packed, bias, out, out_bias, padding, mask), options = example
    tensors = lifted((input, packed, bias, out, out_bias, padding, mask))
    heads, embed = options["num_heads"], input.shape[-1]
    total = 0
    for h in range(heads):
        rows = np.arange(embed).reshape(heads, -1)[h]
        head = single_head(tensors, rows, h, heads)
        total = total + head @ tensors[3][:, rows].T
    total = total if out_bias is None else total + tensors[4]
    assert_equal(self_attention(*tensors, **options), total)


def single_head(tensors, rows, h, heads):
    """One head alone: its part of the projections, and its masks."""
    input, packed, bias, _, _, padding, mask = tensors
    embed = input.shape[-1]
    parts = []
    for i in range(3):
        part = input @ packed[i * embed + rows].T
        parts.append(part if bias is None else part + bias[i * embed + rows])
    if mask is not None and mask.ndim == 3:
        mask = mask[h::heads]
    if padding is not None:
        mask = both(padding[:, None], mask)
    return scaled_dot_product_attention(*parts, mask)


def both(padding, mask):
    """Two masks as one of numbers."""
    masks = [m for m in (padding, mask) if m is not None]
    return sum(np.where(m, 0, -np.inf) if m.dtype == bool else m for m in masks)


# --- invariances


@given(sequences(gentle, kinds=1), st.randoms(use_true_random=False))
def test_self_attention_is_equivariant_under_reordering(example, random):
    """f(P x) = P f(x): without positions and masks, order means nothing"""
    (input, *weights, _, _), options = example
    order = random.sample(range(input.shape[1]), input.shape[1])
    tensors = lifted((input, *weights, None, None))
    moved = lifted((input[:, order], *weights, None, None))
    left, right = (self_attention(*t, **options) for t in (moved, tensors))
    assert_equal(left, right[:, order])


@given(sequences(gentle, kinds=2))
def test_self_attention_is_independent_of_padding(example):
    """Tokens that are hidden from all may change: those that are seen do not"""
    (input, *weights, _, _), options = example
    shown = np.arange(input.shape[1]) < (input.shape[1] + 1) // 2
    padding = np.broadcast_to(shown, input.shape[:2])
    other = np.where(shown[:, None], input, input + 1)
    left, right = (
        self_attention(*lifted((x, *weights, padding, None)), **options)[:, shown]
        for x in (input, other)
    )
    assert_equal(left, right)


@given(sequences(gentle))
def test_self_attention_is_independent_of_batch_neighbours(example):
    """f(x)[n] = f(x[n])"""
    tensors, options = example
    input, *weights, padding, mask = tensors
    if mask is not None and mask.ndim == 3:
        mask = mask[: options["num_heads"]]
    alone = (input[:1], *weights, None if padding is None else padding[:1], mask)
    left = self_attention(*lifted(alone), **options)
    assert_equal(left, self_attention(*lifted(tensors), **options)[:1])


@given(meetings(gentle))
def test_multi_head_attention_is_invariant_under_reordered_keys(example):
    """Keys, values and masks in reverse: the same output"""
    tensors, options = example
    options = options | {"need_weights": False}
    query, key, value, *rest, padding, mask = tensors
    moved = (query, key[:, ::-1], value[:, ::-1], *rest)
    masks = [m if m is None else m[..., ::-1] for m in (padding, mask)]
    left = multi_head_attention(*lifted((*moved, *masks)), **options)
    assert_equal(left, multi_head_attention(*lifted(tensors), **options))


@given(meetings(gentle))
def test_multi_head_attention_has_weights_that_sum_to_one(example):
    """Σ_j a[i, j] = 1, whatever is added to the keys"""
    (*tensors, _, _), options = example
    options = options | {"need_weights": True}
    tensors = lifted((*tensors, None, None))
    _, weights = multi_head_attention(*tensors, **options)
    total = weights.sum(-1)
    assert_equal(total, np.ones(total.shape))


# --- special cases


@given(meetings(gentle))
def test_multi_head_attention_with_zeros_added_is_with_a_bias_of_zeros(example):
    """add_zero_attn = bias_k and bias_v of 0, after the projections"""
    (*tensors, _, _, padding, mask), options = example
    zeros = np.zeros(tensors[0].shape[-1])
    left = lifted((*tensors, None, None, padding, mask))
    right = lifted((*tensors, zeros, zeros, padding, mask))
    kept = options | {"need_weights": False}
    assert_equal(
        multi_head_attention(*left, **kept | {"add_zero_attn": True}),
        multi_head_attention(*right, **kept | {"add_zero_attn": False}),
    )


# --- errors


def test_multi_head_attention_rejects_heads_that_do_not_divide():
    x, w = np.ones((1, 2, 3)), np.ones((3, 3))
    for reject in (
        lambda: multi_head_attention(x, x, x, w, w, w, None, w, None, num_heads=2),
        lambda: self_attention(x, np.ones((9, 3)), None, w, None, num_heads=2),
        lambda: transpose_qkv(x, num_heads=2),
    ):
        with pytest.raises(ValueError, match="num_heads is 2; it must divide embed 3"):
            reject()


@pytest.mark.parametrize("which", range(4))
@pytest.mark.parametrize("rows", [1, 3, 4])
def test_multi_head_attention_rejects_projections_to_other_features(which, rows):
    x, weights = np.ones((1, 2, 2)), [np.ones((2, 2))] * 4
    weights[which] = np.ones((rows, 2))
    q, k, v, out = weights
    with pytest.raises(ValueError, match="all must have 2 rows"):
        multi_head_attention(x, x, x, q, k, v, None, out, None, num_heads=1)


def test_transpose_qkv_and_transpose_output_reject_other_axes():
    with pytest.raises(ValueError, match="axes must be"):
        transpose_qkv(np.ones((2, 4)), num_heads=2)
    with pytest.raises(ValueError, match="axes must be"):
        transpose_output(np.ones((2, 3, 4)))


def test_self_attention_rejects_one_sequence_without_a_batch():
    x, w = np.ones((2, 2)), np.ones((2, 2))
    with pytest.raises(ValueError, match="axes must be"):
        self_attention(x, np.ones((6, 2)), None, w, None, num_heads=1)


@pytest.mark.parametrize(
    ("masks", "problem"),
    [
        ((np.ones((1, 3), bool), None), r"key_padding_mask has shape \(1, 3\)"),
        ((None, np.ones((3, 2), bool)), r"attn_mask has shape \(3, 2\)"),
        ((None, np.ones((2, 2, 2), bool)), r"attn_mask has shape \(2, 2, 2\)"),
    ],
)
def test_self_attention_rejects_masks_that_do_not_fit(masks, problem):
    x, w = np.ones((1, 2, 2)), np.ones((2, 2))
    with pytest.raises(ValueError, match=problem):
        self_attention(x, np.ones((6, 2)), None, w, None, *masks, num_heads=1)


# --- agreement


@given(meetings(gentle))
def test_multi_head_attention_agrees_with_backend(backend, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    masks = ("key_padding_mask", "attn_mask")
    agree(backend, multi_head_attention, *tensors, constant=masks, **options)


NAMES = (
    *("input", "in_proj_weight", "in_proj_bias", "out_proj_weight", "out_proj_bias"),
    *("key_padding_mask", "attn_mask"),
)


@pytest.mark.parametrize("way", ways("self_attention"))
@given(sequences(gentle))
def test_self_attention_agrees_with_backend(backend, way, example):
    """The backend is as close to the definition as its precision promises."""
    tensors, options = example
    constant = NAMES if way == "self_attention_fast_path" else NAMES[-2:]
    agree(backend, self_attention, *tensors, way=way, constant=constant, **options)


@given(heads(full_width))
def test_transpose_qkv_agrees_with_backend(backend, example):
    """The backend gives the definition's numbers, and their gradients."""
    input, options = example
    agree(backend, transpose_qkv, input, **options)


@given(heads(full_width))
def test_transpose_output_agrees_with_backend(backend, example):
    """The backend gives the definition's numbers, and their gradients."""
    input, options = example
    agree(backend, transpose_output, transpose_qkv(input, **options))
