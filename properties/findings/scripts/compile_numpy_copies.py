"""torch.compile of NumPy: flatten and astype do not copy, numbers are not swapped."""

import numpy as np
import torch


def flat(a):
    a.flatten()[0] = 8


def cast(a):
    a.astype(np.float64)[0] = 8


def swap(a):
    a[0], a[1] = a[1], a[0]


found = {}
for function, right in ((flat, [1, 2]), (cast, [1, 2]), (swap, [2, 1])):
    a = np.array([1.0, 2.0])
    torch.compile(function, backend="eager")(a)
    found[function.__name__] = (a == right).all()
assert all(found.values()), f"{found}: which of them left what NumPy leaves"
