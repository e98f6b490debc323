"""Subtle faults of search.py: the text to replace, and by what."""

FAULTS = {
    "greedy_search": {
        "goes on after eos": ("over = token == eos", "over = False"),
        "eos without its log-probability": (
            "scores[b] += log_probs[b, state, token]",
            "scores[b] += log_probs[b, state, token] if token != eos else 0",
        ),
        "the last of equals": (
            "token = np.argmax(log_probs[b, state])",
            "token = log_probs.shape[2] - 1 - np.argmax(log_probs[b, state, ::-1])",
        ),
        "state not carried over": (
            "scores[b] += log_probs[b, state, token]\n"
            "            state = next_state[b, state, token]",
            "scores[b] += log_probs[b, state, token]\n"
            "            state = next_state[b, 0, token]",
        ),
        "padded with 0": ("tokens[b, t] = eos", "tokens[b, t] = 0"),
        "no token past 64": (
            "np.argmax(log_probs[b, state])",
            "np.argmax(log_probs[b, state, :64])",
        ),
        "neighbour's states": (
            "state = next_state[b, state, token]",
            "state = next_state[b - 1, state, token]",
        ),
    },
    "beam_search": {
        "goes on after eos": (
            "if tokens and tokens[-1] == eos:",
            "if False:",
        ),
        "finished beams dropped": (
            "longer.append((score, tokens, state))\n",
            "longer.extend([(score, tokens, state)] * (len(tokens) == steps))\n",
        ),
        "higher token first of equals": (
            "for v in range(table.shape[1]):\n                    total = score",
            "for v in range(table.shape[1])[::-1]:\n                    total = score",
        ),
        "worse beam first of equals": (
            "for score, tokens, state in beams:",
            "for score, tokens, state in beams[::-1]:",
        ),
        "penalty by the greatest length": (
            "normalized(s, length_of(v, eos, count_eos), length_penalty), v)",
            "normalized(s, steps, length_penalty), v)",
        ),
        "penalty while beams are chosen": (
            "longer.sort(key=lambda beam: -beam[0])",
            "longer.sort(key=lambda b: -b[0] / len(b[1]) ** length_penalty)",
        ),
        "one beam too few": (
            "beams = longer[:num_beams]",
            "beams = longer[: num_beams - (num_beams > 3)]",
        ),
        "not ranked by what is returned": (
            "scored.sort(key=lambda pair: -pair[0])",
            "scored.sort(key=lambda pair: 0)",
        ),
        "eos not counted at all": (
            "for s, v, _ in beams\n",
            "for s, v, _ in beams for count_eos in [False]\n",
        ),
        "states not moved with their beams": (
            "beams = longer[:num_beams]",
            "beams = [(s, v, longer[0][2]) for s, v, _ in longer[:num_beams]]",
        ),
        "scores one part in 10^3 off": (
            "np.array([[s for s, _ in scored] for scored in found])",
            "np.array([[s * s.dtype.type(1.001) for s, _ in x] for x in found])",
        ),
    },
    "exhaustive_search": {
        "no token past 64": (
            "for row in itertools.product(range(table.shape[1]), repeat=steps):",
            "for row in itertools.product(range(len(table[0, :64])), repeat=steps):",
        ),
        "the last of equals": (
            "if best is None or score > best:",
            "if best is None or score >= best:",
        ),
        "eos without its log-probability": (
            "for v in row[:end]:",
            "for v in row[: end - (eos in row)]:",
        ),
        "early ends left out": (
            "end = row.index(eos) + 1\n",
            "end = row.index(eos) + 1\n"
            "                if end < steps and steps > 2:\n"
            "                    continue\n",
        ),
        "penalty by the greatest length": (
            "length = length_of(row[:end], eos, count_eos)",
            "length = steps",
        ),
        "score not normalised": (
            "best, tokens[b], scores[b] = score, row, score",
            "best, tokens[b], scores[b] = score, row, total",
        ),
    },
    "viterbi": {
        "the last of equals": ("total > reached[r][0]", "total >= reached[r][0]"),
        "greatest at the first step, then greedy": (
            "best = reached",
            "best = dict([max(reached.items(), key=lambda pair: pair[1][0])])",
        ),
        "state 0 forgotten": (
            "best = reached",
            "best = {r: w for r, w in reached.items() if r or len(reached) == 1}",
        ),
        "one step's tokens only": (
            "reached[r] = total, [*best[s][1], v]",
            "reached[r] = total, [*best[s][1][:3], *best[s][1][:1] * (len(best[s][1])"
            " - 3), v]",
        ),
        "score of the last state": (
            "end = max(sorted(best), key=lambda s: best[s][0])",
            "end = max(best)",
        ),
    },
}
