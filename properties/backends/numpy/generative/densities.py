import numpy as np
import scipy.special


def image_log_likelihood(logits: np.ndarray, image: np.ndarray) -> np.ndarray:
    log_probs = scipy.special.log_softmax(logits, axis=1)
    chosen = np.take_along_axis(log_probs, image[:, None], axis=1)
    return chosen.reshape(len(logits), -1).sum(1, dtype=logits.dtype)


def evidence(prior: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    return prior @ likelihood


def bayes_rule(prior: np.ndarray, likelihood: np.ndarray) -> np.ndarray:
    joint = likelihood * prior[:, None]
    return joint / joint.sum(0)
