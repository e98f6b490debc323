"""Subtle faults of text.py: the text to replace, and by what."""

FAULTS = {
    "tokens_by_frequency": {
        "of equals, the last comes first": (
            "pairs = sorted(counter.items(), key=lambda pair: pair[1], reverse=True)",
            "pairs = sorted(counter.items(), key=lambda pair: pair[1])[::-1]",
        ),
        "of equals, the smallest id comes first": (
            "sorted(counter.items(), key=lambda pair: pair[1], reverse=True)",
            "sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))",
        ),
        "min_freq itself is too few": (
            "if count >= min_freq",
            "if count > min_freq or min_freq < 1",
        ),
        "three is too few": (
            "if count >= min_freq",
            "if count >= min_freq + (min_freq == 3)",
        ),
        "the last token is not counted": ("corpus.tolist()", "corpus.tolist()[:-1]"),
        "nothing past the 64th kind of token": (
            "[token for token, _ in pairs]",
            "[token * (i < 64) for i, (token, _) in enumerate(pairs)]",
        ),
        "counts end at 31": (
            "np.array([count for _, count in pairs], np.int64)",
            "np.array([min(count, 31) for _, count in pairs], np.int64)",
        ),
    },
    "seq_data_iter_sequential": {
        "labels are the inputs": ("corpus[offset + 1 :", "corpus[offset + 0 :"),
        "a token too many in the last row": (
            "usable = (len(corpus) - 1 - offset)",
            "usable = (len(corpus) - offset - (len(corpus) % 2))",
        ),
        "offset dropped when it is num_steps": (
            "usable = (",
            "offset %= num_steps\n    usable = (",
        ),
        "minibatches overlap by a token": (
            "columns = slice(i * num_steps, (i + 1) * num_steps)",
            "start = max(0, i * num_steps - (i > 1))\n"
            "        columns = slice(start, start + num_steps)",
        ),
        "rows are interleaved": (
            "xs = corpus[offset : offset + usable].reshape(batch_size, -1)",
            "xs = corpus[offset : offset + usable].reshape(-1, batch_size).T",
        ),
        "labels past the 32nd step are of the minibatch before": (
            "y[i] = ys[:, columns]",
            "y[i] = ys[:, columns]\n        y[i, :, 32:] = y[i - 1, :, 32:]",
        ),
        "the last minibatch is left out": (
            "batches = xs.shape[1] // num_steps",
            "batches = max(0, xs.shape[1] - 1) // num_steps",
        ),
    },
    "token_perplexity": {
        "a power of two": ("np.asarray(np.exp(", "np.asarray(np.exp2("),
        "the mean is over ignored tokens, too": (
            "np.exp(total / count)",
            "np.exp(total / len(flat))",
        ),
        "ignore_index is always -100": (
            "keep = flat != ignore_index",
            "keep = flat != -100",
        ),
        "negative tokens are ignored, whatever ignore_index is": (
            "keep = flat != ignore_index",
            "keep = flat >= 0",
        ),
        "one where there is nothing": ("np.array(np.nan,", "np.array(1.0,"),
        "nothing of the vocabulary past 64": (
            "np.exp(row - shift).sum()",
            "np.exp(row - shift)[:64].sum()",
        ),
        "the mean of perplexities": (
            "total += np.log(np.exp(row - shift).sum()) - (row[token] - shift)",
            "total += np.exp(np.log(np.exp(row - shift).sum()) - row[token] + shift)",
        ),
        "rounded to half": (
            "np.exp(total / count), logits.dtype",
            "np.float16(np.exp(total / count)), logits.dtype",
        ),
    },
    "markov_probability": {
        "tables read backwards": (
            "transition[tuple(sequence[t - tau : t + 1])]",
            "transition[tuple(sequence[t - tau : t + 1][::-1])]",
        ),
        "the start is left out without a next token": (
            "p = start[tuple(sequence[:tau])]",
            "p = start[tuple(sequence[:tau])] if len(sequence) > tau else 1.0",
        ),
        "nothing past 32 steps": (
            "range(tau, len(sequence))",
            "range(tau, min(32, len(sequence)))",
        ),
        "the first step's table for all": (
            "transition[tuple(sequence[t - tau : t + 1])]",
            "transition[tuple(sequence[t - tau : t])][sequence[tau]]",
        ),
        "the batch's first start": (
            "p = start[tuple(sequence[:tau])]",
            "p = start[tuple(tokens[0][:tau])]",
        ),
        "single precision": ("y[b] = p", "y[b] = np.float32(p)"),
        "the last step is left out of six": (
            "range(tau, len(sequence))",
            "range(tau, len(sequence) - (len(sequence) == 6))",
        ),
    },
}
