"""Faulty arguments: a right backend that is given other options than it was told.

For each option of an operation there is one that ignores it, and one that heeds it only
while another is at its default; and one that leaves out a tensor that may be None. What
has no default has for it the value that most of the calls have.
"""

import inspect
from collections import Counter
from itertools import permutations


def faults(trials):
    """By name: functions of a call's tensors and options, which give them changed."""
    names = dict.fromkeys(name for trial in trials for name in trial.call.options)
    defaults = {name: default_of(trials, name) for name in names}
    varied = [name for name in names if varies(trials, name)]
    found = {f"ignores {name}": ignoring(name, defaults) for name in varied}
    for name, other in permutations(varied, 2):
        title = f"heeds {name} only while {other} is at its default"
        found[title] = heeding(name, other, defaults)
    for which, name in enumerate(longest(trials)):
        absent = [t for t in trials if tensor_of(t, which) is None]
        if absent and len(absent) < len(trials):
            found[f"leaves out {name}"] = leaving_out(which)
    return found


def longest(trials):
    """The names of the tensors of the call that has the most."""
    return max((trial.call.inputs for trial in trials), key=len)


def tensor_of(trial, which):
    tensors = trial.call.tensors
    return tensors[which] if which < len(tensors) else None


def values_of(trials, name):
    calls = [trial.call for trial in trials]
    return [call.options[name] for call in calls if name in call.options]


def default_of(trials, name):
    """What an option is if it is not given, or most often is."""
    parameter = inspect.signature(trials[0].call.function).parameters[name]
    has_none = parameter.default is parameter.empty
    return most_frequent(trials, name) if has_none else parameter.default


def most_frequent(trials, name):
    values = {repr(value): value for value in values_of(trials, name)}
    counts = Counter(map(repr, values_of(trials, name)))
    return values[counts.most_common(1)[0][0]]


def varies(trials, name):
    return len({*map(repr, values_of(trials, name))}) > 1


def ignoring(name, defaults):
    def change(tensors, options):
        if name not in options:
            return tensors, options
        return tensors, options | {name: defaults[name]}

    return change


def heeding(name, other, defaults):
    ignored = ignoring(name, defaults)

    def change(tensors, options):
        if repr(options.get(other, defaults[other])) == repr(defaults[other]):
            return tensors, options
        return ignored(tensors, options)

    return change


def leaving_out(which):
    def change(tensors, options):
        return [None if i == which else t for i, t in enumerate(tensors)], options

    return change
