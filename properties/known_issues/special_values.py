"""Special numbers that an operation is not given, a row each: two results are right.

Or, in GRADIENTS_LEFT_OUT, two gradients are.

Most are a number that is not finite, times a zero that the definition leaves out and
an implementation multiplies, or the other way: 0 · ∞ is NaN.
"""

from collections.abc import Callable
from dataclasses import dataclass

DOCS = "https://docs.pytorch.org/docs/2.13/generated/torch.nn."
NOT_FINITE = ("nan", "inf", "-inf")
HUGE = ("inf", "-inf", "largest", "-largest")
ENDS = ("largest", "-largest", "smallest")
ANY_SIZE = (*NOT_FINITE, "largest", "-largest")

PADDED = (
    *("conv1d", "conv2d", "conv3d", "conv2d_channels_last"),
    *("conv2d_same", "conv2d_tf_same", "conv2d_im2col", "causal_conv1d"),
    *("cross_correlate_same", "convolution_matrix", "conv2d_weight_gradient"),
    *("depthwise_conv2d", "masked_conv2d"),
)
"""What convolves an image with zeros around it."""

COMPOSED = (
    *("gated_conv1d", "highway_conv1d", "residual_gated_conv1d", "comp_conv2d"),
    *("depthwise_separable_conv2d", "spatially_separable_conv2d", "local_layer"),
    *("centered_convolution", "recentered_layer", "translation_invariant_layer"),
    *("compose_kernels", "nin_block", "vgg_block", "dense_block", "inception_block"),
    *("residual_block", "bottleneck_block", "mobilenet_block", "squeeze_excitation"),
    *("base_net", "down_sample_blk", "cls_predictor", "bbox_predictor", "detect"),
    *("calc_loss", "bbox_regression_loss", "region_proposals"),
    *("fcn_head", "mask_head", "fast_rcnn_head", "warp_proposals", "paste_mask"),
    *("content_loss", "style_loss", "synthesis_loss", "tv_loss"),
    *("resized_crop", "bilinear_upsample", "mixup"),
    *("additive_attention", "attention_pooling", "attention_weights"),
    *("attention_with_dropout", "dot_product_attention", "kernel_attention"),
    *("multi_head_attention", "self_attention", "padding_leak"),
    *("add_norm", "position_wise_ffn", "bert_encoder", "mask_lm", "mlm_loss"),
    *("transformer_encoder_layer", "transformer_encoder", "transformer_decoder"),
    *("transformer_decoder_layer", "transformer_decoder_step"),
    *("bahdanau_decoder", "seq2seq", "seq2seq_encoder", "seq2seq_decoder"),
    *("data_parallel_gradient", "synchronous_sgd", "parameter_server_step"),
)
"""What is composed of operations of which one leaves something open."""


def hides_or_scales_by_0(
    query, key, value, attn_mask=None, *, is_causal, scale, **options
):
    """Whether attention may multiply by 0, or leave out."""
    return attn_mask is not None or is_causal or scale == 0


def smooths_all(*tensors, label_smoothing=0.0, **options):
    """Whether nothing of a target itself is left."""
    return label_smoothing == 1


def leaves_product_out(*tensors, alpha=1, **options):
    """Whether nothing of a product is added."""
    return alpha == 0


def pads(*tensors, padding=(1,), **options):
    """Whether there are zeros around an image, as there are if no option says so."""
    return any(padding)


def drops(*tensors, dropout=0.0, **options):
    """Whether layers drop numbers out."""
    return dropout > 0


@dataclass(frozen=True)
class LeftOut:
    """Special numbers that tensors of some operations are not given.

    Attributes:
        operations: their names, or those of ways to them.
        tensors: words of their names; () for all of them.
        link: where a framework documents what it does.
        dtypes: those that it is of; () for all of them.
        region: whether it is of a valid call's tensors and options.
    """

    reason: str
    operations: tuple[str, ...]
    tensors: tuple[str, ...] = ()
    numbers: tuple[str, ...] = NOT_FINITE
    link: str = ""
    dtypes: tuple[str, ...] = ()
    region: Callable[..., bool] = lambda *tensors, **options: True

    def concerns(self, operation, tensor, number, dtype):
        """Whether an operation's tensor is not given a number in the row's region."""
        return (
            operation in self.operations
            and number in self.numbers
            and (not self.dtypes or dtype in self.dtypes)
            and (not self.tensors or any(word in tensor for word in self.tensors))
        )


