"""The laws of reference/convolution_sizes.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from properties.agreement import agree
from properties.strategies import per_axis
from reference.convolution.convolution_sizes import (
    effective_kernel_size,
    padding_for_output_size,
    restoring_output_padding,
    same_output_size,
    total_padding_output_size,
    transposed_output_size,
)
from reference.windows import output_size

# --- strategies


@st.composite
def windows(draw, *, most=10**6):
    """A size, a kernel that fits into it when padded, and the window's options."""
    kernel, stride, dilation = (draw(st.integers(1, most)) for _ in range(3))
    padding, room = (draw(st.integers(0, most)) for _ in range(2))
    options = {"stride": stride, "padding": padding, "dilation": dilation}
    size = max(1, dilation * (kernel - 1) + 1 - 2 * padding) + room
    return (size, kernel), options


kernels = st.integers(1, 10**6)

# --- identities


@given(windows())
def test_output_size_counts_the_windows_that_fit(sizes):
    """(o − 1) · stride + reach ≤ size + 2 · padding < o · stride + reach"""
    (size, kernel), options = sizes
    places = output_size(size, kernel, **options)
    reach = options["dilation"] * (kernel - 1) + 1
    last = (places - 1) * options["stride"] + reach
    assert places >= 1
    assert last <= size + 2 * options["padding"] < last + options["stride"]


@given(windows())
def test_total_padding_output_size_is_output_size(sizes):
    """⌊(n − reach + P + s) / s⌋ = ⌊(n + 2p − reach) / s⌋ + 1 where P = 2p"""
    (size, kernel), options = sizes
    left = output_size(size, kernel, **options)
    total = 2 * options.pop("padding")
    right = total_padding_output_size(size, kernel, total_padding=total, **options)
    assert left == right


@given(windows())
def test_total_padding_output_size_is_that_of_a_longer_signal(sizes):
    """o(n, total_padding = P) = o(n + P), for an odd P too"""
    (size, kernel), options = sizes
    total = 2 * options.pop("padding") + 1
    left = total_padding_output_size(size, kernel, total_padding=total, **options)
    assert left == output_size(size + total, kernel, **options)


@given(windows())
def test_output_size_of_a_dilated_kernel_is_that_of_its_effective_size(sizes):
    """o(kernel, dilation) = o(dilation · (kernel − 1) + 1, 1)"""
    (size, kernel), options = sizes
    left = output_size(size, kernel, **options)
    dense = effective_kernel_size(kernel, dilation=options.pop("dilation"))
    assert left == output_size(size, dense, **options)


@given(kernels, kernels, kernels)
def test_effective_kernel_size_composes(kernel, a, b):
    """e(e(k, a), b) = e(k, a · b)"""
    inner = effective_kernel_size(kernel, dilation=a)
    left = effective_kernel_size(inner, dilation=b)
    assert left == effective_kernel_size(kernel, dilation=a * b)


@given(kernels, kernels)
def test_effective_kernel_size_has_identity_one(kernel, dilation):
    """e(k, 1) = k, e(1, d) = 1"""
    assert effective_kernel_size(kernel) == kernel
    assert effective_kernel_size(kernel, dilation=1) == kernel
    assert effective_kernel_size(1, dilation=dilation) == 1


# --- algebra


@given(windows())
def test_padding_for_output_size_inverts_output_size(sizes):
    """o(p*) = o(p) with the least p*, so p* ≤ p"""
    (size, kernel), options = sizes
    wanted = output_size(size, kernel, **options)
    padding = options.pop("padding")
    least = padding_for_output_size(size, kernel, wanted, **options)
    assert least <= padding
    assert output_size(size, kernel, padding=least, **options) == wanted


