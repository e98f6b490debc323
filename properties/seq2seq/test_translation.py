"""The laws of reference/seq2seq/translation.py, and agreement with backends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from properties.agreement import agree, assert_equal
from properties.strategies import codes, whole_numbers
from reference.masks.sequences import encode, vocabulary
from reference.seq2seq.translation import (
    build_array_nmt,
    preprocess_nmt,
    split_batches,
    tokenize_nmt,
)

# --- strategies

TEXT = st.text(alphabet="aB ,.!?\t\n\u202f\xa0é", max_size=12)

PARTS = st.lists(st.lists(st.sampled_from(["a", "b b", "", "c"]), max_size=3))
"""Lines, as their parts: of two of them each line ought to be."""

EOS, PADDING = 3, 1


@st.composite
def ids_of_sentences(draw, least=0):
    """Sequences of unequal lengths; and options."""
    count, num_steps, long, *lengths = draw(
        whole_numbers((1, 3), (0, 7), (0, 4), (0, 4), (0, 4), (0, 4))
    )
    if long == 1:
        num_steps, lengths[0] = 33, 40
    if long == 2:
        num_steps = 65
    sequences = [draw(codes((n,))).astype(np.int64) for n in lengths[:count]]
    sequences = [least + sequence % 9 for sequence in sequences]
    return sequences, {"num_steps": num_steps, "eos": EOS, "padding": PADDING}


@st.composite
def orders(draw):
    """Numbers of examples, and a size of minibatches; and options."""
    count, batch_size, drop_last = draw(whole_numbers((0, 9), (1, 5), (0, 1)))
    if draw(st.sampled_from([True, False, False, False])):
        count, batch_size = 33, 16
    order = draw(codes((count,))).astype(np.int64)
    return order, {"batch_size": batch_size, "drop_last": bool(drop_last)}


# --- text


def test_preprocess_nmt_of_the_books_example():
    """Marks become words, and spaces that do not break lines plain ones"""
    text = "Go.\tVa\u202f!\nHi.\tSalut\xa0!\nStop, now!\tArrête !"
    right = "go .\tva !\nhi .\tsalut !\nstop , now !\tarrête !"
    assert preprocess_nmt(text) == right


def test_preprocess_nmt_of_marks_in_a_row():
    """Each is a word, but for one at the very beginning, which has none before it"""
    assert preprocess_nmt("...") == ". . ."
    assert preprocess_nmt(". a") == ". a"
    assert preprocess_nmt("") == ""


@given(TEXT)
def test_preprocess_nmt_is_idempotent(text):
    """preprocess(preprocess(text)) = preprocess(text)"""
    once = preprocess_nmt(text)
    assert preprocess_nmt(once) == once


@given(TEXT)
def test_preprocess_nmt_adds_spaces_alone(text):
    """Without spaces it is the text in lower case; no mark but the first lacks one"""
    once = preprocess_nmt(text)
    assert "".join(once.split()) == "".join(text.lower().split())
    assert all(once[i - 1] == " " for i in range(1, len(once)) if once[i] in ",.!?")


@given(PARTS)
def test_tokenize_nmt_undoes_joining(lines):
    """Words joined by spaces, and sentences by a tab: what is no pair is left out"""
    text = "\n".join("\t".join(parts) for parts in lines)
    source, target = tokenize_nmt(text)
    pairs = [parts for parts in lines if len(parts) == 2]
    assert [[*map(" ".join, pair)] for pair in zip(source, target)] == pairs


@given(TEXT, st.integers(0, 4))
def test_tokenize_nmt_of_some_examples_is_a_prefix(text, count):
    """num_examples = n is as the first n lines are, by themselves"""
    left = tokenize_nmt(text, num_examples=count)
    lines = text.split("\n")[:count]
    assert left == tokenize_nmt("\n".join(lines))
    assert all(len(language) <= count for language in left)


def test_tokenize_nmt_reads_as_many_lines_as_it_is_asked_to():
    """The book's `if i > num_examples: break` reads one more"""
    text = "go .\tva !\nhi .\tsalut !\nrun !\tcours !"
    assert tokenize_nmt(text, num_examples=1) == ([["go", "."]], [["va", "!"]])
    source, target = tokenize_nmt(text)
    assert (source[2], target[1]) == (["run", "!"], ["salut", "!"])


# --- ids


