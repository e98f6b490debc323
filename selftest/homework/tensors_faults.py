"""Subtle faults of tensors.py: the text to replace, and by what."""

FAULTS = {
    "matmul": {
        "batches do not broadcast, the first is taken": (
            'y = np.einsum("...ij,...jk->...ik", left, right)',
            "b = right[:1] if right.ndim > 2 and left.ndim > 2 else right\n"
            "    shape = np.broadcast_shapes(left.shape[:-2], right.shape[:-2])\n"
            '    y = np.einsum("...ij,...jk->...ik", left, b)\n'
            "    y = np.broadcast_to(y, (*shape, *y.shape[-2:]))",
        ),
        "wrong past inner element 64": (
            '"...ij,...jk->...ik", left, right',
            '"...ij,...jk->...ik", left[..., :64], right[..., :64, :]',
        ),
        "last column wrong when the size is 1 modulo 32": (
            "    if other.ndim == 1:\n        y = y[..., 0]\n",
            "    if y.shape[-1] % 32 == 1 and y.shape[-1] > 1:\n"
            "        y[..., -1] = 0\n"
            "    if other.ndim == 1:\n        y = y[..., 0]\n",
        ),
        "a vector on the right keeps its axis": (
            "    if other.ndim == 1:\n        y = y[..., 0]\n",
            "    if other.ndim == 1 and input.ndim < 3:\n        y = y[..., 0]\n",
        ),
        "1e-5 off": (
            "left, right)\n",
            "left, right)\n    y = y * y.dtype.type(1.00001)\n",
        ),
    },
    "addmm": {
        "alpha ignored where beta is 1": (
            "y = alpha * (mat1 @ mat2)",
            "y = (alpha if beta != 1 else 1) * (mat1 @ mat2)",
        ),
        "beta times NaN": ("if beta != 0:", "if True:"),
        "beta ignored": ("beta * input", "input"),
        "beta scaled by alpha": ("beta * input", "beta * input * (alpha or 1)"),
        "a row for a column": (
            "beta * input",
            "beta * (input.reshape(1, -1) if input.shape[1:] == (1,)"
            " and len(input) == y.shape[-1] else input)",
        ),
        "no product without an inner size": (
            "if beta != 0:",
            "if beta != 0 and mat2.size:",
        ),
    },
    "tensor_sum": {
        "keepdim ignored for several axes": (
            "keepdims=keepdim, dtype",
            "keepdims=keepdim and not isinstance(dim, tuple), dtype",
        ),
        "narrow whole numbers wrap around": (
            "else np.int64\n",
            "else np.uint8 if input.dtype == np.uint8 else np.int64\n",
        ),
        "the last left out when the size is 1 modulo 32": (
            "    axes = tuple(range",
            "    if input.shape[-1] % 32 == 1 and input.shape[-1] > 1 and dim == -1:\n"
            "        input = input.copy()\n"
            "        input[..., -1] = 0\n"
            "    axes = tuple(range",
        ),
        "infinity dropped": (
            "    axes = tuple(range",
            "    input = np.where(np.isinf(input), 0, input).astype(input.dtype)\n"
            "    axes = tuple(range",
        ),
        "of several axes only the first": (
            "else dim\n",
            "else dim[:1] if isinstance(dim, tuple) else dim\n",
        ),
        "wrong past element 1000": (
            "    axes = tuple(range",
            "    input = input[:1000]\n    axes = tuple(range",
        ),
    },
    "argmax": {
        "the last of equals": (
            "places = np.argmax(input, axis=dim)",
            "places = input.shape[dim] - 1 - np.argmax(np.flip(input, dim), axis=dim)",
        ),
        "NaN passed over": (
            "places = np.argmax(input, axis=dim)",
            "places = np.argmax(np.where(np.isnan(input), -np.inf, input), axis=dim)",
        ),
        "flattened in columns": ("input.reshape(-1)", 'input.ravel("F")'),
        "keepdim ignored for all": (
            "return place.reshape((1,) * input.ndim) if keepdim else place",
            "return place",
        ),
        "of sizes, not of numbers": (
            "places = np.argmax(input, axis=dim)",
            "places = np.argmax(abs(input), axis=dim)",
        ),
    },
    "topk": {
        "least is greatest": ("-rows if largest else rows", "-rows"),
        "least in the other order": (
            "[..., :k]\n",
            "[..., :k]\n    order = order if largest else order[..., ::-1]\n",
        ),
        "indices of the rest": (
            "return np.moveaxis(values, -1, dim), np.moveaxis(order",
            "return np.moveaxis(values, -1, dim), np.moveaxis(order - (order > 31)",
        ),
        "one too few of all": (
            "[..., :k]\n",
            "[..., : k - (k == rows.shape[-1] > 1)]\n",
        ),
        "the last is never seen": (
            "order = np.argsort(-rows if largest else rows",
            "rows = rows.copy()\n"
            "    if k < rows.shape[-1]:\n"
            "        rows[..., -1:] = -np.inf if largest else np.inf\n"
            "    order = np.argsort(-rows if largest else rows",
        ),
    },
    "chunk": {
        "as many pieces as asked for": (
            "size = -(-n // chunks)",
            "size = max(n // chunks, 1)",
        ),
        "the rest left out": (
            "range(0, n, size)",
            "range(0, n - n % size if n > size else n, size)",
        ),
        "dim −1 for −2": (
            "pieces = [",
            "dim = -1 if dim == -2 else dim\n    pieces = [",
        ),
        "three pieces the other way round": (
            "for piece in pieces)",
            "for piece in pieces[:: -1 if len(pieces) == 3 else 1])",
        ),
        "chunks is the size": ("size = -(-n // chunks)", "size = chunks"),
    },
}
