"""DEAP side of `ganglion bench gait`: the same genetic algorithm on the same gait problem, in Debian's python3-deap and numpy.

Usage: bench_gait_deap.py PROBLEM RESULT

PROBLEM is a JSON file with the numbers of the problem (tick, ring, filter, cycles, sizes, costs), the ranges of the 22 genes, a
population to judge in each "check" entry, and the number of individuals to time. RESULT receives the time for one individual and
the fitness of the check individuals, so that the caller can see that both sides judge alike.

The evaluation is what one writes with numpy: the seven oscillators advance as one array by Heun's method, and everything that does
not feed back (feet, body, zero-moment point, support, margin) is computed on whole trajectories afterwards.
"""

import json
import math
import random
import sys
import time

import numpy as np
from deap import base, creator, tools

GRAVITY = 9.81
START = np.array([[.1291, .0431, -.1436, .0513], [-.1436, .0513, .1291, .0431], [.0896, .0830, .0341, .0186], [.0341, .0186, .0896, .0830]])
QUARTER = [0, 1, 2, 3, 0, 3, 1]


def weights(ring):
    w = np.zeros((7, 7))
    for i in range(4):
        w[i, (i + 2) % 4] = -1
        w[i, (i + 3) % 4] = -ring
    w[4], w[5], w[6] = w[0], w[3], w[1]
    return w


def outputs(p, genes, w):
    """Low-passed outputs of the seven oscillators at every tick of the settling and judged cycles."""
    body, foot = genes[0:5], genes[12:17]
    column = lambda i: np.array([foot[i]] * 4 + [body[i]] * 3)
    rate_u, rate_v, s, beta, a = 1 / column(0), 1 / column(1), column(2), column(3), column(4)
    u = np.array([START[0][QUARTER], START[1][QUARTER]]) * s / .375
    v = np.array([START[2][QUARTER], START[3][QUARTER]]) * s / .375
    h, k = p["tick"], p["filter"]
    first, second = np.zeros(7), np.zeros(7)
    rows, crossings, last = [], 0, 0.0

    def slopes(u, v):
        y = np.maximum(u, 0)
        return rate_u * (s + y @ w.T - u - a * y[::-1] - beta * v), rate_v * (y - v)

    for _ in range(p["max_ticks"]):
        du, dv = slopes(u, v)
        du2, dv2 = slopes(u + h * du, v + h * dv)
        u = u + .5 * h * (du + du2)
        v = v + .5 * h * (dv + dv2)
        first = first + k * (u[1] - u[0] - first)
        second = second + k * (first - second)
        rows.append(second)
        if last < 0 <= second[0]:
            crossings += 1
            if crossings == p["settle"] + p["cycles"]:
                break
        last = second[0]
    return np.array(rows)


def foot_path(p, x, y):
    """Where the foot stands, when in a tick it changes, and for how much of a tick it stands."""
    up = y > 0
    before_y, before_x, before_up = np.concatenate(([1.0], y[:-1])), np.concatenate(([0.0], x[:-1])), np.concatenate(([True], up[:-1]))
    lands, lifts = before_up & ~up, ~before_up & up
    change = lands | lifts
    when = np.where(change, before_y / np.where(change, before_y - y, 1), 0)
    index = np.where(lands, np.arange(len(x)), -1)
    latest = np.maximum.accumulate(index)
    stance = np.where(latest >= 0, (before_x + when * (x - before_x))[latest], 0)
    stood = np.where(~before_up & ~up, 1.0, 0.0) + lifts * when + lands * (1 - when)
    return up, lands, lifts, when, stance, stood


def margin(p, centre_x, centre_z, half_x, half_z, standing, x, z):
    dx, dz = x - centre_x, z - centre_z
    way = np.hypot(half_x, half_z)
    safe = np.where(way > 0, way, 1)
    nx, nz = half_z / safe, half_x / safe
    least = np.minimum(p["half_length"] + np.abs(half_x) - np.abs(dx), p["half_width"] + np.abs(half_z) - np.abs(dz))
    along = p["half_length"] * np.abs(nx) + p["half_width"] * np.abs(nz) - np.abs(nx * dx - nz * dz)
    least = np.where(way > 0, np.minimum(least, along), least)
    return np.where(standing > 0, least, -.1)


def missing(o):
    return max(0, o[4] - 1 - o[3]) + max(0, 1 + o[0] / o[1] - o[4])


def beyond(value, low, high):
    return max(0, low - value) + max(0, value - high)


