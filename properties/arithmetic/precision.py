"""What a dtype on a device promises: one table, with its sources.

Nothing here was tuned until a test passed: each figure is a format's, a vendor's
documentation's, or follows from how a kernel is documented to accumulate.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np


@dataclass(frozen=True)
class Format:
    """A binary floating-point format, by its bits of significand and its exponents."""

    name: str
    significand_bits: int
    least_exponent: int
    greatest_exponent: int

    @property
    def unit_roundoff(self) -> float:
        """Half the distance from 1 to the next number: round to nearest."""
        return 2.0**-self.significand_bits

    @property
    def smallest_normal(self) -> float:
        return 2.0**self.least_exponent

    @property
    def smallest(self) -> float:
        """The smallest positive number, subnormal: also the spacing at zero."""
        return math.ldexp(1.0, self.least_exponent - self.significand_bits + 1)

    @property
    def largest(self) -> float:
        return math.ldexp(2 - 2 * self.unit_roundoff, self.greatest_exponent)

    def round(self, numbers: np.ndarray) -> np.ndarray:
        """Round float64 numbers to this format, to nearest even; beyond it to ±inf."""
        numbers = np.asarray(numbers, np.float64)
        if self.name in ("float64", "float32", "float16"):
            with np.errstate(over="ignore"):
                return numbers.astype(self.name).astype(np.float64)
        _, exponents = np.frexp(numbers)
        spacing = np.maximum(exponents - 1, self.least_exponent) - self.significand_bits
        unit = np.ldexp(1.0, spacing + 1)
        with np.errstate(over="ignore"):
            nearest = np.rint(numbers / unit) * unit
        rounded = np.where(np.isfinite(numbers), nearest, numbers)
        beyond = np.isfinite(rounded) & (abs(rounded) > self.largest)
        return np.where(beyond, np.copysign(np.inf, rounded), rounded)


FLOAT64 = Format("float64", 53, -1022, 1023)
FLOAT32 = Format("float32", 24, -126, 127)
TF32 = Format("tf32", 11, -126, 127)
FLOAT16 = Format("float16", 11, -14, 15)
BFLOAT16 = Format("bfloat16", 8, -126, 127)
FORMATS = {f.name: f for f in (FLOAT64, FLOAT32, FLOAT16, BFLOAT16)}
"""IEEE 754-2019, table 3.5 (binary64, 32, 16); NVIDIA, "CUDA C++ Programming Guide"
(tf32: 8 bits of exponent, 10 of fraction); Intel, "BFLOAT16 - Hardware Numerics
Definition" (2018)."""


@dataclass(frozen=True)
class Precision:
    """How an implementation may compute one operation.

    Attributes:
        storage: the format of inputs and results.
        operation: the format that each product, quotient and function is rounded to.
        accumulation: the format that each addition is rounded to.
        elementary: the format that exp, log, … are evaluated in.
        library: the family and the device whose documentation `ulps` is from.
        input_roundoff: what reading an input may round off it (TF32).
        flushes: whether subnormal numbers may be taken for zero.
        roundings: how often each step may be rounded.
        underflows: how many times over each step may underflow: see `UNDERFLOWS`.
        fast_exp: whether exp may be the 20-ulp one: see `FAST_EXP`.
        cancels_erfc: whether erfc may be off by ulps of 1: see `CANCELS_ERFC`.
    """

    storage: Format
    operation: Format
    accumulation: Format
    elementary: Format
    library: tuple[str, str]
    input_roundoff: float = 0.0
    flushes: bool = False
    roundings: int = 1
    underflows: int = 1
    fast_exp: bool = False
    cancels_erfc: bool = False

    @property
    def ulps(self) -> Mapping[str, float]:
        """The documented errors of exp, log, … in units in the last place."""
        ulps = ULPS[*self.library, self.elementary.name]
        return {**ulps, "exp": 20.0} if self.fast_exp else ulps


