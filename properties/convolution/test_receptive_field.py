"""The laws of reference/receptive_field.py, then its agreement with the backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.arithmetic.taped import gradient
from properties.strategies import per_axis, sixteenths, whole_numbers
from reference.convolution.convolution import conv1d
from reference.convolution.convolution_sizes import effective_kernel_size
from reference.convolution.receptive_field import dependencies, receptive_field

# --- strategies


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


# --- algebra


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


def test_receptive_field_of_the_notes():
    """Two layers of kernel 3 see as far as one of 5; four see 9, of 5 pixels too."""
    assert receptive_field([3, 3]) == receptive_field([5]) == 5
    assert receptive_field([3, 3, 3, 3]) == 9


def test_dependencies_of_many_layers():
    """300 kernels of one pixel see one"""
    layers = [1] * 300
    options = {"strides": layers, "paddings": [0] * 300, "dilations": layers}
    assert_equal(dependencies(layers, place=1, size=2, **options), np.array([1]))


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


def test_receptive_field_rejects_options_of_another_length():
    with pytest.raises(
        ValueError, match=r"strides is \[2\]; it takes 2, one per layer"
    ):
        receptive_field([3, 3], strides=[2])


@pytest.mark.parametrize("option", ["strides", "dilations"])
def test_receptive_field_rejects_numbers_below_one(option):
    with pytest.raises(ValueError, match=f"{option} is 0; it must be at least 1"):
        receptive_field([3, 3], **{option: [1, 0]})


def test_dependencies_reject_a_place_outside():
    with pytest.raises(ValueError, match="place is 3; the last layer has 3 outputs"):
        dependencies([3], place=3, size=5)


# --- agreement


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
