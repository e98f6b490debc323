"""The laws of reference/seq2seq/prediction.py, and agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.operations import tensor_names
from properties.recurrent.strategies import SHUT, fine, gentle
from properties.seq2seq.strategies import models
from properties.strategies import codes, whole_numbers
from reference.seq2seq.encoder_decoder import seq2seq
from reference.seq2seq.prediction import predict_seq2seq

# --- strategies


@st.composite
def prompts(draw, elements):
    """Models without targets, that write on their own; and options.

    With little bias and large embeddings: what is said depends on what was said before.
    """
    (source, lens, _, *weights), options = draw(models(elements))
    weights[1], weights[3] = 8 * weights[1], weights[3] / 16
    eos, num_steps = draw(st.sampled_from([(0, 3), (1, 3), (0, 2), (1, 1), (0, 4)]))
    return (source, lens, *weights), options | {"eos": eos, "num_steps": num_steps}


@st.composite
def chains(draw):
    """Models that say follow[k] after word k, and first after the source's; and follow.

    A unit for each word is 1 after that word, and 1/2 for the source's. bos is 3.
    """
    batch, num_steps, eos = draw(whole_numbers((1, 3), (1, 4), (0, 2)))
    code = draw(codes((6,))) % 3
    follow, source = code[:3].astype(int), code[3 : 3 + batch, None].astype(np.int64)
    units, zeros = np.eye(3), np.zeros((6, 3))
    gates = np.repeat([0, SHUT, 0], 3), np.zeros(9)
    encoder = np.concatenate([zeros, 4 * units]), np.zeros((9, 3)), *gates
    into = np.concatenate([4 * units, units / 2], axis=1)
    decoder = np.concatenate([np.zeros((6, 6)), into]), np.zeros((9, 3)), *gates
    words, said = np.eye(4, 3), np.eye(4)[:, follow]
    model = source, None, units, words, said, np.zeros(4), *encoder, *decoder
    return model, {"bos": 3, "eos": eos, "num_steps": num_steps}, follow


# --- what is said


@given(prompts(fine))
def test_predict_seq2seq_takes_the_greatest_logit(example):
    """token[t] = argmax y[t] of the teacher that says the same, up to an eos"""
    (source, lens, *weights), options = example
    tokens = predict_seq2seq(source, lens, *weights, **options)
    eos = options.pop("eos")
    assert tokens.shape == (len(source), options.pop("num_steps"))
    logits = seq2seq(source, lens, tokens, *weights, **options)
    for said, greatest in zip(tokens, logits.argmax(axis=-1)):
        end = [*said, eos].index(eos)
        assert_equal(said[: end + 1], greatest[: end + 1])
        assert (said[end:] == eos).all()


@given(prompts(fine))
def test_predict_seq2seq_writes_further(example):
    """predict(n)[:, : n − 1] = predict(n − 1)"""
    tensors, options = example
    options["num_steps"] += 1
    left = predict_seq2seq(*tensors, **options)[:, :-1]
    options["num_steps"] -= 1
    assert_equal(left, predict_seq2seq(*tensors, **options))


@given(chains())
def test_predict_seq2seq_says_what_it_hears_itself_say(example):
    """Of a model that says follow[k] after k, from the source on: that chain, to eos"""
    model, options, follow = example
    for (word,), said in zip(model[0], predict_seq2seq(*model, **options)):
        chain = [follow[word]]
        while len(chain) < len(said):
            chain.append(
                chain[-1] if chain[-1] == options["eos"] else follow[chain[-1]]
            )
        assert [*said] == chain


@given(prompts(fine))
def test_predict_seq2seq_stops(example):
    """A decoder whose bias is for eos alone says nothing else"""
    (source, lens, first, second, weight, bias, *weights), options = example
    bias = np.where(np.arange(len(bias)) == options["eos"], 1000.0, bias)
    tables = first, second, weight, bias
    tokens = predict_seq2seq(source, lens, *tables, *weights, **options)
    assert (tokens == options["eos"]).all()


@pytest.mark.parametrize("sign", [1, -1])
def test_predict_seq2seq_has_the_last_layer_for_its_context(sign):
    """Layers that end with 1 and with −1, and a decoder that says the context's sign"""
    into, last = np.array([[0.0], [0], [4]]), np.array([0.0, 0, 1])
    gates, zeros = np.array([0.0, SHUT, 0]), np.zeros((3, 1))

    def layer(weight, bias):
        return weight, zeros, gates + bias * last, np.zeros(3)

    encoder = *layer(zeros, sign), *layer(zeros, -sign)
    decoder = *layer(np.concatenate([zeros, into], axis=1), 0), *layer(into, 0)
    words = np.zeros((2, 1)), np.zeros((2, 1)), np.array([[1.0], [-1]]), np.zeros(2)
    options = {"bos": 0, "eos": 0, "num_steps": 1, "num_layers": 2}
    said = predict_seq2seq(np.array([[0]]), None, *words, *encoder, *decoder, **options)
    assert_equal(said, np.array([[int(sign > 0)]]))


# --- errors


def test_predict_seq2seq_rejects_no_steps():
    words, gru = np.zeros((1, 1)), [np.zeros((3, 1)), np.zeros((3, 1)), None, None]
    model = words, words, words, np.zeros(1), *gru, *gru
    with pytest.raises(ValueError, match="num_steps is 0"):
        predict_seq2seq(np.zeros((1, 1), int), None, *model, bos=0, eos=0, num_steps=0)


# --- agreement


@given(prompts(gentle))
def test_predict_seq2seq_agrees_with_backend(backend, example):
    """The backend writes the definition's tokens, where its precision decides."""
    tensors, options = example
    names = tensor_names(predict_seq2seq, len(tensors))
    agree(backend, predict_seq2seq, *tensors, constant=names, **options)


@given(chains())
def test_predict_seq2seq_of_chains_agrees_with_backend(backend, example):
    """The backend goes on from its own words, and each sequence ends by itself."""
    model, options, _ = example
    names = tensor_names(predict_seq2seq, len(model))
    agree(backend, predict_seq2seq, *model, constant=names, **options)
