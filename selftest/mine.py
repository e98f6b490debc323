"""A backend of one file, as someone's own: `pytest --backend mine.py`."""

from properties.backends.backend import Backend, Framework


def mine(folder, source, dtype="float64", *, in_process=True, **limits):
    """The backend that `source`, with NumPy as np, is in a file of `folder`."""
    path = folder / "mine.py"
    path.write_text("import numpy as np\n" + source)
    framework = Framework(str(path), in_process=in_process, **limits)
    framework.check()
    return Backend(framework, "cpu", dtype)
