"""Logistic regression on named signs, and the file that the program reads its weights from."""
import numpy as np


def fitted(x, y, weights=None, penalty=3e-3, steps=60):
    """Weights, the intercept last, by Newton's method."""
    x = np.hstack([x, np.ones((len(x), 1))])
    share = np.ones(len(x)) / len(x) if weights is None else weights / weights.sum()
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ ((y - p) * share) - penalty * np.append(w[:-1], 0)
        bend = (x * (p * (1 - p) * share)[:, None]).T @ x + penalty * np.eye(len(w))
        w = w + np.linalg.solve(bend, slope)
    return w


def told(x, w):
    return 1 / (1 + np.exp(-(x @ w[:-1] + w[-1])))


def across(x, y, folds, weights=None):
    """What each row is told by weights that were fitted to the other folds."""
    p = np.zeros(len(y))
    for fold in sorted(set(folds)):
        own = folds == fold
        p[own] = told(x[own], fitted(x[~own], y[~own], None if weights is None else weights[~own]))
    return p


def file(what, script, names, w):
    signs = "\n".join(f'"{name}" = {value:.3f}' for name, value in zip(names, w))
    return f"# {what}, in natural logarithms of odds. Fitted by\n# training/contacts/{script}; not to be edited by hand.\n\nintercept = {w[-1]:.3f}\n\n[signs]\n{signs}\n"