FUNCTIONS = (
    *("exp", "expm1", "log", "log1p", "sqrt", "tanh", "erfc", "sin", "cos", "pow"),
)
NUMPY_FLOAT32 = dict.fromkeys(FUNCTIONS, 4.0) | {
    "sqrt": 0.5,
    "exp": 2.52,
    "log": 3.83,
}
NUMPY_FLOAT64 = dict.fromkeys(FUNCTIONS, 2.0) | {"sqrt": 0.5, "erfc": 260.0}
TORCH_CPU = dict.fromkeys(FUNCTIONS, 1.0) | {"sin": 3.5, "cos": 3.5, "erfc": 5.0}
TORCH_CPU_FLOAT32 = TORCH_CPU | {"erfc": 8.5}
CUDA = dict.fromkeys(FUNCTIONS, 2.5) | {
    "expm1": 1.5,
    "log": 1.5,
    "log1p": 1.5,
    "sqrt": 0.5,
    "pow": 4.5,
    "erfc": 5.5,
}
ULPS = {
    ("numpy", "cpu", "float64"): NUMPY_FLOAT64,
    ("numpy", "cpu", "float32"): NUMPY_FLOAT32,
    ("torch", "cpu", "float64"): TORCH_CPU,
    ("torch", "cpu", "float32"): TORCH_CPU_FLOAT32,
    ("torch", "cuda", "float64"): CUDA,
    ("torch", "cuda", "float32"): CUDA,
}
"""Errors of elementary functions, per library, device and format of evaluation, in
units in the last place.

- NumPy: 2.52 ulp for exp and 3.83 for log in float32 (release notes of 1.17), up to 4
  for what it takes from SVML in float32 and about 1 in float64 (release notes of 1.22);
  else the C library's: glibc, "Known Maximum Errors in Math Functions", 2 at most;
  erfc is SciPy's, of Cephes, whose ndtr.c documents a relative error of 5.7e-14.
- torch, CPU: SLEEF's _u10 functions, 1.0 ulp, and _u35 for float32 sine and cosine
  (ATen/cpu/vec); or MKL's vector functions in high-accuracy mode, below 1 ulp
  (ATen/cpu/vml.h), whose square root is not the correctly rounded one. erfc(−x) is
  1 + erf(x), where that does not cancel. The erf of AVX-512 and float32
  (ATen/cpu/vec/vec512/vec512_float.h) is 7.1.26 of Abramowitz and Stegun, "Handbook of
  Mathematical Functions": off by 1.5e-7, 1.3 ulp of 1, and by the roundings of
  1 / (1 + p x), twice, of four steps of Horner's, and of three products: less than
  14 u, 7 ulp.
- CUDA: "CUDA C++ Programming Guide", mathematical functions: ulps from the correctly
  rounded result, so half an ulp is added. They hold without -use_fast_math.
"""

ELEMENTARY = {"float16": FLOAT32, "bfloat16": FLOAT32}
"""Formats that exp, log, … of a narrow format are evaluated in, if not in it: NumPy's
umath loops and torch's Vectorized<Half> and Vectorized<BFloat16> both go by float32."""

RESULT, GRADIENT = frozenset({"result"}), frozenset({"gradient"})
ROUNDS_ONCE = dict.fromkeys(
    [
        *(f"conv{n}d" for n in (1, 2, 3)),
        *("cross_correlate", "cross_correlate_channels", "cross_correlate_filters"),
        *("convolve", "conv2d_same", "conv2d_tf_same", "causal_conv1d"),
    ],
    RESULT | GRADIENT,
) | dict.fromkeys(["layer_norm", "layer_norm_module", "layer_norm_strided"], RESULT)
"""Kernels that compute a narrow format in float32 and round once, forward or backward,
where a backend says that it has them (`WIDE`, see properties/backends). Others may
round each step. oneDNN, "Data types": float32 accumulation; layer normalization:
ATen/native/cpu/layer_norm_kernel.cpp, whose gradient goes by a stored, narrow mean."""

TRANSFORMERS = (
    *("transformer_encoder_layer", "transformer_encoder_layer_fast_path"),
    *("transformer_encoder", "transformer_encoder_nested"),
    *("transformer_decoder_layer", "transformer_decoder", "transformer_decoder_step"),
    "bert_encoder",
)
"""What attends, and normalizes."""

