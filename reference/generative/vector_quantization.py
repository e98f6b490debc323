"""Codes from a codebook: the nearest one, and how both are learnt."""

import numpy as np

from reference.arguments import exact_rank, same_shape


def vector_quantize(
    input: np.ndarray, codebook: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Put in each vector's place the nearest of a codebook, the first of several.

        k[n] = argmin_k Σ_j (z[n, j] − e[k, j])²,    y[n] = e[k[n]]
        Its gradient goes to the codebook alone: where the nearest code changes, y
        jumps. `vector_quantize_gradient` has the one that is trained by.

    Shapes:
        input     (batch, features): z
        codebook  (codes, features): e
        results   (batch, features), input's dtype; and k, (batch), ints

    Raises:
        ValueError: shapes do not fit each other, or there are no codes.

    Source: van den Oord, Vinyals and Kavukcuoglu, "Neural Discrete Representation
        Learning" (arXiv:1711.00937), eq. 1 and 2.
    """
    _check(input, codebook)
    y = np.zeros(input.shape, input.dtype)
    chosen = np.zeros(len(input), np.int64)
    for n, z in enumerate(input):
        distances = [sum((a - b) * (a - b) for a, b in zip(z, e)) for e in codebook]
        for k in range(1, len(codebook)):
            if distances[k] < distances[chosen[n]]:
                chosen[n] = k
        y[n] = codebook[chosen[n]]
    return y, chosen


def vector_quantize_gradient(
    input: np.ndarray,
    codebook: np.ndarray,
    gradient: np.ndarray,
    *,
    commitment: float = 0.25,
) -> tuple[np.ndarray, np.ndarray]:
    """Differentiate what is behind the codes, straight through them, and two losses.

        L = l(y) + Σ_n ‖sg(z[n]) − e[k]‖² + commitment · Σ_n ‖z[n] − sg(e[k])‖²
        ∂L/∂z[n] = g[n] + 2 · commitment · (z[n] − e[k[n]]),    g = ∂l/∂y
        ∂L/∂e[k] = 2 · Σ_{n: k[n] = k} (e[k] − z[n])
        sg is the identity, and has no gradient. l's passes from y to z as it is, the
        codebook has none of it: it follows the vectors that it stands for.

    Shapes:
        input, gradient  (batch, features): z, and g
        codebook         (codes, features)
        results          as input; and as codebook; input's dtype

    Raises:
        ValueError: shapes do not fit each other, there are no codes, or commitment
            is below 0.

    Source: van den Oord, Vinyals and Kavukcuoglu (arXiv:1711.00937), eq. 3.
    """
    _check(input, codebook)
    same_shape("input and gradient", input, gradient)
    if not commitment >= 0:
        raise ValueError(f"commitment is {commitment}; it must not be negative")
    _, chosen = vector_quantize(input, codebook)
    by_input = np.zeros(input.shape, input.dtype)
    by_codebook = np.zeros(codebook.shape, input.dtype)
    for n, j in np.ndindex(input.shape):
        far = input[n, j] - codebook[chosen[n], j]
        by_input[n, j] = gradient[n, j] + 2 * commitment * far
        by_codebook[chosen[n], j] -= 2 * far
    return by_input, by_codebook


def _check(input, codebook):
    exact_rank("input", input, "batch features")
    exact_rank("codebook", codebook, "codes features")
    if not len(codebook) or input.shape[1] != codebook.shape[1]:
        raise ValueError(
            f"input and codebook have shapes {input.shape} and {codebook.shape}; they "
            "must be (batch, features) and (codes, features), with a code at least"
        )
