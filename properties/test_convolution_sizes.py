"""The laws of reference/convolution_sizes.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import per_axis, sixteenths, whole_numbers
from reference.convolution import conv1d
from reference.convolution_sizes import (
    dependencies,
    effective_kernel_size,
    padding_for_output_size,
    receptive_field,
    same_output_size,
    total_padding_output_size,
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


@st.composite
def stacks(draw, *, padded=True):
    """A signal's size, kernels of one to three layers that fit, and their options."""
    layers, room = draw(whole_numbers((1, 3), (0, 6)))
    numbers = draw(per_axis(3 * layers, 1, 3))
    kernel_sizes, options = numbers[::3], {"strides": numbers[1::3]}
    options["dilations"] = numbers[2::3]
    if padded:
        options["paddings"] = draw(per_axis(layers, 0, 2))
    size = receptive_field(kernel_sizes, strides=numbers[1::3], dilations=numbers[2::3])
    return (size + room, kernel_sizes), options


def stacked(x, kernel_sizes, strides, dilations, paddings=(0, 0, 0)):
    """A stack of convolutions with weights of one: what it can read, it does read."""
    for k, s, d, p in zip(kernel_sizes, strides, dilations, paddings):
        x = conv1d(x, np.ones((1, 1, k)), stride=s, dilation=d, padding=p)
    return x


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


@given(stacks(padded=False), stacks(padded=False))
def test_receptive_field_of_a_stack_of_stacks(below, above):
    """r(a, b) = r(a) + (r(b) − 1) · Π strides of a"""
    (_, a), low = below
    (_, b), high = above
    both = {name: low[name] + high[name] for name in low}
    jump = int(np.prod(low["strides"]))
    left = receptive_field(a + b, **both)
    assert left == receptive_field(a, **low) + (receptive_field(b, **high) - 1) * jump


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


@given(stacks(padded=False), st.integers(1, 9))
def test_receptive_field_is_invariant_under_the_last_stride(stack, stride):
    """r does not depend on the stride of the last layer."""
    (_, kernel_sizes), options = stack
    left = receptive_field(kernel_sizes, **options)
    options["strides"] = (*options["strides"][:-1], stride)
    assert left == receptive_field(kernel_sizes, **options)


@given(stacks(padded=False), st.integers(0, 5))
def test_dependencies_are_equivariant_under_translation(stack, place):
    """D(i) = D(0) + i · Π strides, without padding"""
    (size, kernel_sizes), options = stack
    step = place * int(np.prod(options["strides"]))
    first = dependencies(kernel_sizes, place=0, size=size, **options)
    left = dependencies(kernel_sizes, place=place, size=size + step, **options)
    assert_equal(left, first + step)


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


@given(st.integers(1, 9), kernels)
def test_receptive_field_reduces_to_layers_times_kernel(layers, kernel):
    """r = 1 + L · (k − 1) where strides and dilations are 1"""
    assert receptive_field([kernel] * layers) == 1 + layers * (kernel - 1)


@given(kernels, kernels, kernels)
def test_receptive_field_of_one_layer_is_its_effective_kernel_size(kernel, s, d):
    """r = e(k, d)"""
    left = receptive_field([kernel], strides=[s], dilations=[d])
    assert left == effective_kernel_size(kernel, dilation=d)


def test_receptive_field_grows_with_strides_and_dilations():
    """Three layers of kernel 3 see 7, 15 and 13 pixels."""
    assert receptive_field([3, 3, 3]) == 7
    assert receptive_field([3, 3, 3], strides=[2, 2, 2]) == 15
    assert receptive_field([3, 3, 3], dilations=[2, 2, 2]) == 13


@given(stacks(padded=False))
def test_receptive_field_is_the_least_size_that_gives_an_output(stack):
    """The stack makes one output of r pixels, and none of r − 1."""
    (_, kernel_sizes), options = stack
    size = receptive_field(kernel_sizes, **options)
    assert len(dependencies(kernel_sizes, place=0, size=size, **options)) > 0
    with pytest.raises(ValueError, match="place is 1; the last layer has 1 output"):
        dependencies(kernel_sizes, place=1, size=size, **options)
    with pytest.raises(ValueError, match="more than size"):
        dependencies(kernel_sizes, place=0, size=size - 1, **options)


