"""What workers do together: each has a row, and the rows are added and shared."""

import numpy as np


def all_reduce(input: np.ndarray) -> np.ndarray:
    """Give each worker the sum over all workers.

        y[r] = Σ_q x[q]  for every r

    Shapes: input and result (workers, *size).

    Raises:
        ValueError: there is no axis of workers, or it is empty.

    Source: PyTorch's documentation of torch.distributed.all_reduce.
    """
    _check_workers(input)
    y = np.zeros(input.shape, input.dtype)
    for r, q in np.ndindex(len(input), len(input)):
        y[r] += input[q]
    return y


def broadcast_from(input: np.ndarray, *, root: int) -> np.ndarray:
    """Give each worker what one of them has.

        y[r] = x[root]  for every r

    Shapes: input and result (workers, *size).

    Raises:
        ValueError: there is no axis of workers, or root is not one of them.

    Source: PyTorch's documentation of torch.distributed.broadcast.
    """
    _check_root(input, root)
    y = np.zeros(input.shape, input.dtype)
    for r in range(len(input)):
        y[r] = input[root]
    return y


def reduce_to(input: np.ndarray, *, root: int) -> np.ndarray:
    """Give one worker the sum over all workers.

        y = Σ_q x[q],  which worker root has; what the others have is not defined

    Shapes:
        input   (workers, *size)
        result  (*size), input's dtype

    Raises:
        ValueError: as `broadcast_from`.

    Source: PyTorch's documentation of torch.distributed.reduce.
    """
    _check_root(input, root)
    y = np.zeros(input.shape[1:], input.dtype)
    for row in input:
        y[()] += row
    return y


def scatter_from(input: np.ndarray, *, root: int) -> np.ndarray:
    """Give each worker its part of what one of them has.

        y[r] = x[r],  where x is worker root's

    Shapes: input (workers, *size), all of it worker root's; result alike.

    Raises:
        ValueError: as `broadcast_from`.

    Source: PyTorch's documentation of torch.distributed.scatter.
    """
    _check_root(input, root)
    return input.copy()


def reduce_scatter(input: np.ndarray) -> np.ndarray:
    """Give each worker one part of the sum, passing parts around a ring.

        s = ⌈numbers / workers⌉ numbers are a part; worker r ends with part r.
        In step t = 0, …, workers − 2, worker r sends part (r − t − 1) mod workers, as
        far as it is added up, to worker r + 1, which adds its own.

    Shapes:
        input   (workers, numbers)
        result  (workers, s), input's dtype; 0 where the last parts are shorter

    Raises:
        ValueError: input is not (workers, numbers), or has no workers.

    Source: Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters
        of workstations" (2009).
    """
    parts = _parts(input)
    workers = len(parts)
    for t in range(workers - 1):
        sent = [parts[r, (r - t - 1) % workers].copy() for r in range(workers)]
        for r, numbers in enumerate(sent):
            parts[(r + 1) % workers, (r - t - 1) % workers] += numbers
    return np.array([parts[r, r] for r in range(workers)], input.dtype)


def all_gather(input: np.ndarray) -> np.ndarray:
    """Give each worker the parts of all, passing them around a ring.

        y[r, q] = x[q]  for every r
        In step t = 0, …, workers − 2, worker r sends part (r − t) mod workers, which
        it has by then, to worker r + 1.

    Shapes:
        input   (workers, *size)
        result  (workers, workers, *size), input's dtype

    Raises:
        ValueError: as `all_reduce`.

    Source: PyTorch's documentation of torch.distributed.all_gather; the ring, Patarasuk
        and Yuan, "Bandwidth optimal all-reduce algorithms for clusters of
        workstations" (2009).
    """
    _check_workers(input)
    workers = len(input)
    y = np.zeros((workers, *input.shape), input.dtype)
    for r in range(workers):
        y[r, r] = input[r]
    for t in range(workers - 1):
        for r in range(workers):
            part = (r - t) % workers
            y[(r + 1) % workers, part] = y[r, part]
    return y


def ring_all_reduce(input: np.ndarray) -> np.ndarray:
    """Give each worker the sum over all, by passing parts around a ring twice.

        y = all_gather(reduce_scatter(x)): in 2 · (workers − 1) steps each worker sends
        2 · (workers − 1) / workers times its numbers, however many workers there are.

    Shapes: input and result (workers, numbers).

    Raises:
        ValueError: as `reduce_scatter`.

    Source: Patarasuk and Yuan, "Bandwidth optimal all-reduce algorithms for clusters
        of workstations" (2009).
    """
    parts = all_gather(reduce_scatter(input))
    return parts.reshape(len(input), -1)[:, : input.shape[1]]


def parameter_server_step(
    weight: np.ndarray, gradients: np.ndarray, *, lr: float
) -> np.ndarray:
    """Let a server add up all workers' gradients, step, and send out the weights.

        y[r] = w − lr · Σ_q g[q]  for every worker r

    Shapes:
        weight     (*size), what the server has
        gradients  (workers, *size), what it is sent
        result     (workers, *size), what each worker has then; weight's dtype

    Raises:
        ValueError: gradients are not of the weight, or of no worker.

    Source: Li et al., "Scaling Distributed Machine Learning with the Parameter
        Server" (OSDI 2014).
    """
    if gradients.shape[1:] != weight.shape or not len(gradients):
        raise ValueError(
            f"gradients have shape {gradients.shape}; they must be of one or more "
            f"workers, (workers, *{weight.shape})"
        )
    y = np.zeros(gradients.shape, weight.dtype)
    for k in np.ndindex(weight.shape):
        total = sum(gradients[:, *k])
        y[:, *k] = weight[k] - lr * total
    return y


def _check_workers(input: np.ndarray) -> None:
    if input.ndim < 1 or not len(input):
        raise ValueError(f"input has shape {input.shape}; it must be (workers, *size)")


def _check_root(input: np.ndarray, root: int) -> None:
    _check_workers(input)
    if not 0 <= root < len(input):
        raise ValueError(f"root is {root}; it must be one of {len(input)} workers")


def _parts(input: np.ndarray) -> np.ndarray:
    """Each worker's numbers in as many parts as there are workers."""
    _check_workers(input)
    if input.ndim != 2:
        raise ValueError(
            f"input has shape {input.shape}; it must be (workers, numbers)"
        )
    workers, numbers = input.shape
    size = -(-numbers // workers)
    parts = np.zeros((workers, workers * size), input.dtype)
    parts[:, :numbers] = input
    return parts.reshape(workers, workers, size)