ROUNDINGS = {
    ("log_softmax", "gradient"): 2,
    ("cross_entropy", "gradient"): 2,
    ("masked_cross_entropy", "gradient"): 2,
    ("masked_cross_entropy_weighted", "gradient"): 2,
    ("cross_entropy_gradient", "result"): 2,
    ("cross_entropy_gradient", "gradient"): 2,
    ("softmax_regression", "gradient"): 2,
    ("softmax_regression_gradient", "result"): 2,
    ("softmax_regression_gradient", "gradient"): 2,
    ("image_log_likelihood", "gradient"): 2,
    ("autoregressive_log_prob", "gradient"): 2,
    ("token_perplexity", "gradient"): 2,
    ("calc_loss", "gradient"): 2,
    ("pixel_cross_entropy", "gradient"): 2,
    ("generator_loss", "gradient"): 2,
    ("discriminator_loss", "gradient"): 2,
    ("likelihood", "gradient"): 3,
    ("markov_probability", "gradient"): 3,
    **{
        (way, part): 2
        for way in (
            "scaled_dot_product_attention",
            "scaled_dot_product_attention_math",
            "scaled_dot_product_attention_transposed",
            "self_attention",
            "self_attention_fast_path",
            "multi_head_attention",
            *TRANSFORMERS,
        )
        for part in ("result", "gradient")
    },
    ("addmm", "gradient"): 2,
    ("addmm_transposed", "gradient"): 2,
    ("addmv", "gradient"): 2,
    ("baddbmm", "gradient"): 2,
    ("baddbmm_transposed", "gradient"): 2,
    **{
        (f"{optimiser}{way}", "result"): 2
        for optimiser in ("adam", "adamw", "rmsprop", "uncorrected_adam")
        for way in ("", "_foreach", "_fused", "_fused_tensor_lr", "_resumed")
    },
    ("clip_grad_norm", "result"): 2,
    ("clip_grad_norm_foreach", "result"): 2,
    ("gaussian_kl_distributions", "result"): 2,
    ("gaussian_kl_distributions", "gradient"): 2,
    **{
        (operation, part): 2
        for operation in (
            *("lp_pool1d", "lp_pool2d", "lp_pool3d"),
            *("adaptive_avg_pool3d", "adaptive_avg_pool3d_channels_last"),
        )
        for part in ("result", "gradient")
    },
    **{
        (f"batch_norm{way}", "result"): 2
        for way in ("", "_module", "_strided", "_mixed")
    },
    ("layer_norm", "gradient"): 2,
    ("layer_norm_module", "gradient"): 2,
    ("layer_norm_strided", "gradient"): 2,
    ("add_norm", "gradient"): 2,
    ("bert_embedding", "gradient"): 2,
    ("mask_lm", "gradient"): 2,
    ("mlm_loss", "gradient"): 2,
    ("span_loss", "gradient"): 2,
    ("sinusoidal_positional_encoding", "result"): 7,
    ("sinusoidal_positional_encoding", "gradient"): 7,
}
"""What rounds more often than the steps of the reference and its tape.

- exp of what log_softmax made, (z − max) − log Σ, instead of z − max: two subtractions
  round, for one.
- a product's gradient as product · cotangent / factor, instead of the product of the
  other factors: three operations round, for one.
- log σ's gradient as the product of a weight and 1 − e^x / (1 + e^x), the difference
  rounded, not of weights with 1 and with the quotient (ATen/native/cpu/Activation.cpp).
- layer normalization's gradient by Σ g · x − mean · Σ g and by b · x − b · mean,
  not by x − mean: two products round, for one (ATen/native/cpu/layer_norm_kernel.cpp).
- batch normalization by slope · x + (bias − mean · slope), not by x − mean: both the
  product and the bias are in two sums, for one (ATen/native/cpu/batch_norm_kernel.cpp).
- 10000^e with an exponent e < 1 that is rounded: off by ln 10000 < 9.3 times u, by
  pow's own 4.5 ulp (CUDA's, the most), 9 u, and by the division's u. The reference
  rounds three times, the constant and twice the quotient: 3 · 7 u > 19.3 u; its slope
  is the constant and two products, 21 u, for the division, a product and what 10000^e
  is off by, 20.3 u. Where 10000^e is a power of ten, e is a fourth, exact: 10 u or 11 u
  of two roundings, 14 u.
- attention's scores as (q · √scale) · (k · √scale), two products and two roots instead
  of one product and one factor (ATen/native/transformers/attention.cpp); and its sums
  over blocks of keys, each scaled again when a later block has a greater score.
- a moving mean β m + (1 − β) g as m + (1 − β) (g − m), which rounds a product more
  (torch/optim/adam.py: exp_avg.lerp_).
- e^λ as the square of e^(λ/2), and λ as its logarithm: each step twice
  (torch/distributions/kl.py).
- a product's gradient is stored, and then scaled by alpha, |alpha| ≤ 2: what storing
  it rounds off or lets underflow counts up to twice (mm_mat2_backward,
  torch/csrc/autograd/FunctionsManual.cpp).
- the norm of several gradients as that of their norms: its steps are taken twice
  (torch/nn/utils/clip_grad.py).
- Σ |x|^p as the mean of |x|^p times the number n of terms: two more operations round,
  beside n − 1 additions, n > 2 (else they are exact); and two beside the four of the
  tape. torch.nn.functional.lp_pool2d is written so.
- a sum divided by the depth, the height and the width of a bin, one after the other
  (ATen/native/AdaptiveAveragePooling3d.cpp): three quotients round; two are allowed.
"""

