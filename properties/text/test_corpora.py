"""The laws of reference/text/corpora.py. Its results are words and ids: exact."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.text.corpora import (
    clean_line,
    count_corpus,
    id_tokens,
    load_corpus,
    token_ids,
    token_vocabulary,
    tokenize,
)

# --- strategies

LINES = st.text("aBz .,-9\t\n'é", max_size=12)
"""Lines of letters of both cases, and of much that is no letter."""

TEXTS = st.lists(LINES, max_size=4)

WORDS = st.lists(st.sampled_from(["the", "a", "time", "<unk>", "<pad>"]), max_size=9)

CORPORA = st.lists(WORDS, max_size=4)


def flat(lists):
    return [token for line in lists for token in line]


# --- identities


@given(st.text(max_size=12))
def test_clean_line_is_the_notes_regular_expression(line):
    """Runs of what is no letter become spaces; none is left at the ends"""
    assert clean_line(line) == re.sub("[^A-Za-z]+", " ", line).strip().lower()


@given(st.text(max_size=12))
def test_clean_line_keeps_its_letters_in_their_order(line):
    """The letters of the result are those of the line, in lower case"""
    kept = "".join(c.lower() for c in line if c in string.ascii_letters)
    assert clean_line(line).replace(" ", "") == kept


@given(st.text(max_size=12))
def test_clean_line_leaves_letters_and_single_spaces(line):
    """No other character, no two spaces in a row, none at either end"""
    cleaned = clean_line(line)
    assert {*cleaned} <= {*string.ascii_lowercase, " "}
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()


@given(TEXTS)
def test_tokenize_round_trips_by_joining(lines):
    """Characters make the line again, words the cleaned line"""
    cleaned = [clean_line(line) for line in lines]
    assert ["".join(tokens) for tokens in tokenize(lines, token="char")] == lines
    words = tokenize(cleaned, token="word")
    assert [" ".join(tokens) for tokens in words] == cleaned


@given(CORPORA)
def test_count_corpus_adds_up_to_the_number_of_tokens(corpus):
    """Σ_v y[v] = how many tokens there are; each y[v] ≥ 1"""
    counts = count_corpus(corpus)
    assert sum(counts.values()) == len(flat(corpus))
    assert {*counts} == {*flat(corpus)}
    assert all(count == flat(corpus).count(v) for v, count in counts.items())


@given(CORPORA, st.integers(0, 3))
def test_token_ids_and_id_tokens_round_trip(corpus, min_freq):
    """Of known tokens, to_tokens(ids(t)) = t; of all ids, ids(to_tokens(i)) = i"""
    vocabulary = token_vocabulary(corpus, min_freq=min_freq)
    every = [*range(len(vocabulary))]
    assert id_tokens(every, vocabulary=vocabulary) == vocabulary
    assert token_ids(vocabulary, vocabulary=vocabulary) == every


@given(TEXTS)
def test_load_corpus_round_trips_to_the_cleaned_text(lines):
    """The characters of the ids are the cleaned lines, one behind another"""
    ids, vocabulary = load_corpus(lines, max_tokens=-1)
    text = "".join(id_tokens(ids, vocabulary=vocabulary))
    assert text == "".join(clean_line(line) for line in lines)


# --- algebra


@given(st.text(max_size=12))
def test_clean_line_is_idempotent(line):
    """clean(clean(line)) = clean(line)"""
    assert clean_line(clean_line(line)) == clean_line(line)


@given(LINES, LINES)
def test_clean_line_distributes_over_what_is_between_lines(first, second):
    """clean(a-b) = clean(a) and clean(b), with a space between if neither is empty"""
    left = clean_line(f"{first}-{second}")
    assert left == " ".join(filter(None, [clean_line(first), clean_line(second)]))


@given(CORPORA, CORPORA)
def test_count_corpus_is_additive_over_corpora(first, second):
    """y(a + b) = y(a) + y(b)"""
    one, other = count_corpus(first), count_corpus(second)
    both = {v: one.get(v, 0) + other.get(v, 0) for v in {**one, **other}}
    assert count_corpus(first + second) == both


@given(st.recursive(st.sampled_from("abc"), lambda inner: st.lists(inner, max_size=3)))
def test_token_ids_is_a_homomorphism_of_lists(tokens):
    """ids([a, [b, c]]) = [ids(a), [ids(b), ids(c)]], and back by id_tokens"""
    vocabulary = token_vocabulary(["a", "b", "a"])
    ids = token_ids(tokens, vocabulary=vocabulary)
    if isinstance(tokens, list):
        assert ids == [token_ids(token, vocabulary=vocabulary) for token in tokens]
    back = str(id_tokens(ids, vocabulary=vocabulary))
    assert back == str(tokens).replace("c", "<unk>")


# --- invariances


@given(CORPORA, st.randoms(use_true_random=False))
def test_count_corpus_is_invariant_under_the_order_and_the_lines(corpus, random):
    """Lists of lists count as one list does, in whatever order"""
    shuffled = random.sample(flat(corpus), len(flat(corpus)))
    assert count_corpus(corpus) == count_corpus(shuffled)
    assert count_corpus([corpus]) == count_corpus(corpus)


@given(CORPORA)
def test_token_vocabulary_is_sorted_by_frequency(corpus):
    """Behind <unk>: counts do not increase, and equals are as they appear"""
    counts = count_corpus(corpus)
    rest = [token for token in token_vocabulary(corpus) if token != "<unk>"]
    ranks = [(-counts[token], [*counts].index(token)) for token in rest]
    assert ranks == sorted(ranks)


@given(CORPORA, st.integers(0, 4))
def test_token_vocabulary_is_monotone_in_min_freq(corpus, min_freq):
    """A higher min_freq leaves out tokens, and changes no order"""
    more = token_vocabulary(corpus, min_freq=min_freq)
    fewer = token_vocabulary(corpus, min_freq=min_freq + 1)
    assert [token for token in more if token in fewer] == fewer
    counts = count_corpus(corpus)
    assert all(counts[v] == min_freq for v in {*more} - {*fewer})


@given(TEXTS, st.integers(0, 20))
def test_load_corpus_cut_off_is_a_prefix_of_the_whole(lines, max_tokens):
    """load(max_tokens) = load()[: max_tokens], with the same vocabulary"""
    every, vocabulary = load_corpus(lines)
    ids, same = load_corpus(lines, max_tokens=max_tokens)
    assert ids == every[:max_tokens]
    assert same == vocabulary
    assert all(1 <= token < len(vocabulary) for token in every)


# --- special cases


def test_token_vocabulary_begins_with_unk_and_reserved_tokens():
    """<unk> is 0, reserved tokens follow it, however rare they are"""
    options = {"min_freq": 2, "reserved_tokens": ["<pad>", "<bos>"]}
    vocabulary = token_vocabulary([["a", "b"], ["b", "<bos>"]], **options)
    assert vocabulary == ["<unk>", "<pad>", "<bos>", "b"]
    assert token_ids(["a", "b", "<pad>", ("x", "b")], vocabulary=vocabulary) == [
        *(0, 3, 1),
        [0, 3],
    ]


def test_count_corpus_takes_a_tuple_for_one_token():
    """("a", "b") is a token, as pairs of words are; ["a", "b"] are two"""
    assert count_corpus([("a", "b"), "a"]) == {("a", "b"): 1, "a": 1}
    assert count_corpus([["a", "b"], "a"]) == {"a": 2, "b": 1}


def test_tokenize_of_the_time_machines_title():
    """The notes' first lines, by words"""
    lines = ["The Time Machine, by H. G. Wells [1898]\n", "\n"]
    tokens = tokenize([clean_line(line) for line in lines], token="word")
    assert tokens == [["the", "time", "machine", "by", "h", "g", "wells"], []]