@given(ids_of_sentences())
def test_build_array_nmt_has_the_sentences_and_their_ends(example):
    """y[n, : valid_lens[n]] begins [*sequences[n], eos], and padding follows"""
    sequences, options = example
    y, lens = build_array_nmt(*sequences, **options)
    assert y.shape == (len(sequences), options["num_steps"])
    for row, length, sequence in zip(y, lens, sequences):
        whole = [*sequence, EOS]
        assert length == min(len(whole), options["num_steps"])
        assert [*row[:length]] == whole[:length]
        assert (row[length:] == PADDING).all()


@given(ids_of_sentences(least=4))
def test_build_array_nmt_counts_what_is_no_padding(example):
    """valid_lens = Σ_t (y ≠ padding), where no token has padding's id; eos is there
    exactly where the sentence is shorter than num_steps
    """
    sequences, options = example
    y, lens = build_array_nmt(*sequences, **options)
    assert_equal(lens, (y != PADDING).sum(axis=1))
    fits = [len(sequence) < options["num_steps"] for sequence in sequences]
    assert [*(y == EOS).any(axis=1)] == fits


def test_build_array_nmt_of_a_token_with_the_id_of_padding():
    """The book counts ids that are not padding's; of [1, 5] it would see 2, not 3"""
    options = {"num_steps": 4, "eos": EOS, "padding": PADDING}
    y, lens = build_array_nmt(np.array([PADDING, 5]), **options)
    assert [*y[0]] == [PADDING, 5, EOS, PADDING]
    assert (lens[0], (y[0] != PADDING).sum()) == (3, 2)


def test_build_array_nmt_of_text():
    """From text to ids: words that come, their ends, and padding"""
    text = preprocess_nmt("Go.\tVa !\nHe runs fast!\tIl court vite !")
    source, _ = tokenize_nmt(text)
    words = [word for sentence in source for word in sentence]
    ids = vocabulary(["<unk>", "<bos>", "<eos>", *words])
    rows = [np.array(encode(words, ids=ids)) for words in source]
    eos, padding = ids["<eos>"], ids["<pad>"]
    y, lens = build_array_nmt(*rows, num_steps=4, eos=eos, padding=padding)
    assert_equal(y, np.array([[4, 5, 3, 0], [6, 7, 8, 9]]))
    assert_equal(lens, np.array([3, 4]))


@given(orders())
def test_split_batches_loses_the_last_alone(example):
    """Put together they are the order, but for fewer than batch_size, with drop_last"""
    order, options = example
    batches = split_batches(order, **options)
    joined = np.concatenate([order[:0], *batches])
    assert_equal(joined, order[: len(joined)])
    lost = len(order) % options["batch_size"] if options["drop_last"] else 0
    assert len(order) - len(joined) == lost
    assert all(len(batch) == options["batch_size"] for batch in batches[:-1])
    assert all(0 < len(batch) <= options["batch_size"] for batch in batches)


def test_split_batches_keeps_a_last_batch_that_is_full():
    batches = split_batches(np.arange(600), batch_size=300, drop_last=True)
    assert [len(batch) for batch in batches] == [300, 300]


# --- errors


def test_tokenize_nmt_rejects_fewer_than_no_examples():
    with pytest.raises(ValueError, match="num_examples is -1"):
        tokenize_nmt("a\tb", num_examples=-1)


def test_build_array_nmt_rejects_what_has_no_shape():
    options = {"eos": EOS, "padding": PADDING}
    with pytest.raises(ValueError, match="there are no sequences"):
        build_array_nmt(num_steps=1, **options)
    with pytest.raises(ValueError, match="num_steps is -1"):
        build_array_nmt(np.array([1]), num_steps=-1, **options)


def test_split_batches_rejects_what_does_not_fit():
    with pytest.raises(ValueError, match="batch_size is 0"):
        split_batches(np.arange(3), batch_size=0)
    with pytest.raises(ValueError, match="order has shape"):
        split_batches(np.ones((1, 1), int), batch_size=1)
    with pytest.raises(ValueError, match="order has shape"):
        split_batches(np.array(1), batch_size=1)


# --- agreement


@given(ids_of_sentences())
def test_build_array_nmt_agrees_with_backend(backend, example):
    """The backend gives the definition's ids and lengths."""
    sequences, options = example
    agree(backend, build_array_nmt, *sequences, **options)


@given(orders())
def test_split_batches_agrees_with_backend(backend, example):
    """The backend gives the definition's minibatches."""
    order, options = example
    agree(backend, split_batches, order, **options)