UNDERFLOWS = {
    (operation, "gradient"): 9
    for operation in ("mse_loss", "content_loss", "style_loss", "synthesis_loss")
}
"""What multiplies by what comes from above when its own slope is stored already: what
that lost by underflow counts |g| times, |g| < 8, and the product's own is added.

- 2 / n · (x − y), and then times g (mse_backward_cpu_kernel,
  ATen/native/cpu/PointwiseOpsKernel.cpp), where the tape has g / n first.
"""

FAST_EXP = {
    "scaled_dot_product_attention",
    "scaled_dot_product_attention_transposed",
    "self_attention",
    "multi_head_attention",
    *TRANSFORMERS,
}
"""What takes PyTorch's fused attention on the CPU, whose exp is exp_u20, "with ULP=20"
(ATen/native/cpu/FlashAttentionKernel.cpp; ATen/cpu/vec/vec512/vec512_float.h)."""

CANCELS_ERFC = {"position_wise_ffn", "mask_lm", *TRANSFORMERS}
"""What takes a gelu that is as good as x · (1 + erf(x / √2)) / 2 where it matters: its
results are added to others. Of gelu itself, what is cancelled is an error."""

READS_TF32 = {
    *(f"conv{transposed}{n}d" for transposed in ("", "_transpose") for n in (1, 2, 3)),
    *("cross_correlate", "cross_correlate_channels", "cross_correlate_filters"),
    *("convolve", "convolution_integral", "comp_conv2d", "conv2d_channels_last"),
    *("translation_invariant_layer", "local_layer", "centered_convolution"),
    *("depthwise_conv2d", "pointwise_conv2d", "learn_kernel"),
    *("depthwise_separable_conv2d", "spatially_separable_conv2d"),
    *("conv2d_input_gradient", "conv2d_weight_gradient"),
    *("conv2d_same", "conv2d_tf_same", "causal_conv1d"),
    *("cls_predictor", "bbox_predictor", "down_sample_blk", "base_net"),
    *("bilinear_upsample", "fcn_head", "synthesis_loss"),
    "transposed_convolution_by_convolution",
    *("residual_block", "residual_block_channels_last", "inception_block"),
    *("bottleneck_block", "bottleneck_block_channels_last", "dense_block"),
    *("vgg_block", "nin_block", "mobilenet_block", "compose_kernels"),
}
"""What calls CUDA's float32 convolutions: they read 10 bits of an input's fraction
unless told not to, since torch.backends.cudnn.allow_tf32 is on by default (PyTorch's
"Numerical accuracy")."""


@cache
def promise(
    family: str,
    device: str,
    dtype: str,
    operation: str = "",
    part: str = "result",
    *,
    wide: bool = False,
    tf32: bool = True,
) -> Precision:
    """Look up what a library promises for one operation and dtype on a device.

    Args:
        family: the library whose arithmetic a backend uses, "torch" or "numpy".
        operation: the reference's name; one the table lacks may round each step.
        part: "result" or "gradient".
        wide: whether the backend has the kernels of `ROUNDS_ONCE` for the dtype.
        tf32: whether it may use those of `READS_TF32`.

    Raises:
        ValueError: there is no row for this family, device and dtype.
    """
    storage = FORMATS.get(dtype)
    elementary = ELEMENTARY.get(dtype, storage)
    if not storage or (family, device, elementary.name) not in ULPS:
        raise ValueError(f"no precision is known for {family}, {device}, {dtype}")
    once = wide and part in ROUNDS_ONCE.get(operation, ())
    tf32 &= (family, device, dtype) == ("torch", "cuda", "float32")
    return Precision(
        storage=storage,
        operation=elementary if once else storage,
        accumulation=elementary if once else storage,
        elementary=elementary,
        library=(family, device),
        input_roundoff=2.0**-10 if tf32 and operation in READS_TF32 else 0.0,
        flushes=(family, device, dtype) == ("torch", "cpu", "bfloat16"),
        roundings=ROUNDINGS.get((operation, part), 1),
        underflows=UNDERFLOWS.get((operation, part), 1),
        fast_exp=(family, device) == ("torch", "cpu") and operation in FAST_EXP,
        cancels_erfc=operation in CANCELS_ERFC,
    )
