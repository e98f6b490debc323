"""Products of vectors, of matrices and of batches of matrices."""

import numpy as np

from reference.arguments import exact_rank


def dot(input: np.ndarray, tensor: np.ndarray) -> np.ndarray:
    """Multiply two vectors into one number, without conjugation.

        y = Σ_k input[k] · tensor[k];    of no elements, 0

    Shapes:
        input, tensor   (n,)
        result          (), input's dtype

    Raises:
        ValueError: one is not a vector, or their sizes differ.

    Source: Golub and Van Loan, "Matrix Computations".
    """
    exact_rank("input", input, "n")
    exact_rank("tensor", tensor, "n")
    _check_inner(input, tensor)
    y = np.zeros((), input.dtype)
    for k in range(len(input)):
        y[()] += input[k] * tensor[k]
    return y


def mv(input: np.ndarray, vec: np.ndarray) -> np.ndarray:
    """Multiply a matrix by a vector.

        y[i] = Σ_k input[i, k] · vec[k]

    Shapes:
        input   (n, m)
        vec     (m,)
        result  (n,), input's dtype

    Raises:
        ValueError: they are not a matrix and a vector, or m differs.

    Source: Golub and Van Loan, "Matrix Computations".
    """
    exact_rank("input", input, "n m")
    exact_rank("vec", vec, "m")
    _check_inner(input, vec)
    y = np.zeros(len(input), input.dtype)
    for i, k in np.ndindex(input.shape):
        y[i] += input[i, k] * vec[k]
    return y


def mm(input: np.ndarray, mat2: np.ndarray) -> np.ndarray:
    """Multiply two matrices.

        y[i, j] = Σ_k input[i, k] · mat2[k, j];    with no k, 0

    Shapes:
        input   (n, m)
        mat2    (m, p)
        result  (n, p), input's dtype

    Raises:
        ValueError: one is not a matrix, or m differs.

    Source: Golub and Van Loan, "Matrix Computations".
    """
    exact_rank("input", input, "n m")
    exact_rank("mat2", mat2, "m p")
    _check_inner(input, mat2)
    y = np.zeros((len(input), mat2.shape[1]), input.dtype)
    for i, j in np.ndindex(y.shape):
        for k in range(len(mat2)):
            y[i, j] += input[i, k] * mat2[k, j]
    return y


def addmm(
    input: np.ndarray,
    mat1: np.ndarray,
    mat2: np.ndarray,
    *,
    beta: float,
    alpha: float,
) -> np.ndarray:
    """Add a matrix to a product of matrices, both scaled.

        y[i, j] = beta · input[i, j] + Σ_k alpha · mat1[i, k] · mat2[k, j]
        Where beta is 0, input is ignored: its NaN and infinities do not count.
        What alpha = 0 makes of NaN in the product is not defined.

    Shapes:
        input   broadcasts to (n, p)
        mat1    (n, m)
        mat2    (m, p)
        result  (n, p), input's dtype

    Raises:
        ValueError: mat1 or mat2 is not a matrix, m differs, or input does not
            broadcast to (n, p).

    Source: Golub and Van Loan, "Matrix Computations"; beta = 0: PyTorch's
        documentation of torch.addmm.
    """
    return _with_bias(input, mm(alpha * mat1, mat2), beta)


def addmv(
    input: np.ndarray,
    mat: np.ndarray,
    vec: np.ndarray,
    *,
    beta: float,
    alpha: float,
) -> np.ndarray:
    """Add a vector to a product of a matrix and a vector, both scaled.

        y[i] = beta · input[i] + Σ_k alpha · mat[i, k] · vec[k]
        beta and alpha of 0 are as in `addmm`.

    Shapes:
        input   broadcasts to (n,)
        mat     (n, m)
        vec     (m,)
        result  (n,), input's dtype

    Raises:
        ValueError: mat and vec are not a matrix and a vector, m differs, or input
            does not broadcast to (n,).

    Source: as of `addmm`.
    """
    return _with_bias(input, mv(alpha * mat, vec), beta)


