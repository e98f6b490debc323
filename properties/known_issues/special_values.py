"""Special numbers that an operation is not given, a row each: two results are right.

Most are a number that is not finite, times a zero that the definition leaves out and
an implementation multiplies, or the other way: 0 · ∞ is NaN.
"""

from dataclasses import dataclass

DOCS = "https://docs.pytorch.org/docs/2.13/generated/torch.nn."
NOT_FINITE = ("nan", "inf", "-inf")
HUGE = ("inf", "-inf", "largest", "-largest")
ANY_SIZE = (*NOT_FINITE, "largest", "-largest")

PADDED = (
    *("conv1d", "conv2d", "conv3d", "conv2d_channels_last"),
    *("conv2d_same", "conv2d_tf_same", "conv2d_im2col", "causal_conv1d"),
    *("comp_conv2d", "compose_kernels", "centered_convolution"),
    *("cross_correlate_same", "convolution_matrix", "local_layer"),
    *("translation_invariant_layer", "conv2d_weight_gradient"),
    *("depthwise_conv2d", "depthwise_separable_conv2d", "masked_conv2d"),
    *("spatially_separable_conv2d", "gated_conv1d", "highway_conv1d"),
    *("residual_gated_conv1d", "nin_block", "vgg_block", "dense_block"),
    *("inception_block", "residual_block", "bottleneck_block"),
    *("mobilenet_block", "down_sample_blk", "cls_predictor"),
    *("bbox_predictor", "mask_head", "fcn_head", "synthesis_loss"),
)
"""What convolves an image with zeros around it, and what is composed of that."""


@dataclass(frozen=True)
class LeftOut:
    """Special numbers that tensors of some operations are not given.

    Attributes:
        tensors: words of their names; () for all of them.
        dtypes: those that it is of; () for all of them.
        link: where a framework documents what it does.
    """

    reason: str
    operations: tuple[str, ...]
    tensors: tuple[str, ...] = ()
    numbers: tuple[str, ...] = NOT_FINITE
    link: str = ""
    dtypes: tuple[str, ...] = ()

    def concerns(self, operation, tensor, number, dtype):
        """Whether an operation's tensor is not given a number."""
        return (
            operation in self.operations
            and number in self.numbers
            and (not self.dtypes or dtype in self.dtypes)
            and (not self.tensors or any(word in tensor for word in self.tensors))
        )


LEFT_OUT = [
    LeftOut(
        "zeros around an image are multiplied by weights, or left out",
        PADDED,
        ("weight", "kernel", "column", "row", "second", "grad_output"),
    ),
    LeftOut(
        "of an odd channel the next pixel is read too: see known_issues/convolution.py",
        (*PADDED, "cross_correlate", "convolve", "pointwise_conv2d"),
        link="https://github.com/pytorch/pytorch/issues/157237",
        dtypes=("bfloat16",),
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
        "what a mask hides is multiplied by 0, or left out",
        ("scaled_dot_product_attention",),
        ("key", "value"),
    ),
    LeftOut(
        "what a mask hides is multiplied by 0, or left out; and a NaN gets lost, see "
        "known_issues/attention.py",
        (
            *("additive_attention", "attention_weights", "attention_with_dropout"),
            *("bahdanau_decoder", "masked_softmax", "padding_leak"),
            *("multi_head_attention", "self_attention", "bert_encoder"),
            *("transformer_encoder_layer", "transformer_encoder"),
            *("transformer_decoder_layer", "transformer_decoder"),
            "transformer_decoder_step",
        ),
    ),
    LeftOut(
        "gelu of infinity is NaN: see known_issues/transformer.py",
        ("position_wise_ffn", "mask_lm"),
        numbers=HUGE,
        link="https://github.com/pytorch/pytorch/issues/185770",
    ),
    LeftOut(
        "(1 - g) a + g b, or a + g (b - a): infinities cancel, large numbers overflow",
        ("highway_conv1d",),
        numbers=HUGE,
    ),
    LeftOut(
        "what is dropped out is multiplied by 0, or left out",
        ("dropconnect", "marginal_output"),
    ),
    LeftOut(
        "a weight of 0 in a sum over steps, pixels or channels is a term, or none",
        (
            *("ewma", "resize", "bilinear_upsample", "roi_align", "mask_head"),
            *("dft", "inverse_dft"),
        ),
    ),
    LeftOut(
        "the gradient of what is detached is multiplied by 0, or left out",
        ("backpropagate",),
        ("upstream",),
    ),
    LeftOut(
        "a class of probability 0 is weighted by infinity, or left out",
        ("cross_entropy", "cross_entropy_gradient"),
        ("weight",),
    ),
    LeftOut(
        "a penalty of weight 0 is 0 · ∞, or left out; squares of the largest overflow",
        ("bbox_regression_loss",),
        ("weight",),
        ANY_SIZE,
    ),
    LeftOut(
        "the mean's divisor is the first factor or the last, after an overflow",
        ("data_parallel_gradient",),
        (),
        HUGE,
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
        "probabilities are within 0 and 1",
        (
            *("entropy", "bernoulli_cross_entropy", "categorical_cross_entropy"),
            *("kl_divergence", "js_divergence", "chain_rule", "gan_value"),
        ),
        numbers=HUGE,
    ),
    LeftOut(
        "targets are probabilities, within 0 and 1",
        ("kl_div", "binary_cross_entropy_with_logits"),
        ("target",),
        HUGE,
    ),
    LeftOut(
        "log-probabilities are not above 0",
        ("viterbi",),
        numbers=HUGE,
    ),
    LeftOut(
        "what is not within 0 and 1 is refused",
        ("binary_cross_entropy",),
        ("input", "target"),
        ANY_SIZE,
        DOCS + "functional.binary_cross_entropy.html",
    ),
    LeftOut(
        "a variance below 0 is refused",
        ("gaussian_log_likelihood",),
        ("variance",),
        ("-inf", "-largest"),
        DOCS + "functional.gaussian_nll_loss.html",
    ),
    LeftOut(
        "hues, saturations and values are within 0 and 1",
        ("hsv_to_rgb",),
        numbers=HUGE,
    ),
    LeftOut(
        "corners of boxes are finite: pixels are counted between them",
        (
            *("roi_pool", "roi_align", "fast_rcnn_head", "mask_head"),
            "random_crop_box",
        ),
        ("boxes", "rois", "uniforms"),
        ANY_SIZE,
    ),
]
