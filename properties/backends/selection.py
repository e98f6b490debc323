"""Which backends a run holds to the laws: frameworks × devices × dtypes."""

import pytest

from properties.arithmetic.precision import FORMATS
from properties.backends.adapter import UnusableBackend
from properties.backends.backend import Backend, Framework
from properties.operations import operation_of


class Selection:
    """The backends that a run's options ask for.

    Raises:
        UnusableBackend: a name that is asked for is nowhere to be had.
    """

    def __init__(self, names, devices, dtypes, **limits):
        self.absent = []
        self.frameworks = [Framework(name, **limits) for name in names or ["torch"]]
        for framework in list(self.frameworks):
            try:
                framework.check()
            except UnusableBackend as problem:
                if names or "No module named 'torch'" not in str(problem):
                    raise
                self.absent.append(("torch", "torch is not installed"))
                self.frameworks.remove(framework)
        self.set_aside_what_lacks()
        self.backends = [
            Backend(framework, device, dtype)
            for framework in self.frameworks
            for device, offered in framework.offer["dtypes"].items()
            for dtype in offered
            if device in (devices or [device]) and dtype in (dtypes or [dtype])
        ]
        self.check_devices(devices or [])
        self.check_dtypes(dtypes or [])
        for framework in self.frameworks:
            lacks_cuda = "cuda" not in framework.offer["dtypes"]
            if framework.name == "torch" and lacks_cuda and not devices:
                self.absent.append(("torch-cuda", "torch sees no CUDA device"))

    def set_aside_what_lacks(self):
        """Let backends that cannot run here be visible skips."""
        for framework in list(self.frameworks):
            if lacking := framework.offer["lacks"]:
                self.absent.append((framework.label, lacking))
                self.frameworks.remove(framework)

    def check_devices(self, devices):
        offers = {f.name: list(f.offer["dtypes"]) for f in self.frameworks}
        for device in devices:
            if not any(device in offered for offered in offers.values()):
                raise UnusableBackend(
                    f"device {device} is not present: " + listed(offers)
                )

    def check_dtypes(self, dtypes):
        for dtype in dtypes:
            if dtype not in FORMATS:
                raise UnusableBackend(
                    f"dtype {dtype} is not one of {', '.join(FORMATS)}"
                )
            if not any(backend.dtype == dtype for backend in self.backends):
                offers = {
                    f"{f.name} on {device}": dtypes
                    for f in self.frameworks
                    for device, dtypes in f.offer["dtypes"].items()
                }
                raise UnusableBackend(
                    f"dtype {dtype} is not supported: {listed(offers)}"
                )

    def parameters(self, function):
        """What a property is run with: backends, and visible skips for absent ones."""
        operation = operation_of(function)
        for backend in self.backends:
            lacks = operation and not backend.implements(operation)
            reason = f"{backend.framework.label} does not implement it"
            skip = [pytest.mark.skip(reason=reason)] if lacks else []
            yield pytest.param(backend, id=repr(backend), marks=skip)
        for label, reason in self.absent:
            yield pytest.param(None, id=label, marks=pytest.mark.skip(reason=reason))

    def close(self):
        for framework in self.frameworks:
            framework.close()


def listed(offers):
    return "; ".join(f"{name} has {', '.join(what)}" for name, what in offers.items())
