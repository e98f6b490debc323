"""Equivalent mutants of sequences: text, recurrence, search and scores."""

from selftest.measure.equivalent.each import each

EQUIVALENT = {
    **each(
        "reference.numbers.quotient",
        "nothing = isinstance(a, int) and isinstance(b, int | float) and a == b == 0",
        "a is not below 0, and is 0 where b is",
        *(
            f"nothing = isinstance(a, int) and isinstance(b, int | float) and {same}"
            for same in ("a <= b == 0", "a >= b == 0", "a == b <= 0")
        ),
    ),
    **each(
        "reference.seq2seq.attention_decoder.bahdanau_decoder",
        "y[:, t] = linear(h[0], weight, bias)",
        "h is of one step: the first is the last",
        "y[:, t] = linear(h[ -1], weight, bias)",
    ),
    **each(
        "reference.recurrent.layers.lstm",
        "if h.shape[-1] != weights[1].shape[1]:",
        "h of a step has two axes, (batch, units): `time_major` adds a missing one",
        "if h.shape[+1] != weights[1].shape[1]:",
        "if h.shape[1] != weights[1].shape[1]:",
    ),
    **each(
        "reference.bert.encoder.bert_embedding",
        "if (norm_weight is None) != (norm_bias is None):",
        "there is one True, and one False",
        "if (norm_weight is None) is not (norm_bias is None):",
    ),
    **each(
        "reference.bert.mask_lm.mlm_loss",
        "asked = np.where(mask, target, -100).reshape(-1)",
        "NumPy takes any size below 0 for the one that is left",
        "asked = np.where(mask, target, -100).reshape(- 2)",
        "asked = np.where(mask, target, -100).reshape(~1)",
    ),
    **each(
        "reference.bert.mask_lm.mlm_loss",
        "logits = input.reshape(-1, input.shape[2])",
        "NumPy takes any size below 0 for the one that is left",
        "logits = input.reshape(- 2, input.shape[2])",
        "logits = input.reshape(~1, input.shape[2])",
    ),
    **each(
        "reference.bert.masking.select_mlm_positions",
        "before = [s for s in before if s < t or row[s] < row[t]]",
        "none of them is above row[t]",
        "before = [s for s in before if s < t or row[s] != row[t]]",
    ),
    **each(
        "reference.bert.masking.select_mlm_positions",
        "before = [s for s in before if s < t or row[s] < row[t]]",
        "t is none of them",
        "before = [s for s in before if s <= t or row[s] < row[t]]",
    ),
    **each(
        "reference.distances.distances.cdist",
        "d[*b, i, j] = sum(powers) if p == 1 else np.sqrt(sum(powers))",
        "p is 1 or 2, as was checked",
        "d[*b, i, j] = sum(powers) if p <= 1 else np.sqrt(sum(powers))",
    ),
    **each(
        "reference.distances.distances.cdist",
        "powers = [abs(g) if p == 1 else g * g for g in gaps]",
        "p is 1 or 2, as was checked",
        "powers = [abs(g) if p <= 1 else g * g for g in gaps]",
    ),
    **each(
        "reference.distances.distances.k_nearest_neighbours",
        "classes[i] = min(votes, key=lambda label: (-votes.count(label), label))",
        "~n is −n − 1, in the same order",
        "classes[i] = min(votes, key=lambda label: (~votes.count(label), label))",
    ),
    **each(
        "reference.evaluation.accuracy.cls_eval",
        "for k in range(1, cls_preds.shape[-1]):",
        "the first is compared with itself",
        "for k in range( 0, cls_preds.shape[-1]):",
    ),
    **each(
        "reference.evaluation.bleu._check_weights",
        'if absent_orders == "reweigh" and not weights[0] > 0:',
        'the others, "skip" and "zero", are above it',
        'if absent_orders <= "reweigh" and not weights[0] > 0:',
    ),
    **each(
        "reference.evaluation.bleu._mean",
        'if not counts and absent_orders != "zero":',
        'the others, "skip" and "reweigh", are below "zero"',
        'if not counts and absent_orders < "zero":',
    ),
    **each(
        "reference.evaluation.bleu._mean",
        "if weight > 0:",
        "no weight is below 0",
        "if weight != 0:",
    ),
    **each(
        "reference.evaluation.bleu._smoothed",
        'if method == "add-k" and n > 1:',
        'of the methods none is below "add-k"',
        'if method <= "add-k" and n > 1:',
    ),
    **each(
        "reference.evaluation.bleu.corpus_bleu",
        "numbers = [of_kind(n, weights[0]) for n in (int(candidate_lens.sum()), "
        "reached)]",
        "of the weight it takes the kind, and NaN, which the sum of logarithms is "
        "then, too",
        "numbers = [of_kind(n, weights[ -1]) for n in (int(candidate_lens.sum()), "
        "reached)]",
    ),
    **each(
        "reference.evaluation.sentences.check_references",
        "if reference_lens.shape[0] != candidates or reference_lens.shape[1] == 0:",
        "no axis is shorter than 0",
        "if reference_lens.shape[0] != candidates or reference_lens.shape[1] <= 0:",
    ),
    **each(
        "reference.evaluation.sentences.length_to_reach",
        'if method == "shortest":',
        'of the methods none is above "shortest"',
        'if method >= "shortest":',
    ),
    **each(
        "reference.evaluation.sentences.penalty",
        "if not candidate_length > 0:",
        "no length is below 0",
        "if not candidate_length != 0:",
    ),
    **each(
        "reference.recurrent.captioning.generate_caption",
        "for k in range(1, len(y)):",
        "the first is compared with itself",
        "for k in range( 0, len(y)):",
    ),
    **each(
        "reference.recurrent.cells.lstm_cell",
        "hidden, units = len(weight_ih) // 4, weight_hh.shape[-1]",
        "it has two axes: the second is the last",
        "hidden, units = len(weight_ih) // 4, weight_hh.shape[+1]",
        "hidden, units = len(weight_ih) // 4, weight_hh.shape[1]",
    ),
    **each(
        "reference.recurrent.language_model.latent_autoregressive",
        "y[:, t] = log_softmax(linear(h, w_hq.T, b_q), dim=-1)",
        "it has two axes: the second is the last",
        "y[:, t] = log_softmax(linear(h, w_hq.T, b_q), dim=+1)",
        "y[:, t] = log_softmax(linear(h, w_hq.T, b_q), dim=1)",
    ),
    **each(
        "reference.recurrent.language_model.rnn_model",
        "return linear(h, w_hq.T, b_q).reshape(-1, len(b_q)), last[0]",
        "there is one layer, the first and the last",
        "return linear(h, w_hq.T, b_q).reshape(-1, len(b_q)), last[ -1]",
    ),
    **each(
        "reference.recurrent.recurrence.check_cell",
        'if name == "hx" and units != weight_hh.shape[1]:',
        "Python has a word of one module once",
        'if name is "hx" and units != weight_hh.shape[1]:',
    ),
    **each(
        "reference.recurrent.recurrence.check_cell",
        'if name == "hx" and units != weight_hh.shape[1]:',
        "a cell's c has as many units as its h",
        'if name <= "hx" and units != weight_hh.shape[1]:',
    ),
    **each(
        "reference.recurrent.recurrence.check_cell",
        'if name == "hx" and units != weight_hh.shape[1]:',
        'the other is "cx", which is below',
        'if name >= "hx" and units != weight_hh.shape[1]:',
    ),
    **each(
        "reference.recurrent.recurrence.check_sequence",
        "time = 1 if batch_first and input.ndim == 3 else 0",
        "of more axes than three it is refused anyhow",
        "time = 1 if batch_first and input.ndim >= 3 else 0",
    ),
    **each(
        "reference.recurrent.recurrence.run_layers",
        "if input.ndim == 2:",
        "it has two axes or three",
        "if input.ndim <= 2:",
    ),
    **each(
        "reference.recurrent.recurrence.run_layers",
        "return x[:, 0], *(end[:, 0] for end in ends)",
        "the batch is of one, the first and the last",
        "return x[:, -1], *(end[:, 0] for end in ends)",
        "return x[:, 0], *(end[:, -1] for end in ends)",
    ),
    **each(
        "reference.recurrent.scan.affine_tree",
        "return level[0]",
        "one is left, the first and the last",
        "return level[ -1]",
    ),
    **each(
        "reference.recurrent.scan.affine_tree",
        "while len(level) > 1:",
        "there is one at least, as was checked",
        "while len(level) != 1:",
    ),
    **each(
        "reference.search.beam_search.beam_search",
        "beams = len(found[0]) if found else 0",
        "each example has as many beams",
        "beams = len(found[ -1]) if found else 0",
    ),
    **each(
        "reference.search.beam_search.greedy_search",
        "tokens = np.full((len(log_probs), steps), 0 if eos is None else eos, "
        "np.int64)",
        "without an eos no sequence ends, and each place is written",
        "tokens = np.full((len(log_probs), steps), -1 if eos is None else eos, "
        "np.int64)",
        "tokens = np.full((len(log_probs), steps), 1 if eos is None else eos, "
        "np.int64)",
    ),
    **each(
        "reference.search.tables.Sequence",
        "@dataclass(frozen=True)",
        "nobody changes one",
        "@dataclass(frozen=False)",
    ),
    **each(
        "reference.search.tables.check_table",
        "if next_state.size and not 0 <= next_state.min() <= next_state.max() < "
        "states:",
        "two NumPy numbers are never one object, and the least is never above the "
        "greatest",
        "if next_state.size and not 0 <= next_state.min() is not next_state.max() "
        "< states:",
    ),
    **each(
        "reference.seq2seq.translation.build_array_nmt",
        "y = np.zeros((len(sequences), max(num_steps, 0)), sequences[0].dtype)",
        "all have one dtype",
        "y = np.zeros((len(sequences), max(num_steps, 0)), sequences[ -1].dtype)",
    ),
    **each(
        "reference.seq2seq.translation.split_batches",
        "if drop_last and batches and len(batches[-1]) < batch_size:",
        "no batch is larger than a batch",
        "if drop_last and batches and len(batches[-1]) != batch_size:",
    ),
    **each(
        "reference.text.counts.tokens_by_frequency",
        "kept.sort(key=lambda token: -counts[token])",
        "~n is −n − 1, in the same order",
        "kept.sort(key=lambda token: ~counts[token])",
    ),
    **each(
        "reference.text.joint_probabilities.markov_probability",
        "vocabulary = transition.shape[-1] if transition.ndim else 0",
        "without axes it is refused, whatever the vocabulary: there is none that "
        "it has",
        "vocabulary = transition.shape[- 0] if transition.ndim else 0",
        "vocabulary = transition.shape[-1] if transition.ndim else -1",
        "vocabulary = transition.shape[-1] if transition.ndim else 1",
        "vocabulary = transition.shape[not 1] if transition.ndim else 0",
    ),
    **each(
        "reference.text.sequence_likelihood.token_perplexity",
        "flat = logits.reshape(-1, logits.shape[-1])",
        "NumPy takes any size below 0 for the one that is left",
        "flat = logits.reshape(- 2, logits.shape[-1])",
        "flat = logits.reshape(~1, logits.shape[-1])",
    ),
    **each(
        "reference.text.sequence_likelihood.token_perplexity",
        "loss = cross_entropy(flat, tokens.reshape(-1), ignore_index=ignore_index)",
        "NumPy takes any size below 0 for the one that is left",
        "loss = cross_entropy(flat, tokens.reshape(- 2), ignore_index=ignore_index)",
        "loss = cross_entropy(flat, tokens.reshape(~1), ignore_index=ignore_index)",
    ),
    **each(
        "reference.seq2seq.teacher_forcing.masked_cross_entropy",
        'if reduction == "mean" and not count:',
        "a mean of nothing is 0 / 0 without it, NaN as well",
        'if reduction is "mean" and not count:',
    ),
}