LEFT_OUT = [
    LeftOut(
        "it is composed of others, which are held; one of them leaves something open",
        COMPOSED,
        numbers=ANY_SIZE,
    ),
    LeftOut(
        "zeros around an image are multiplied by weights, or left out",
        PADDED,
        ("weight", "kernel", "grad_output"),
    ),
    LeftOut(
        "zeros between pixels are multiplied by weights, or left out",
        (
            *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
            "transposed_convolution_by_convolution",
            "conv2d_input_gradient",
        ),
        ("weight",),
    ),
    LeftOut(
        "what a mask hides, or a scale of 0, is multiplied by 0, or left out",
        ("scaled_dot_product_attention",),
        ("query", "key", "value"),
        ANY_SIZE,
        region=hides_or_scales_by_0,
    ),
    LeftOut(
        "scores that are all minus infinity are like hidden ones, or NaN",
        ("scaled_dot_product_attention",),
        ("query", "key"),
        ("inf", "-inf"),
    ),
    LeftOut(
        "what a mask hides is multiplied by 0, or left out",
        ("masked_softmax", "masked_cross_entropy_weighted"),
        numbers=ANY_SIZE,
    ),
    LeftOut(
        "what alpha = 0 makes of a product that is not finite is not defined",
        ("addmm", "addmv", "baddbmm"),
        numbers=ANY_SIZE,
        link="https://github.com/pytorch/pytorch/pull/196600",
        region=leaves_product_out,
    ),
    LeftOut(
        "(1 - m) a + m b, or a + m (b - a): infinities cancel, large numbers overflow",
        ("moving_averages",),
        numbers=HUGE,
    ),
    LeftOut(
        "(x - mean) w, or x w - mean w: infinities cancel",
        ("batch_norm",),
        ("weight",),
        HUGE,
    ),
    LeftOut(
        "what is dropped out is multiplied by 0, or left out",
        ("dropconnect", "marginal_output"),
        numbers=ANY_SIZE,
    ),
    LeftOut(
        "what is dropped out is multiplied by 0, or left out",
        ("rnn", "lstm", "gru", "packed_rnn", "packed_lstm", "packed_gru"),
        region=drops,
    ),
    LeftOut(
        "a weight of 0 in a sum over steps, pixels or channels is a term, or none",
        ("ewma", "resize", "roi_align", "dft", "inverse_dft"),
    ),
    LeftOut(
        "the gradient of what is detached is multiplied by 0, or left out",
        ("backpropagate", "accumulate_gradients"),
        numbers=ANY_SIZE,
    ),
    LeftOut(
        "a class of probability 0 is weighted by infinity, or left out; smoothing and "
        "weights come in any order",
        ("cross_entropy", "cross_entropy_gradient"),
        ("weight", "target"),
        ANY_SIZE,
    ),
    LeftOut(
        "weights of 0 alone: the gradient is 0 / 0, or 0",
        ("cross_entropy_gradient",),
        ("weight",),
        ("-0", "smallest"),
    ),
    LeftOut(
        "a target that is smoothed to nothing is multiplied by 0, or left out",
        ("cross_entropy", "cross_entropy_gradient"),
        ("input",),
        region=smooths_all,
    ),
    LeftOut(
        "a chain of factors leaves the format in one order, and not in another",
        (
            *("addmm", "addmv", "baddbmm", "batch_norm", "batch_norm_backward"),
            *("layer_norm", "fuse_conv_bn_weights"),
        ),
        numbers=ENDS,
    ),
    LeftOut(
        "it ties with 0, and of equals any may come first",
        ("topk", "argmax", "argmin", "max_along", "min_along"),
        numbers=("-0",),
        link="https://docs.pytorch.org/docs/2.13/generated/torch.topk.html",
    ),
    LeftOut(
        "a score of minus infinity is like one that is hidden, or above it",
        ("best_span",),
        numbers=("-inf",),
    ),
    LeftOut(
        "a learning rate is finite: a factor of 0 is one of several, or makes it 0",
        (
            *("step_lr", "multi_step_lr", "linear_lr", "polynomial_lr"),
            *("cosine_annealing_lr", "inverse_sqrt_lr", "warmup_cosine_lr"),
            *("chained_linear_lr", "chained_polynomial_lr"),
            "chained_cosine_annealing_lr",
        ),
        ("lr",),
    ),
    LeftOut(
        "weights of n-grams are finite: one of infinity is multiplied by log 1, or not",
        ("bleu", "corpus_bleu", "sentence_bleu"),
        ("weights",),
        ANY_SIZE,
    ),
    LeftOut(
        "probabilities are within 0 and 1",
        (
            *("entropy", "bernoulli_cross_entropy", "categorical_cross_entropy"),
            *("kl_divergence", "js_divergence", "chain_rule", "gan_value"),
            *("markov_probability", "markov_approximation", "evidence", "bayes_rule"),
        ),
        numbers=HUGE,
    ),
    LeftOut(
        "uniform numbers are within 0 and 1",
        ("select_mlm_positions",),
        ("uniforms",),
        ANY_SIZE,
    ),
    LeftOut(
        "targets are probabilities, within 0 and 1",
        ("kl_div", "binary_cross_entropy_with_logits"),
        ("target",),
        HUGE,
    ),
    LeftOut(
        "log-probabilities are not above 0, and are numbers: of a state that no path "
        "goes through, one is multiplied by 0, or left out",
        ("viterbi",),
        numbers=ANY_SIZE,
    ),
    LeftOut(
        "a variance below 0 is refused",
        ("gaussian_log_likelihood",),
        ("variance",),
        ("-inf", "-largest"),
        DOCS + "functional.gaussian_nll_loss.html",
    ),
    LeftOut(
        "a distribution refuses parameters that are not finite, and a scale of 0",
        ("gaussian_kl_distributions", "gaussian_log_likelihood_distributions"),
        numbers=(*ANY_SIZE, "smallest", "-0"),
        link="https://docs.pytorch.org/docs/2.13/distributions.html",
    ),
    LeftOut(
        "hues, saturations and values are within 0 and 1",
        ("hsv_to_rgb",),
        numbers=HUGE,
    ),
    LeftOut(
        "corners of boxes are finite: pixels are counted between them",
        (
            *("roi_pool", "roi_align", "grid_cells"),
            "random_crop_box",
        ),
        ("boxes", "uniforms"),
        ANY_SIZE,
    ),
    LeftOut(
        "the class of a label is a whole number",
        ("multibox_target",),
        ("labels",),
        (*ANY_SIZE, "smallest"),
    ),
]

