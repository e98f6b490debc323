"""Ways of torch's that have to check their arguments themselves."""

from properties.operations import TWINS, operations

CALLS = (
    *("conv1d", "conv2d", "conv3d", "conv2d_same", "unfold", "fold", "linear", "pad"),
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
    *("avg_pool1d", "avg_pool2d", "avg_pool3d", "lp_pool1d", "lp_pool2d", "lp_pool3d"),
    *("max_pool1d", "max_pool2d", "max_pool3d"),
    *("max_unpool1d", "max_unpool2d", "max_unpool3d"),
    *("adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d"),
    *("adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d"),
    *("fractional_max_pool2d", "fractional_max_pool3d"),
    *("elu", "glu", "gelu", "leaky_relu", "prelu", "softmax", "log_softmax"),
    *("logsumexp", "kl_div", "multi_margin_loss", "cross_entropy", "nll_loss"),
    *("binary_cross_entropy", "binary_cross_entropy_with_logits"),
    *("l1_loss", "mse_loss", "cdist", "gram_cdist"),
    *("embedding", "embedding_max_norm", "embedding_bag", "unpad_sequence"),
    *("layer_norm", "batch_norm", "scaled_dot_product_attention"),
    *("clip_grad_norm", "clip_grad_value", "arange", "eye", "new_full"),
    *("masked_select", "masked_fill", "integer_index", "batch_gather_gather"),
    *("one_hot", "repeat_interleave", "select", "slice_scatter", "cat", "chunk"),
    *("split", "stack", "tensor_split", "flatten", "view", "permute", "transpose"),
    *("broadcast_tensors", "addmm", "addmv", "baddbmm", "bmm", "dot", "matmul"),
    *("mm", "mv", "argmax", "argmin", "sort", "topk"),
    *("tensor_mean", "tensor_sum", "topk_values", "amax", "gru", "rnn"),
    *("packed_rnn", "packed_gru", "sgd", "rmsprop", "adagrad", "adam"),
    *("adamw", "step_lr", "polynomial_lr", "cosine_annealing_lr"),
    *("multi_step_lr", "linear_lr", "chained_linear_lr", "chained_polynomial_lr"),
    *("chained_cosine_annealing_lr", "rnn_cell", "lstm_cell", "lstm", "packed_lstm"),
    *("multi_head_attention", "self_attention", "transformer_decoder_layer"),
    *("transformer_decoder", "pad_sequence", "causal_mask", "resize"),
    *("embedding_gradient", "tensor_of", "elementwise", "elementwise2", "max_along"),
    *("grid_points", "split_batches"),
)
"""Operations of torch's own."""

IN_PARTS = (
    *("sgd_foreach", "sgd_fused", "sgd_resumed", "adam_foreach", "adam_fused"),
    *("adam_resumed", "adamw_foreach", "adamw_fused", "adagrad_foreach"),
    *("adagrad_fused", "adagrad_resumed", "rmsprop_foreach", "rmsprop_resumed"),
)
"""Optimisers that are given a parameter cut into several, without its axes."""