def bmm(input: np.ndarray, mat2: np.ndarray) -> np.ndarray:
    """Multiply two batches of matrices, pair by pair; batches do not broadcast.

        y[b, i, j] = Σ_k input[b, i, k] · mat2[b, k, j]

    Shapes:
        input   (batch, n, m)
        mat2    (batch, m, p)
        result  (batch, n, p), input's dtype

    Raises:
        ValueError: one has not three axes, or batch or m differs.

    Source: Golub and Van Loan, "Matrix Computations".
    """
    exact_rank("input", input, "batch n m")
    exact_rank("mat2", mat2, "batch m p")
    if len(input) != len(mat2):
        raise ValueError(f"input has a batch of {len(input)}, mat2 one of {len(mat2)}")
    _check_inner(input, mat2)
    y = np.zeros((*input.shape[:2], mat2.shape[2]), input.dtype)
    for b in range(len(y)):
        y[b] = mm(input[b], mat2[b])
    return y


def baddbmm(
    input: np.ndarray,
    batch1: np.ndarray,
    batch2: np.ndarray,
    *,
    beta: float,
    alpha: float,
) -> np.ndarray:
    """Add a batch of matrices to products of two batches, both scaled.

        y[b, i, j] = beta · input[b, i, j] + p[b, i, j]
        p[b, i, j] = Σ_k alpha · batch1[b, i, k] · batch2[b, k, j]
        beta and alpha of 0 are as in `addmm`.

    Shapes:
        input   broadcasts to (batch, n, p)
        batch1  (batch, n, m)
        batch2  (batch, m, p)
        result  (batch, n, p), input's dtype

    Raises:
        ValueError: batch1 or batch2 has not three axes, batch or m differs, or input
            does not broadcast to (batch, n, p).

    Source: as of `addmm`.
    """
    return _with_bias(input, bmm(alpha * batch1, batch2), beta)


def matmul(input: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Multiply vectors, matrices, or batches of matrices, whose batches broadcast.

        y[…, i, j] = Σ_k input[…, i, k] · other[…, k, j]
        A vector on the left is a row, on the right a column; that axis of the result
        is dropped again. So two vectors give their `dot`.

    Shapes:
        input   (*batch1, n, m) or (m,)
        other   (*batch2, m, p) or (m,)
        result  (*batch, n, p), less n or p, input's dtype, where batch is what
                batch1 and batch2 broadcast to

    Raises:
        ValueError: one has no axes, m differs, or batches do not broadcast.

    Source: NumPy's documentation of numpy.matmul.
    """
    if input.ndim == 0 or other.ndim == 0:
        raise ValueError(
            f"input and other have {input.ndim} and {other.ndim} axes; "
            "each must have at least one"
        )
    _check_inner(input, other)
    left = input[None, :] if input.ndim == 1 else input
    right = other[:, None] if other.ndim == 1 else other
    batch = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])
    left = np.broadcast_to(left, (*batch, *left.shape[-2:]))
    right = np.broadcast_to(right, (*batch, *right.shape[-2:]))
    y = np.zeros((*left.shape[:-1], right.shape[-1]), input.dtype)
    for b in np.ndindex(batch):
        y[b] = mm(left[b], right[b])
    dropped = [-2] * (input.ndim == 1) + [-1] * (other.ndim == 1)
    return np.squeeze(y, tuple(dropped))


def _check_inner(left: np.ndarray, right: np.ndarray) -> None:
    """Check that the last axis of the left is as long as the rows of the right."""
    rows = right.shape[-2:][0]
    if left.shape[-1] != rows:
        raise ValueError(
            f"shapes {left.shape} and {right.shape} do not multiply: "
            f"{left.shape[-1]} columns, {rows} rows"
        )


def _with_bias(input: np.ndarray, product: np.ndarray, beta: float) -> np.ndarray:
    """beta · input + product, one sum in any order; no input, where beta is 0."""
    try:
        bias = np.broadcast_to(input, product.shape)
    except ValueError:
        raise ValueError(
            f"input has shape {input.shape}; it must broadcast to {product.shape}"
        ) from None
    y = np.zeros(product.shape, input.dtype)
    for i in np.ndindex(y.shape):
        y[i] = product[i] + beta * bias[i] if beta != 0 else product[i]
    return y
