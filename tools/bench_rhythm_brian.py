"""Brian2 side of `ganglion bench rhythm`: the spiking pattern generator's network in Debian's python3-brian.

Usage: bench_rhythm_brian.py PROBLEM RESULT

PROBLEM is a JSON file with the network: for each neuron its bias, its currents per unit of each represented dimension and its decoders
(feed of cosine and sine, level); time constants; the place of the speed; seconds to run. RESULT receives the processor time of
the run without building and compiling, and the period of the cosine in a run of its own, so that the caller can see that both
sides oscillate alike.

Brian2 moves a spike to the end of its step, where Nengo's rule has it within the step: at the step of 1 ms that is timed it fires less and
turns faster. So the period is taken at a tenth of the step, where both have to agree.
"""

import json
import sys
import time

import brian2 as b
import numpy as np


def network(p, monitor):
    bias, currents, decoders = np.array(p["bias"]), np.array(p["currents"]), np.array(p["decoders"])
    count = len(bias)
    second = b.second
    names = {
        "tau_rc": p["membrane_time"] * second, "tau": p["synapse"] * second,
        "kick_time": p["kick_seconds"] * second, "kick": p["kick"], "place": p["place"],
    }
    state = b.NeuronGroup(1, "dx0/dt = -x0 / tau : 1\ndx1/dt = -x1 / tau : 1\ndl/dt = -l / tau : 1",
                          method="exact", namespace=names)
    cells = b.NeuronGroup(
        count,
        """dv/dt = (bias + e0 * (x0 + kick * int(t < kick_time)) + e1 * x1 + e2 * place - v) / tau_rc : 1 (unless refractory)
        bias : 1 (constant)
        e0 : 1 (constant)
        e1 : 1 (constant)
        e2 : 1 (constant)
        x0 : 1 (linked)
        x1 : 1 (linked)""",
        threshold="v > 1", reset="v = 0", refractory=p["refractory_time"] * second, method="exponential_euler", namespace=names)
    cells.bias, cells.e0, cells.e1, cells.e2 = bias, currents[0], currents[1], currents[2]
    first = np.zeros(count, dtype=int)
    cells.x0 = b.linked_var(state, "x0", index=first)
    cells.x1 = b.linked_var(state, "x1", index=first)
    cells.run_regularly("v = clip(v, 0, 2)", when="after_groups")  # Nengo's membranes do not sink below 0
    decode = b.Synapses(cells, state, "w0 : 1\nw1 : 1\nw2 : 1",
                        on_pre="x0_post += w0\nx1_post += w1\nl_post += w2")
    decode.connect()
    decode.w0, decode.w1, decode.w2 = (decoders / p["synapse"]).T
    parts = [state, cells, decode]
    seen = b.StateMonitor(state, "x0", record=[0]) if monitor else None
    return b.Network(*parts, *([seen] if monitor else [])), seen


def main():
    problem_file, result_file = sys.argv[1:3]
    with open(problem_file) as file:
        p = json.load(file)
    b.defaultclock.dt = p["step"] * b.second
    timed, _ = network(p, False)
    timed.run(0.2 * b.second)  # compiles
    start = time.process_time()
    timed.run(p["seconds"] * b.second)
    seconds = time.process_time() - start

    fine = p["step"] / 10
    b.defaultclock.dt = fine * b.second
    watched, seen = network(p, True)
    watched.run((2 + p["watched_seconds"]) * b.second)
    c = seen.x0[0][int(2 / fine):]
    up = np.flatnonzero((c[:-1] < 0) & (c[1:] >= 0))
    # Noise crosses several times: a new cycle has been below -0.5 in between.
    kept = [up[0]] if len(up) else []
    for k in up[1:]:
        if c[kept[-1]:k].min() < -0.5:
            kept.append(k)
    period = (kept[-1] - kept[0]) / (len(kept) - 1) * fine if len(kept) > 1 else float("nan")
    with open(result_file, "w") as file:
        json.dump({"seconds": seconds, "period": period, "target": str(b.prefs.codegen.target), "version": b.__version__}, file)


main()