GRADIENTS_LEFT_OUT = [
    LeftOut(
        "zeros between pixels are multiplied by the number, or left out",
        (
            *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d"),
            *("transposed_convolution_by_convolution", "conv2d_input_gradient"),
        ),
    ),
    LeftOut(
        "zeros around an image are multiplied by the number, or left out",
        PADDED,
        region=pads,
    ),
    LeftOut(
        "what a rectifier stops is 0: times an infinite weight NaN, or left out",
        ("mlp", "sequential", "rnn", "rnn_cell", "packed_rnn"),
    ),
    LeftOut(
        "a row is taken, or multiplied by 1 and all others by 0",
        ("latent_autoregressive",),
    ),
    LeftOut(
        "the share of a number in a maximum that is NaN is 0, or 0 / 0",
        ("amax", "amin"),
        numbers=("nan",),
    ),
    LeftOut(
        "the weight of a class that is not the target is multiplied by 0, or not",
        ("nll_loss",),
        ("weight",),
    ),
    LeftOut(
        "what is hidden is minus infinity, and ties with it",
        ("masked_max", "roi_pool"),
        numbers=("-inf",),
    ),
    LeftOut(
        "a NaN is on one side of the kink, or on the other",
        ("elu", "selu"),
        numbers=("nan",),
    ),
    LeftOut(
        "a NaN is within limits, or beyond them",
        ("clip_boxes_to_image",),
        numbers=("nan",),
    ),
    LeftOut(
        "a coordinate without a difference adds nothing, or 0 times the slope's NaN; "
        "the sign of NaN is 0, or NaN",
        ("cdist",),
        numbers=("nan",),
    ),
    LeftOut(
        "the share of infinity in a sum of exponentials is 1, or exp(inf - inf)",
        ("logsumexp",),
    ),
    LeftOut(
        "the transform of zeros is 0, or 0 times the number",
        ("fft_convolve",),
    ),
    LeftOut(
        "a power of infinity is multiplied by one that is 0",
        ("lp_pool1d", "lp_pool2d", "lp_pool3d"),
    ),
    LeftOut(
        "the gradient of a product is it over the factor, or the product of the others",
        ("likelihood", "log_likelihood", "markov_probability"),
    ),
    LeftOut(
        "the area of a box that nothing is held against is multiplied by 0, or not",
        ("box_iou",),
    ),
    LeftOut(
        "hue and saturation are quotients of differences that are not finite",
        ("rgb_to_hsv",),
    ),
    LeftOut(
        "keys that infinity leaves no weight are multiplied by 0, or by NaN",
        ("scaled_dot_product_attention",),
        ("attn_mask",),
    ),
]
"""Rows of whose numbers, where they are not finite, the results alone are held."""