@given(per_axis(5, 1, 9))
@example((6, 3, 3, 2, 1))
def test_padding_for_output_size_finds_the_least_or_none(numbers):
    """p* = min {p : o(p) = wanted}, and ValueError where that set is empty"""
    size, kernel, wanted, stride, dilation = numbers
    options = {"stride": stride, "dilation": dilation}
    reach = dilation * (kernel - 1) + 1
    fits = range(max(0, (reach - size + 1) // 2), reach + stride * wanted)
    found = [
        p for p in fits if output_size(size, kernel, padding=p, **options) == wanted
    ]
    if found:
        assert padding_for_output_size(size, kernel, wanted, **options) == found[0]
    else:
        with pytest.raises(
            ValueError, match=f"no padding of size {size} gives {wanted}"
        ):
            padding_for_output_size(size, kernel, wanted, **options)


# --- invariances


@given(windows(), st.integers(0, 10**6))
def test_output_size_is_monotone_in_the_size_and_padding(sizes, more):
    """o(n) ≤ o(n + a), o(p) ≤ o(p + a)"""
    (size, kernel), options = sizes
    places = output_size(size, kernel, **options)
    assert places <= output_size(size + more, kernel, **options)
    options["padding"] += more
    assert places <= output_size(size, kernel, **options)


@given(windows(), st.integers(1, 10**6))
def test_output_size_is_antitone_in_kernel_stride_and_dilation(sizes, fewer):
    """o(k) ≤ o(k') for k' ≤ k, and so for stride and dilation"""
    (size, kernel), options = sizes
    places = output_size(size, kernel, **options)
    assert places <= output_size(size, min(kernel, fewer), **options)
    for name in ("stride", "dilation"):
        smaller = {**options, name: min(options[name], fewer)}
        assert places <= output_size(size, kernel, **smaller)


@given(windows(most=100), st.integers(0, 99))
def test_output_size_is_invariant_under_pixels_that_the_stride_skips(sizes, more):
    """o(n + a) = o(n) for a < stride, if the stride divides n + 2p − reach"""
    (size, kernel), options = sizes
    reach = effective_kernel_size(kernel, dilation=options["dilation"])
    rest = (size + 2 * options["padding"] - reach) % options["stride"]
    more %= options["stride"]
    size += -rest % options["stride"]
    left = output_size(size + more, kernel, **options)
    assert left == output_size(size, kernel, **options)


# --- special cases


@given(kernels, st.integers(0, 10**6))
def test_output_size_reduces_to_the_difference(kernel, room):
    """o = n − k + 1 where stride is 1 and padding 0"""
    assert output_size(kernel + room, kernel) == room + 1
    assert total_padding_output_size(kernel + room, kernel) == room + 1


@given(kernels, kernels, kernels, kernels)
def test_same_output_size_is_what_total_padding_of_reach_minus_one_gives(
    size, kernel, stride, dilation
):
    """⌈n / s⌉ = o(P = d · (k − 1)) = ⌊(n + s − 1) / s⌋"""
    total = dilation * (kernel - 1)
    options = {"stride": stride, "total_padding": total, "dilation": dilation}
    places = same_output_size(size, stride=stride)
    assert places == total_padding_output_size(size, kernel, **options)
    assert places == (size + stride - 1) // stride


@given(kernels, kernels)
def test_same_output_size_divides_only_where_the_stride_does(size, stride):
    """n / s ≤ o < n / s + 1, and o = n / s if and only if s divides n"""
    places = same_output_size(size, stride=stride)
    assert size <= places * stride < size + stride
    assert (places * stride == size) == (size % stride == 0)


@given(windows())
def test_output_size_without_padding_is_bounded_by_the_stride(sizes):
    """o < n / s + 1 where p = 0, whatever the kernel"""
    (size, kernel), options = sizes
    size += 2 * options.pop("padding")
    places = output_size(size, kernel, **options)
    assert (places - 1) * options["stride"] < size


def test_output_size_need_not_be_the_size_over_the_stride():
    """A stride of 2 does not halve, of 3 not divide by three: the kernel counts too."""
    assert output_size(10, 3, stride=2) == 4
    assert output_size(7, 2, stride=2) == 3
    assert output_size(8, 3, stride=3, padding=1) == 3


@given(kernels, kernels, kernels)
def test_output_size_is_the_input_size_with_half_padding_of_odd_kernels_only(
    size, kernel, dilation
):
    """o = n if and only if k is odd, where p = (k − 1) // 2 (dilated: · d)"""
    half = (kernel - 1) // 2
    size += kernel - 1
    assert (output_size(size, kernel, padding=half) == size) == (kernel % 2 == 1)
    dilated = {"padding": half * dilation, "dilation": dilation}
    assert output_size(size * dilation, 2 * half + 1, **dilated) == size * dilation


@given(windows())
def test_padding_for_output_size_reduces_to_half_the_kernel(sizes):
    """p* = (k − 1) / 2 for o = n, stride and dilation 1 and an odd kernel"""
    (size, half), _ = sizes
    assert padding_for_output_size(size, 2 * half + 1, size) == half


@given(windows())
def test_restoring_output_padding_gives_the_size_back(sizes):
    """sizeT(o(n), output_padding = (n + 2p − reach) mod s) = n"""
    (size, kernel), options = sizes
    places = output_size(size, kernel, **options)
    more = restoring_output_padding(size, kernel, **options)
    assert (
        transposed_output_size(places, kernel, output_padding=more, **options) == size
    )


@given(windows())
def test_transposed_output_size_restores_what_the_stride_divides(sizes):
    """sizeT(o(n)) = n − r, r = (n + 2p − reach) mod s: n if and only if s divides"""
    (size, kernel), options = sizes
    size += options["stride"]
    reach = effective_kernel_size(kernel, dilation=options["dilation"])
    rest = (size + 2 * options["padding"] - reach) % options["stride"]
    places = output_size(size, kernel, **options)
    assert transposed_output_size(places, kernel, **options) == size - rest


def test_transposed_output_size_restores_16_pixels_but_not_17():
    """Kernel 5, padding 2, stride 3: 16, 17 and 18 pixels give 6, and 6 gives 16."""
    options = {"stride": 3, "padding": 2}
    for size in (16, 17, 18):
        assert output_size(size, 5, **options) == 6
        assert restoring_output_padding(size, 5, **options) == size - 16
    assert transposed_output_size(6, 5, **options) == 16


def test_transposed_output_size_may_shrink():
    """It need not enlarge: kernel 2 with padding 1 makes one pixel of two."""
    assert transposed_output_size(2, 2, padding=1) == 1
    assert transposed_output_size(5, 3, padding=1) == 5


def test_output_size_of_the_notes():
    """Kernel 3: 10 pixels make 8, and 5 make 3, or 5 with one pixel of padding."""
    assert output_size(10, 3) == 8
    assert output_size(5, 3) == 3
    assert output_size(5, 3, padding=1) == 5


def test_output_size_is_rounded_down():
    """The notes: (6 − 3) / 2 + 1 without a floor is 2.5; and 8 pixels round upwards."""
    assert output_size(6, 3, stride=2) == 2
    assert output_size(8, 3, stride=2) == 3


def test_output_size_counts_the_pixels_that_dilation_skips():
    """The notes: ⌊(n + 2p − f) / s⌋ + 1 is 5 for 7 pixels, kernel 3 and dilation 2."""
    assert (7 + 2 * 0 - 3) // 1 + 1 == 5
    assert output_size(7, 3, dilation=2) == 3


def test_output_size_shrinks_only_where_the_kernel_is_larger_than_a_pixel():
    """The notes: each convolution shrinks. One pixel does not, and padding enlarges."""
    assert output_size(5, 1) == 5
    assert output_size(3, 1, padding=1) == 5
    assert output_size(1, 2, padding=1) == 2


def test_output_size_of_an_even_kernel():
    """The notes: no even ones. One of 4 with stride 2 and padding 1 halves 8 to 4."""
    assert output_size(8, 4, stride=2, padding=1) == 4


def test_effective_kernel_size_is_dense_at_dilation_one():
    """The notes: 3 at dilation 0, and 5 at 1. It is 3 at 1, 5 at 2 and none at 0."""
    assert effective_kernel_size(3, dilation=1) == 3
    assert effective_kernel_size(3, dilation=2) == 5
    with pytest.raises(ValueError, match="dilation"):
        effective_kernel_size(3, dilation=0)


def test_total_padding_output_size_takes_both_sides_together():
    """The notes: n − k + p + 1 beside n − k + 2p + 1, with one letter for both."""
    assert total_padding_output_size(8, 3, total_padding=1) == 7
    assert output_size(8, 3, padding=1) == 8
    assert output_size(8, 3, padding=3 - 1) == 10


def test_padding_for_output_size_of_each_axis_is_by_its_own_size():
    """The notes: the width's padding by the height: 3, which makes 13 pixels of 9."""
    height, width = 5, 9
    by_height = (width - 1 + (3 - 1) - height + 1) // 2
    assert output_size(width, 3, padding=by_height) == 13
    assert padding_for_output_size(width, 3, width) == 1


def test_padding_for_output_size_need_not_solve_the_formula_without_a_floor():
    """The notes: p = (s (o − 1) + k − n) / 2, here 1 / 2; but p = 1 makes 3 of 6."""
    assert (2 * (3 - 1) + 3 - 6) / 2 == 0.5
    assert padding_for_output_size(6, 3, 3, stride=2) == 1


# --- errors


def test_sizes_reject_a_kernel_that_outgrows_the_signal():
    with pytest.raises(ValueError, match="more than size 4 with padding 0"):
        output_size(4, 5, stride=2)
    with pytest.raises(ValueError, match="more than size 3 with total_padding 1"):
        total_padding_output_size(3, 3, dilation=2, total_padding=1)


@pytest.mark.parametrize("name", ["kernel", "dilation"])
def test_effective_kernel_size_rejects_less_than_one(name):
    with pytest.raises(ValueError, match=f"{name} is 0; it must be at least 1"):
        effective_kernel_size(**{"kernel": 3, name: 0})


@pytest.mark.parametrize(
    ("function", "numbers", "name", "least"),
    [
        (total_padding_output_size, {"size": 5, "kernel": 3}, "size", 0),
        (total_padding_output_size, {"size": 5, "kernel": 3}, "stride", 1),
        (total_padding_output_size, {"size": 5, "kernel": 3}, "total_padding", 0),
        (total_padding_output_size, {"size": 5, "kernel": 3}, "dilation", 1),
        (same_output_size, {"size": 5}, "size", 0),
        (same_output_size, {"size": 5}, "stride", 1),
        (padding_for_output_size, {"size": 5, "kernel": 3, "wanted": 5}, "size", 0),
        (padding_for_output_size, {"size": 5, "kernel": 3, "wanted": 5}, "wanted", 1),
        (padding_for_output_size, {"size": 5, "kernel": 3, "wanted": 5}, "stride", 1),
        (transposed_output_size, {"size": 5, "kernel": 3}, "size", 1),
        (transposed_output_size, {"size": 5, "kernel": 3}, "stride", 1),
        (transposed_output_size, {"size": 5, "kernel": 3}, "padding", 0),
        (transposed_output_size, {"size": 5, "kernel": 3}, "output_padding", 0),
    ],
)
def test_sizes_reject_numbers_out_of_range(function, numbers, name, least):
    message = f"{name} is {least - 1}; it must be at least {least}"
    with pytest.raises(ValueError, match=message):
        function(**{**numbers, name: least - 1})


def test_sizes_take_an_empty_signal_that_padding_fills():
    """0 pixels and 2 of padding hold a kernel of 2 once."""
    assert total_padding_output_size(0, 2, total_padding=2) == 1
    assert padding_for_output_size(0, 2, 1) == 1
    assert same_output_size(0) == 0


def test_padding_for_output_size_rejects_a_size_that_needs_uneven_sides():
    with pytest.raises(ValueError, match="no padding of size 5 gives 5 outputs"):
        padding_for_output_size(5, 4, 5)


# --- agreement


@given(windows(most=1000))
def test_total_padding_output_size_agrees_with_backend(backend, sizes):
    """The backend's convolution has the size that the formula says."""
    (size, kernel), options = sizes
    options["total_padding"] = 2 * options.pop("padding") + size % 2
    sizes = np.array(size), np.array(kernel)
    agree(backend, total_padding_output_size, *sizes, **options)


@given(windows(most=100), st.integers(0, 99))
def test_transposed_output_size_agrees_with_backend(backend, sizes, more):
    """The backend's transposed convolution has the size that the formula says."""
    (size, kernel), options = sizes
    reach = effective_kernel_size(kernel, dilation=options["dilation"])
    options["padding"] %= ((size - 1) * options["stride"] + reach + 1) // 2
    options["output_padding"] = more % max(options["stride"], options["dilation"])
    agree(backend, transposed_output_size, np.array(size), np.array(kernel), **options)