OTHER_WAYS = (
    *("gru_cell_module", "masked_max_prototype", "masked_mean_prototype"),
    *("masked_softmax_prototype", "inverted_dropout_random"),
    *("inverted_dropout_inplace", "batch_norm_module", "layer_norm_module"),
    *("layer_norm_strided", "prelu_module", "prelu_channels_last", "elu_inplace"),
    *("leaky_relu_inplace", "step_lr_closed", "clip_grad_norm_foreach"),
    *("clip_grad_value_foreach", "masked_fill_where", "view_reshape"),
    *("view_contiguous", "new_full_like", "dot_strided", "mm_transposed"),
    *("addmm_transposed", "baddbmm_transposed", "matmul_strided"),
    *("tensor_sum_permuted", "argmax_permuted", "max_pool1d_with_gradient"),
    *("max_unpool2d_channels_last", "max_pool2d_channels_last", "conv2d_module"),
    *("avg_pool2d_channels_last", "adaptive_max_pool2d_channels_last"),
    *("adaptive_avg_pool3d_channels_last", "elementwise_inplace"),
    *("elementwise2_inplace", "elementwise2_operator", "elementwise_strided"),
    *("sgd_fused_strided", "sgd_fused_tensor_lr", "adagrad_fused_strided"),
    *("adam_fused_strided", "adam_fused_tensor_lr", *IN_PARTS),
    *("chained_linear_lr_tensor", "chained_linear_lr_resumed"),
    *("chained_linear_lr_reloaded", "inverted_dropout_module", "argmax_computed"),
    *("slice_scatter_view", "masked_select_brackets", "masked_fill_brackets"),
    *("rnn_cell_module", "lstm_cell_module", "lstm_inference"),
    *("max_pool3d_channels_last", "avg_pool3d_channels_last"),
    *("adaptive_max_pool3d_channels_last", "adaptive_avg_pool2d_channels_last"),
    *("resize_channels_last", "batch_norm_strided", "self_attention_fast_path"),
    *("scaled_dot_product_attention_math", "scaled_dot_product_attention_transposed"),
)
"""Other ways that are torch's own, some of them to operations that are not."""

OF_TORCH = (*CALLS, *OTHER_WAYS)
"""Ways that are one operation of torch's, which has to check its arguments itself.

What is left out is composed of several of them, and then no one of them promises which
argument it refuses; or the definition refuses nothing of it but a tensor that is none,
as of relu, sigmoid and type_as; or an adapter uses all arguments itself; or a way to a
schedule takes all that is wrong, as the schedule does.
"""

KERNELS = ("batch_norm_backward",)
"""What calls a kernel that PyTorch does not document, which checks nothing."""

COMPOSED = tuple(
    name for name in operations() if name not in OF_TORCH and name not in KERNELS
)
"""All others. They are held to less: whatever they are given, they come to an end."""

OWN = {
    "lp_pool1d": ("kernel_size",),
    **dict.fromkeys(
        ("rnn_cell", "lstm_cell", "gru_cell"),
        ("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
    ),
    **dict.fromkeys(
        (
            *("rnn", "gru", "lstm", "packed_rnn", "packed_gru", "packed_lstm"),
            *("seq2seq_encoder", "seq2seq_decoder", "predict_seq2seq"),
        ),
        ("weights", "num_layers", "bidirectional"),
    ),
    "multi_head_attention": (
        *("q_proj_weight", "k_proj_weight", "v_proj_weight", "in_proj_bias"),
        *("out_proj_weight", "out_proj_bias", "bias_k", "bias_v"),
    ),
    "self_attention": (
        *("in_proj_weight", "in_proj_bias", "out_proj_weight", "out_proj_bias"),
    ),
    **dict.fromkeys(
        ("transformer_decoder_layer", "transformer_decoder"),
        ("weights", "layer_norm_eps"),
    ),
    **dict.fromkeys(
        ("sgd", "rmsprop", "adagrad", "adam", "adamw"), ("lr", "gradients")
    ),
    **dict.fromkeys(IN_PARTS, ("lr", "gradients", "param")),
    **dict.fromkeys(
        (
            *("step_lr", "multi_step_lr", "linear_lr", "polynomial_lr"),
            *("cosine_annealing_lr", "chained_linear_lr", "chained_polynomial_lr"),
            "chained_cosine_annealing_lr",
        ),
        ("lr", "steps"),
    ),
    "inverted_dropout": ("mask",),
    "split_batches": ("order",),
    "embedding_gradient": ("gradient", "num_embeddings"),
}
"""Arguments that an adapter uses itself, by operation or way: they are left alone.

So are the weights that a module makes, and what is passed to another operation of the
list: the eps of a normalisation.
"""


def own(way):
    """The names of arguments that the adapter of a way uses itself."""
    return OWN.get(way, OWN.get(TWINS.get(way, way), ()))
