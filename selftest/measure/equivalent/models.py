"""Equivalent mutants of models, and of what they read and find."""

from selftest.measure.equivalent.each import each

EQUIVALENT = {
    **each(
        "reference.architectures.chains._halved",
        "y[n, c, i, j], hidden[n, c, 2 * i + p, 2 * j + q]",
        "p and q are 0 or 1, and twice a number is even: bits never carry",
        "y[n, c, i, j], hidden[n, c, 2 * i ^ p, 2 * j + q]",
        "y[n, c, i, j], hidden[n, c, 2 * i | p, 2 * j + q]",
        "y[n, c, i, j], hidden[n, c, 2 * i + p, 2 * j ^ q]",
        "y[n, c, i, j], hidden[n, c, 2 * i + p, 2 * j | q]",
    ),
    **each(
        "reference.attention.multi_head._merged",
        "if all(mask.dtype == bool for mask in masks):",
        "d <= bool is whether d casts safely to bool, which bool alone does",
        "if all(mask.dtype <= bool for mask in masks):",
    ),
    **each(
        "reference.attention.multi_head._merged",
        "attn_mask.reshape(-1, heads if attn_mask.ndim == 3 else 1, queries, keys)",
        "NumPy infers a length from any negative number, not from −1 alone",
        "attn_mask.reshape(- 2, heads if attn_mask.ndim == 3 else 1, queries, keys)",
        "attn_mask.reshape(~1, heads if attn_mask.ndim == 3 else 1, queries, keys)",
    ),
    **each(
        "reference.attention.multi_head.multi_head_attention",
        "biases = [None] * 3 if in_proj_bias is None else np.split(in_proj_bias, 3)",
        "only the first three are read",
        "biases = [None] * 4 if in_proj_bias is None else np.split(in_proj_bias, 3)",
    ),
    **each(
        "reference.bert.encoder.bert_encoder",
        "if ((valid_lens < 1) | (valid_lens > tokens.shape[1])).any():",
        "no length is both below 1 and above the tokens, of which there are 0 or more",
        "if ((valid_lens < 1) ^ (valid_lens > tokens.shape[1])).any():",
    ),
    **each(
        "reference.bert.encoder.bert_encoder",
        "if ((valid_lens < 1) | (valid_lens > tokens.shape[1])).any():",
        "the sum of two bools is their or",
        "if ((valid_lens < 1) + (valid_lens > tokens.shape[1])).any():",
    ),
    **each(
        "reference.bert.mask_lm.mask_lm",
        'h = gelu(h) if activation == "gelu" else relu(h)',
        "activation is relu or gelu, as was checked, and gelu is the first by alphabet",
        'h = gelu(h) if activation <= "gelu" else relu(h)',
    ),
    **each(
        "reference.bert.next_sentence.next_sentence_pairs",
        "return np.array(pairs, np.int64).reshape(-1, 2), np.array(labels, bool)",
        "NumPy infers a length from any negative number, not from −1 alone",
        "return np.array(pairs, np.int64).reshape(~1, 2), np.array(labels, bool)",
        "return np.array(pairs, np.int64).reshape(- 2, 2), np.array(labels, bool)",
    ),
    **each(
        "reference.boxes.geometry.check_boxes",
        'wanted = "(*batch, 4)" if axes is None else "(n, 4)"',
        "it stands in the message of an error alone",
        'wanted = "(*batch, 4)" if not axes is None else "(n, 4)"',
        'wanted = "(*batch, 4)" if axes is not None else "(n, 4)"',
    ),
    **each(
        "reference.boxes.geometry.iou",
        "shared = np.maximum(right - left, 0) * np.maximum(bottom - top, 0)",
        "neither difference is below 0 here, as the line above has it",
        "shared = np.maximum(right - left, -1) * np.maximum(bottom - top, 0)",
        "shared = np.maximum(right - left, 0) * np.maximum(bottom - top, -1)",
    ),
    **each(
        "reference.boxes.multibox.multibox_detection",
        "predicted = offset_inverse(boxes, offset_preds[n].reshape(-1, 4))",
        "NumPy infers a length from any negative number, not from −1 alone",
        "predicted = offset_inverse(boxes, offset_preds[n].reshape(~1, 4))",
        "predicted = offset_inverse(boxes, offset_preds[n].reshape(- 2, 4))",
    ),
    **each(
        "reference.detection.detector.detect",
        "return np.array(found, rows.dtype).reshape(-1, 6)",
        "NumPy infers a length from any negative number, not from −1 alone",
        "return np.array(found, rows.dtype).reshape(~1, 6)",
        "return np.array(found, rows.dtype).reshape(- 2, 6)",
    ),
    **each(
        "reference.recurrent.captioning.generate_caption",
        "y = caption_rnn(words, image[None], w_xh, w_hh, w_ih, w_hy)[0, -1]",
        "the batch is of one image, the first and the last",
        "y = caption_rnn(words, image[None], w_xh, w_hh, w_ih, w_hy)[ -1, -1]",
    ),
    **each(
        "reference.recurrent.captioning.generate_caption",
        "while len(caption) <= most and (len(caption) == 1 or caption[-1] != end):",
        "caption begins with the start, and has one word at least",
        "while len(caption) <= most and (len(caption) <= 1 or caption[-1] != end):",
    ),
    **each(
        "reference.recurrent.language_model.rnn_model",
        "return linear(h, w_hq.T, b_q).reshape(-1, len(b_q)), last[0]",
        "NumPy infers a length from any negative number, not from −1 alone",
        "return linear(h, w_hq.T, b_q).reshape(~1, len(b_q)), last[0]",
        "return linear(h, w_hq.T, b_q).reshape(- 2, len(b_q)), last[0]",
    ),
    **each(
        "reference.recurrent.packed._each",
        "y = np.zeros((max(lengths), len(runs), outputs[0].shape[-1]), input.dtype)",
        "each output is (time, features), of the same layers and as many features",
        "y = np.zeros((max(lengths), len(runs), outputs[ -1].shape[-1]), input.dtype)",
        "y = np.zeros((max(lengths), len(runs), outputs[0].shape[1]), input.dtype)",
        "y = np.zeros((max(lengths), len(runs), outputs[0].shape[+1]), input.dtype)",
    ),
    **each(
        "reference.search.exhaustive_search.viterbi",
        "best = {0: Sequence()}",
        "the key only finds the one sequence there is: its state is its own",
        "best = { 1: Sequence()}",
        "best = { -1: Sequence()}",
    ),
    **each(
        "reference.segmentation.instances.paste_mask",
        "resized = resize(mask[None], size=(bottom - top, right - left))[0]",
        "the axis before the mask's own has one place, the first and the last",
        "resized = resize(mask[None], size=(bottom - top, right - left))[ -1]",
    ),
    **each(
        "reference.segmentation.pixels._check_classes",
        "if target.size and not 0 <= target.min() <= target.max() < count:",
        "no least number is above the greatest, and NumPy makes an object for each",
        "if target.size and not 0 <= target.min() is not target.max() < count:",
    ),
    **each(
        "reference.segmentation.style.tv_loss",
        'if reduction == "none" or (reduction == "mean" and 0 in '
        "[a.size for a, _ in pairs]):",
        "reduction is none, mean or sum, as was checked, and mean is the first by "
        "alphabet",
        'if reduction == "none" or (reduction <= "mean" and 0 in '
        "[a.size for a, _ in pairs]):",
    ),
    **each(
        "reference.seq2seq.attention_decoder.bahdanau_decoder",
        "attention[:, t] = masked_softmax(scores[:, 0], mask, dim=-1)",
        "what is left of the scores has two axes, of which axis 1 is the last",
        "attention[:, t] = masked_softmax(scores[:, 0], mask, dim=1)",
        "attention[:, t] = masked_softmax(scores[:, 0], mask, dim=+1)",
    ),
    **each(
        "reference.seq2seq.attention_decoder.bahdanau_decoder",
        "attention[:, t] = masked_softmax(scores[:, 0], mask, dim=-1)",
        "one query is scored at a time, the first and the last",
        "attention[:, t] = masked_softmax(scores[:, -1], mask, dim=-1)",
    ),
    **each(
        "reference.seq2seq.prediction.predict_seq2seq",
        "y[n, t] = where_greatest(logits[n, 0])",
        "the decoder is given one token at a time, the first and the last",
        "y[n, t] = where_greatest(logits[n, -1])",
    ),
    **each(
        "reference.seq2seq.prediction.predict_seq2seq",
        "if t == 0 or y[n, t - 1] != eos:",
        "t counts from 0",
        "if t <= 0 or y[n, t - 1] != eos:",
    ),
    **each(
        "reference.attention.kernel_regression.kernel_attention",
        "distance = (queries[n] - keys[i]) * weight[0]",
        "weight has one number, the first and the last",
        "distance = (queries[n] - keys[i]) * weight[ -1]",
    ),
    **each(
        "reference.attention.scoring._valid",
        "lens = valid_lens if valid_lens.ndim == 2 else valid_lens[:, None]",
        "it has one axis or two, as was checked",
        "lens = valid_lens if valid_lens.ndim >= 2 else valid_lens[:, None]",
    ),
    **each(
        "reference.boxes.multibox.confident_detections",
        "return np.array(kept, detections.dtype).reshape(-1, 6)",
        "NumPy infers a length from any negative number, not from −1 alone",
        "return np.array(kept, detections.dtype).reshape(- 2, 6)",
    ),
    **each(
        "reference.boxes.multibox.multibox_target",
        "return offsets.reshape(batch, -1), masks.reshape(batch, -1), classes",
        "NumPy infers a length from any negative number, not from −1 alone",
        "return offsets.reshape(batch, ~1), masks.reshape(batch, -1), classes",
        "return offsets.reshape(batch, - 2), masks.reshape(batch, -1), classes",
        "return offsets.reshape(batch, -1), masks.reshape(batch, - 2), classes",
    ),
    **each(
        "reference.boxes.multibox.multibox_target",
        "offsets[n, a] = offset_boxes(boxes[a : a + 1], found[:, 1:])[0]",
        "the offsets are of one box, the first and the last",
        "offsets[n, a] = offset_boxes(boxes[a : a + 1], found[:, 1:])[ -1]",
    ),
    **each(
        "reference.boxes.box_formats._corners",
        'if format == "cxcywh":',
        "of the formats it is the first by alphabet",
        'if format <= "cxcywh":',
    ),
    **each(
        "reference.parallel.collectives.all_gather",
        "for t in range(workers - 1):",
        "after workers − 1 rounds each has all parts, and more rounds pass on "
        "what is there",
        "for t in range(workers << 1):",
        "for t in range(workers | 1):",
    ),
    **each(
        "reference.recurrent.cells.rnn_cell",
        'a[i] = np.tanh(a[i]) if nonlinearity == "tanh" else 0 if a[i] <= 0 else a[i]',
        "it is relu otherwise, as was checked, which is before tanh by alphabet",
        'a[i] = np.tanh(a[i]) if nonlinearity >= "tanh" else 0 if a[i] <= 0 else a[i]',
    ),
    **each(
        "reference.recurrent.recurrence.time_major",
        "if input.ndim == 2:",
        "it has two axes or three, as was checked",
        "if input.ndim <= 2:",
    ),
    **each(
        "reference.augmentation.color.adjust_contrast",
        "if 0 in input.shape[-2:]:",
        "the third axis from the end has three places, as was checked",
        "if 0 in input.shape[~2:]:",
        "if 0 in input.shape[- 3:]:",
    ),
    **each(
        "reference.evaluation.bleu._mean",
        "return np.exp(total * everything / present if absent_orders "
        '== "reweigh" else total)',
        "of the choices it is the first by alphabet",
        "return np.exp(total * everything / present if absent_orders "
        '<= "reweigh" else total)',
    ),
    **each(
        "reference.search.beam_search.greedy_search",
        "for v in range(1, len(row)):",
        "a number is not above itself",
        "for v in range( 0, len(row)):",
    ),
    **each(
        "reference.detection.predictions.concat_preds",
        "y = np.zeros((len(rows[0]), sum(row.shape[1] for row in "
        "rows)), preds[0].dtype)",
        "all are of one batch, as was checked",
        "y = np.zeros((len(rows[ -1]), sum(row.shape[1] for row in "
        "rows)), preds[0].dtype)",
    ),
    **each(
        "reference.backprop.computational_graph._check_nodes",
        "if ARITY.get(kind) != len(parents):",
        "no kind has more than two parents, and one object is each number up to 256",
        "if ARITY.get(kind) is not len(parents):",
    ),
    **each(
        "reference.detection.detector.detect",
        "if cls_preds.ndim != 3 or len(cls_preds) != 1:",
        "nothing cannot be unpacked into one image, a ValueError",
        "if cls_preds.ndim != 3 or len(cls_preds) > 1:",
    ),
    **each(
        "reference.segmentation.upsampling.fcn_head",
        "if weight.shape[2:] != (1, 1):",
        "fewer axes, or sides of 0, are refused by conv2d",
        "if weight.shape[2:] > (1, 1):",
    ),
    **each(
        "reference.residuals.check_count",
        "if len(weights) != count:",
        "a layer has 18 weights at most, and one object is each number up to 256",
        "if len(weights) is not count:",
    ),
}
