"""What is held to the laws: one module or package per framework.

A backend is a module whose functions have the names and signatures of reference/, by
one of the names in `FRAMEWORKS`, by its dotted name, or by the path to its file. It
works on NumPy arrays unless it says how it does with these, all optional:

    to_tensor(array, device, dtype)   make an input of a float64 or an int64 array
    tiled(tensor, shape)              make a large input: the numbers of a tensor of one
                                      axis, over and over; default: by NumPy
    to_numpy(tensor)                  make a NumPy array of a result
    devices()                         names, the first of them "cpu"; default ["cpu"]
    dtypes(device)                    names; default ["float64", "float32"]
    free_memory(device)               in bytes, for arrays of more than 2³¹ numbers;
                                      None for as much as workers may have
    gradient(function, tensors, cotangents)
                                      gradients of Σ cotangent · result by tensors,
                                      all of which are floating
    wide(device)                      names of dtypes that the kernels of
                                      arithmetic.precision.ROUNDS_ONCE compute in
                                      float32; default none
    program(*inputs, steps)           run the steps of a random program in one call, as
                                      program.interpret does by default
    update(input, other, *, function, no_grad)
                                      change a tensor in place, in random programs, as
                                      programs.updates.update says; then what
                                      programs.memory.VIEWS names returns views
    ARITHMETIC                        the library whose precision it has, "numpy" or
                                      "torch"; default "numpy"
    MODE_OF                           the framework that it is a mode of, one of
                                      `FRAMEWORKS`, whose known issues it has, too
    READS_TF32                        whether convolutions of float32 on CUDA may read
                                      its first bits alone; default True
    lacks()                           what is missing for it to be run: then it is a
                                      visible skip; "" for nothing
    tally()                           counts of "calls" since it was last asked, and of
                                      those that ran as the backend means them to
"""

FRAMEWORKS = (
    *("torch", "numpy", "torchvision", "nltk", "sacrebleu", "reference"),
    *("torch-compile", "torch-vmap", "torch-autocast", "torch-deterministic"),
    *("torch-no-mkldnn", "torch-no-cudnn", "torch-no-tf32"),
)
