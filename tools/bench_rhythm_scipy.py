"""scipy side of `ganglion bench rhythm`: the same chess clock fitted to the same durations, in Debian's python3-scipy.

Usage: bench_rhythm_scipy.py PROBLEM RESULT

PROBLEM is a JSON file with the durations, the loss, the point and the simplex that the fit begins at, how many evaluations to do, and
parameters to judge in each "check" entry. RESULT receives the time of one evaluation and the losses of the check entries, so that the
caller can see that both sides judge alike.

It is what one writes with scipy: solve_ivp from event to event (a clock that comes to 1 is a terminal event) for half a cycle, newton
(without a derivative: the secant method) for the orbit that is its own mirror image, and minimize with method Nelder-Mead around it.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy.integrate import solve_ivp
from scipy.optimize import minimize, newton

LONGEST = 60.0


def arrives(i):
    event = lambda t, state: state[i] - 1
    event.terminal, event.direction = True, 1
    return event


ARRIVALS = [arrives(0), arrives(1)]


class Stands(Exception):
    """A clock never comes to its end."""


def half(p, speed, place):
    """From the start of the left flexor's clock to that of the right one: where the left side stands then, the time, and the swing."""
    drive = {True: p[0] + p[2] * speed, False: p[1] + p[3] * speed}
    coupling = {(True, True): p[5], (True, False): p[6], (False, True): p[7], (False, False): p[8]}
    left, right, leak = True, place < 1, p[4]
    x, y, now, swing, found = 0.0, place % 1, 0.0, None, None
    while swing is None or found is None:
        a, b, bx, by = drive[left], drive[right], coupling[left, right], coupling[right, left]
        slope = lambda t, s: [a - leak * s[0] + bx * s[1] * (1 - s[1]), b - leak * s[1] + by * s[0] * (1 - s[0])]
        run = solve_ivp(slope, (0, LONGEST), [x, y], events=ARRIVALS, rtol=1e-8, atol=1e-10)
        if run.status != 1:
            raise Stands()
        now += run.t[-1]
        x, y = run.y[:, -1]
        if x >= 1 - 1e-7:
            x, left, swing = 0.0, not left, now if swing is None else swing
        if y >= 1 - 1e-7:
            y, right = 0.0, not right
            if right and found is None:
                found = (x if left else 1 + x), now
    return found[0], found[1], swing


def mirror(p, speed, guess):
    """Swing, stance and slope of the orbit that is its own mirror image."""
    place = newton(lambda q: half(p, speed, q)[0] - q, guess, tol=1e-7, maxiter=20)
    found, time_, swing = half(p, speed, place)
    slope = (half(p, speed, place + 1e-3)[0] - found) / 1e-3
    return swing, 2 * time_ - swing, slope, place


def main():
    problem_file, result_file = sys.argv[1:3]
    with open(problem_file) as file:
        p = json.load(file)
    speeds, swing, stance = (np.array(p[key]) for key in ("speed", "swing", "stance"))
    scale = lambda values, weight: weight / ((values - values.mean())**2).sum()
    swing_scale, stance_scale = scale(swing, p["swing_weight"]), scale(stance, 1 - p["swing_weight"])

    def loss(parameters):
        couplings = np.abs(parameters[5:])
        cost = (p["ridge"] * couplings**2 + p["coupling_cost"] * np.maximum(0, couplings - p["free_coupling"])**2).sum()
        total, wrong = 0.0, 0.0
        for i, speed in enumerate(speeds):
            try:
                own_swing, own_stance, slope, place = mirror(parameters, speed, p["guess"][i] + wrong)
            except (Stands, RuntimeError):
                return 1000 * (2 - i / len(speeds))
            wrong = place - p["guess"][i]
            cost += p["slope_cost"] * max(0, abs(slope) - p["free_slope"])**2 / len(speeds)
            total += (own_swing - swing[i])**2 * swing_scale + (own_stance - stance[i])**2 * stance_scale
        return total + cost

    check = [loss(np.array(parameters)) for parameters in p["check"]]
    start = time.process_time()
    simplex = [np.array(p["from"], dtype=float)]
    for i, step in enumerate(p["around"]):
        simplex.append(simplex[0] + step * (np.arange(len(p["around"])) == i))
    run = minimize(loss, simplex[0], method="Nelder-Mead",
                   options={"initial_simplex": np.array(simplex), "maxfev": p["evaluations"], "fatol": 1e-6, "xatol": 1e-6})
    seconds = time.process_time() - start
    with open(result_file, "w") as file:
        json.dump({"check": check, "seconds": seconds, "evaluations": int(run.nfev), "loss": float(run.fun),
                   "scipy": scipy.__version__, "numpy": np.__version__}, file)


main()
