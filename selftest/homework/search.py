"""Somebody's one-file searches, right: test_planted_faults.py breaks them."""

import itertools

import numpy as np


def greedy_search(log_probs, next_state, *, steps, eos):
    tokens = np.zeros((len(log_probs), steps), int)
    scores = np.zeros(len(log_probs), log_probs.dtype)
    for b in range(len(log_probs)):
        state, over = 0, False
        for t in range(steps):
            if over:
                tokens[b, t] = eos
                continue
            token = np.argmax(log_probs[b, state])
            tokens[b, t] = token
            scores[b] += log_probs[b, state, token]
            state = next_state[b, state, token]
            over = token == eos
    return tokens, scores


def length_of(tokens, eos, count_eos):
    return max(1, len(tokens) - (tokens[-1] == eos and not count_eos))


def normalized(score, length, length_penalty):
    return score / score.dtype.type(length**length_penalty)


def beam_search(
    log_probs, next_state, *, steps, num_beams, eos, length_penalty, count_eos
):
    found = []
    for table, states in zip(log_probs, next_state):
        beams = [(table.dtype.type(0), [], 0)]
        for _ in range(steps):
            longer = []
            for score, tokens, state in beams:
                if tokens and tokens[-1] == eos:
                    longer.append((score, tokens, state))
                    continue
                for v in range(table.shape[1]):
                    total = score + table[state, v]
                    longer.append((total, [*tokens, v], states[state, v]))
            longer.sort(key=lambda beam: -beam[0])
            beams = longer[:num_beams]
        scored = [
            (normalized(s, length_of(v, eos, count_eos), length_penalty), v)
            for s, v, _ in beams
        ]
        scored.sort(key=lambda pair: -pair[0])
        found.append(scored)
    rows = [[v + [eos] * (steps - len(v)) for _, v in scored] for scored in found]
    return np.array(rows), np.array([[s for s, _ in scored] for scored in found])


def exhaustive_search(log_probs, next_state, *, steps, eos, length_penalty, count_eos):
    tokens = np.zeros((len(log_probs), steps), int)
    scores = np.zeros(len(log_probs), log_probs.dtype)
    for b, (table, states) in enumerate(zip(log_probs, next_state)):
        best = None
        for row in itertools.product(range(table.shape[1]), repeat=steps):
            if eos in row:
                end = row.index(eos) + 1
                if any(v != eos for v in row[end:]):
                    continue
            else:
                end = steps
            total, state = table.dtype.type(0), 0
            for v in row[:end]:
                total, state = total + table[state, v], states[state, v]
            length = length_of(row[:end], eos, count_eos)
            score = normalized(total, length, length_penalty)
            if best is None or score > best:
                best, tokens[b], scores[b] = score, row, score
    return tokens, scores


def viterbi(log_probs, next_state, *, steps):
    tokens = np.zeros((len(log_probs), steps), int)
    scores = np.zeros(len(log_probs), log_probs.dtype)
    for b, (table, states) in enumerate(zip(log_probs, next_state)):
        best = {0: (table.dtype.type(0), [])}
        for _ in range(steps):
            reached = {}
            for s in sorted(best):
                for v in range(table.shape[1]):
                    total, r = best[s][0] + table[s, v], states[s, v]
                    if r not in reached or total > reached[r][0]:
                        reached[r] = total, [*best[s][1], v]
            best = reached
        end = max(sorted(best), key=lambda s: best[s][0])
        scores[b], tokens[b] = best[end]
    return tokens, scores