# --- the notes, corrected


def test_clean_line_replaces_runs_and_spaces_too():
    """The notes: what is no letter and no space becomes a space. Whole runs do"""
    line = "a  b--c 9 d"
    claimed = "".join(c if c in string.ascii_letters + " " else " " for c in line)
    assert claimed == "a  b  c   d"
    assert clean_line(line) == "a b c d"


def test_load_corpus_of_all_letters_has_twenty_eight_ids():
    """The notes: 28 = 16 + <unk> + the space. There are 26 letters"""
    ids, vocabulary = load_corpus(["Pack my box with five dozen liquor jugs"])
    assert len(vocabulary) == 28
    assert len({*vocabulary} & {*string.ascii_letters}) == 26 != 16
    assert len({*ids}) == 27


def test_token_vocabulary_has_no_token_twice():
    """The notes: ["<unk>"] + reserved_tokens. With <unk> reserved, ids have gaps"""
    reserved = ["<unk>", "<pad>"]
    claimed = ["<unk>", *reserved]
    assert len({token: i for i, token in enumerate(claimed)}) != len(claimed)
    vocabulary = token_vocabulary(["a"], reserved_tokens=reserved)
    assert vocabulary == ["<unk>", "<pad>", "a"]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("freqs = sorted([2, 1])", ""),
        ("unk", " = 0"),
        ("def seq_data_iter_random(corpus, num_steps", "): pass"),
    ],
)
def test_token_vocabulary_of_the_notes_is_no_python(before, behind):
    """The notes: strings behind expressions, as comments. Those begin with #"""
    with pytest.raises(SyntaxError):
        compile(f"{before}'''tau'''{behind}", "notes", "exec")
    compile(f"{before}{behind}  # tau", "notes", "exec")


# --- errors


def test_tokenize_rejects_another_token():
    with pytest.raises(ValueError, match="token is 'line'"):
        tokenize(["a"], token="line")


@pytest.mark.parametrize("number", [-1, 2])
def test_id_tokens_rejects_what_is_no_id(number):
    with pytest.raises(ValueError, match=f"an id is {number}; there are 2"):
        id_tokens([[0], number], vocabulary=["<unk>", "a"])


def test_load_corpus_rejects_max_tokens_below_minus_one():
    with pytest.raises(ValueError, match="max_tokens is -2"):
        load_corpus(["a"], max_tokens=-2)
