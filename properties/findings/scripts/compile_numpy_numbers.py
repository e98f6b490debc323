"""torch.compile of NumPy: modf, cbrt, sums of bytes and tens are other numbers."""

import numpy as np
import torch

calls = {
    "modf": (np.modf, np.array([-1.25])),
    "fix": (np.fix, np.array([-1.5])),
    "cbrt": (np.cbrt, np.array([-8.0])),
    "cumsum": (np.cumsum, np.array([200, 100], np.uint8)),
    "square": (np.square, np.array([200], np.uint8)),
    "reciprocal": (np.reciprocal, np.array([13])),
    "round": (lambda a: np.round(a, -1), np.array([13])),
}
wrong = []
for name, (function, a) in calls.items():
    found = torch.compile(lambda a, f=function: f(a), backend="eager")(a)
    if not np.array_equal(found, function(a), equal_nan=True):
        print(name, found, "where", function(a), "is right")
        wrong.append(name)
assert not wrong
