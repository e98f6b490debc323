"""Chebyshev, Laguerre and Legendre polynomials of NaN are of the number before."""

import torch

x = torch.tensor([1.5, torch.nan, 0.25, torch.nan])
names = "chebyshev_polynomial_u shifted_chebyshev_polynomial_w laguerre_polynomial_l"
actual = {name: getattr(torch.special, name)(x, 3).tolist() for name in names.split()}
at_nan = [values[place] for values in actual.values() for place in (1, 3)]
assert all(value != value for value in at_nan), f"{actual}: at 1.5, NaN, 0.25 and NaN"