def fitness(p, genes, w):
    lack = missing(genes[0:5]) + missing(genes[12:17])
    if lack > 0:
        return p["unfit"] - lack
    with np.errstate(all="ignore"):
        out = outputs(p, genes, w)
        dt = p["tick"]
        t = dt * np.arange(1, len(out) + 1)
        x = out[:, 0]
        crossed = np.flatnonzero((x[:-1] < 0) & (x[1:] >= 0)) + 1
        if len(crossed) < p["settle"] + p["cycles"]:
            return p["unfit"] - 2
        at = t[crossed] - x[crossed] / (x[crossed] - x[crossed - 1]) * dt
        begin, end = crossed[p["settle"] - 1], crossed[p["settle"] + p["cycles"] - 1]
        period = (at[p["settle"] + p["cycles"] - 1] - at[p["settle"] - 1]) / p["cycles"]

        bx, by, bz = genes[5] + genes[8] * out[:, 4] + genes[11] * t, genes[6] + genes[9] * out[:, 5], genes[7] + genes[10] * out[:, 6]
        feet = [foot_path(p, genes[17] + genes[19] * out[:, i] + genes[21] * t, genes[18] + genes[20] * out[:, i + 1]) for i in (0, 2)]
        (up_l, lands_l, lifts_l, when_l, at_l, stood_l), (up_r, lands_r, lifts_r, when_r, at_r, stood_r) = feet
        both, left, right = ~up_l & ~up_r, ~up_l & up_r, up_l & ~up_r
        centre_x = both * .5 * (at_l + at_r) + left * at_l + right * at_r
        centre_z = p["spacing"] * (right.astype(float) - left)
        half_x, half_z = both * .5 * (at_r - at_l), both * p["spacing"]
        standing = 2.0 * both + left + right

        second = lambda c: np.concatenate(([0.0], c[2:] - 2 * c[1:-1] + c[:-2], [0.0])) / dt**2
        lever = by / np.maximum(second(by) + GRAVITY, 1)
        zx, zz = bx - lever * second(bx), bz - lever * second(bz)
        least = margin(p, centre_x, centre_z, half_x, half_z, standing, zx, zz)
        changed, lifted, when = lands_l | lifts_l | lands_r | lifts_r, lifts_l | lifts_r, np.maximum(when_l, when_r)
        back = lambda c: np.concatenate((c[:1], c[:-1]))
        pick = lambda c: np.where(lifted, c, back(c))
        between = margin(p, pick(centre_x), pick(centre_z), pick(half_x), pick(half_z), pick(standing),
                         back(zx) + when * (zx - back(zx)), back(zz) + when * (zz - back(zz)))
        least = np.where(changed, np.minimum(least, between), least)

        judged = slice(begin, end)
        distance = np.hypot(zx - centre_x, zz - centre_z)[judged].mean()
        landed = (lands_l.astype(float) + lands_r)[judged]
        step = (landed * np.abs(at_l - at_r)[judged]).sum() / landed.sum() if landed.sum() > 0 else 0.0
        lift = max(0, (genes[18] + genes[20] * np.maximum(out[judged, 1], out[judged, 3])).max())
        duty = .5 * (stood_l + stood_r)[judged].mean()
        height = by - p["body_over_hips"] - p["ankle"]
        leg = math.sqrt(np.maximum(~up_l * (height**2 + bz**2 + (at_l - bx)**2), ~up_r * (height**2 + bz**2 + (at_r - bx)**2))[judged].max())
        penalty = (p["margin_cost"] * max(0, p["min_margin"] - least[judged].min()) + p["lift_cost"] * beyond(lift, p["min_lift"], p["max_lift"])
                   + p["duty_cost"] * beyond(duty, p["min_duty"], p["max_duty"]) + p["period_cost"] * beyond(period, p["min_period"], p["max_period"])
                   + p["step_cost"] * beyond(step, p["min_step"], p["max_step"]) + p["reach_cost"] * max(0, leg - p["reach"]))
        value = (.52 / (distance + .001) + .28 / (abs(p["step_slope"] * step - p["step_offset"]) + .05)
                 + .20 * (1 - bz[judged].std() / p["spacing"]) - (10 if by[judged].min() < p["lowest_body"] else 0) - penalty)
    return value if math.isfinite(value) else p["unfit"] - 2


def main():
    problem_file, result_file = sys.argv[1:3]
    with open(problem_file) as file:
        p = json.load(file)
    low, high = np.array(p["low"]), np.array(p["high"])
    w = weights(p["ring"])
    check = [fitness(p, np.array(genes), w) for genes in p["check"]]

    random.seed(1)
    creator.create("Fitness", base.Fitness, weights=(1.0,))
    creator.create("Individual", list, fitness=creator.Fitness)
    box = base.Toolbox()
    box.register("individual", tools.initRepeat, creator.Individual, random.random, len(low))
    box.register("population", tools.initRepeat, list, box.individual)
    box.register("evaluate", lambda x: (fitness(p, low + (high - low) * np.clip(x, 0, 1), w),))
    box.register("mate", tools.cxBlend, alpha=.5)
    box.register("mutate", tools.mutGaussian, mu=0, sigma=.1, indpb=.2)
    box.register("select", tools.selTournament, tournsize=3)
    population = [box.individual() for _ in range(100)]
    # The judged gaits are those that a search meets when it has got somewhere: they walk, and do not fall out early.
    for individual, genes in zip(population, p["check"]):
        individual[:] = ((np.array(genes) - low) / (high - low)).tolist()
    done, start = 0, time.process_time()
    for individual in population[: p["individuals"]]:
        individual.fitness.values = box.evaluate(individual)
        done += 1
    judged = [i for i in population if i.fitness.valid]
    children = [box.clone(i) for i in box.select(judged, len(judged))]
    for one, two in zip(children[::2], children[1::2]):
        if random.random() < .8:
            box.mate(one, two)
            del one.fitness.values, two.fitness.values
    for child in children:
        if random.random() < .29:
            box.mutate(child)
            if child.fitness.valid:
                del child.fitness.values
    seconds = time.process_time() - start
    with open(result_file, "w") as file:
        json.dump({"seconds_per_individual": seconds / done, "check": check, "numpy": np.__version__}, file)


main()
