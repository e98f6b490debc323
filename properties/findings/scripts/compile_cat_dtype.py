"""cat, compiled: the dtype of a tensor without numbers is forgotten."""

import torch

none = torch.zeros(0)
a, b = torch.tensor([1, 2]), torch.tensor([3, 4])


def join(*tensors):
    joined = torch.cat(tensors)
    return joined, joined.dtype


eager, (compiled, claimed) = join(none, a, b)[0], torch.compile(join)(none, a, b)
assert compiled.dtype == eager.dtype, (
    f"{compiled.dtype}, eagerly {eager.dtype}, and {claimed} while it was traced"
)