@given(stacks(padded=False))
def test_dependencies_span_the_receptive_field(stack):
    """D(0) runs from 0 to r − 1, without padding"""
    (size, kernel_sizes), options = stack
    pixels = dependencies(kernel_sizes, place=0, size=size, **options)
    assert pixels[0] == 0
    assert pixels[-1] == receptive_field(kernel_sizes, **options) - 1


@given(st.integers(1, 50), st.integers(1, 50))
def test_dependencies_of_a_dilated_kernel_leave_holes(kernel, dilation):
    """|D| = k, whatever the dilation: of 25 pixels 9 are read, never more"""
    size = effective_kernel_size(kernel, dilation=dilation)
    pixels = dependencies([kernel], place=0, size=size, dilations=[dilation])
    assert_equal(pixels, np.arange(0, size, dilation))


# --- gradients


@given(stacks(), st.integers(0, 99))
def test_dependencies_are_where_the_gradient_is(stack, place):
    """D(i) = {j : ∂y[i] / ∂x[j] ≠ 0} for positive weights"""
    (size, kernel_sizes), options = stack

    def outputs(x):
        return stacked(x, kernel_sizes, **options)

    x = np.ones((1, 1, size))
    cotangent = np.zeros_like(outputs(x))
    place %= cotangent.size
    cotangent[..., place] = 1
    [jacobian] = gradient(outputs, [x], cotangent)
    pixels = dependencies(kernel_sizes, place=place, size=size, **options)
    assert_equal(np.flatnonzero(jacobian != 0), pixels)


@given(stacks(), st.integers(0, 99), sixteenths((64,)))
def test_dependencies_are_all_that_an_output_depends_on(stack, place, noise):
    """y[i] stays when pixels outside D(i) change, and changes when one inside does."""
    (size, kernel_sizes), options = stack
    before = stacked(np.zeros((1, 1, size)), kernel_sizes, **options)
    place %= before.size
    pixels = dependencies(kernel_sizes, place=place, size=size, **options)
    x = np.resize(noise, (1, 1, size))
    x[..., pixels] = 0
    assert stacked(x, kernel_sizes, **options)[..., place] == 0
    for pixel in pixels[:3]:
        x[..., pixel] = 1
        assert stacked(x, kernel_sizes, **options)[..., place] > 0


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
    ("name", "least"), [("stride", 1), ("total_padding", 0), ("dilation", 1)]
)
def test_total_padding_output_size_rejects_options_out_of_range(name, least):
    with pytest.raises(ValueError, match=f"{name} is {least - 1}; it must be at least"):
        total_padding_output_size(5, 3, **{name: least - 1})


def test_same_output_size_rejects_a_stride_below_one():
    with pytest.raises(ValueError, match="stride is 0; it must be at least 1"):
        same_output_size(5, stride=0)


def test_padding_for_output_size_rejects_a_size_that_needs_uneven_sides():
    with pytest.raises(ValueError, match="no padding of size 5 gives 5 outputs"):
        padding_for_output_size(5, 4, 5)


def test_receptive_field_rejects_options_of_another_length():
    with pytest.raises(
        ValueError, match=r"strides is \[2\]; it takes 2, one per layer"
    ):
        receptive_field([3, 3], strides=[2])


def test_dependencies_reject_a_place_outside():
    with pytest.raises(ValueError, match="place is 3; the last layer has 3 outputs"):
        dependencies([3], place=3, size=5)


# --- agreement


@given(windows(most=1000))
def test_total_padding_output_size_agrees_with_backend(backend, sizes):
    """The backend's convolution has the size that the formula says."""
    (size, kernel), options = sizes
    options["total_padding"] = 2 * options.pop("padding") + size % 2
    sizes = np.array(size), np.array(kernel)
    agree(backend, total_padding_output_size, *sizes, **options)


@given(stacks(padded=False))
def test_receptive_field_agrees_with_backend(backend, stack):
    """The backend's outputs depend on as many pixels as the recurrence says."""
    (_, kernel_sizes), options = stack
    agree(backend, receptive_field, np.array(kernel_sizes), **options)


@given(stacks(), st.integers(0, 99))
def test_dependencies_agrees_with_backend(backend, stack, place):
    """The backend's outputs depend on the pixels that the definition lists."""
    (size, kernel_sizes), options = stack
    options["place"] = (
        place % stacked(np.ones((1, 1, size)), kernel_sizes, **options).size
    )
    agree(backend, dependencies, np.array(kernel_sizes), size=size, **options)
