"""PyTorch side of `ganglion bench lsnn`: the same LSNN, weights, samples and gradients, timed.

Usage: bench_lsnn_torch.py EXCHANGE RESULT --threads N --seconds S

EXCHANGE is a safetensors file with weights.input, weights.recurrent, weights.readout, inputs [N, Windows x Channels],
output_gradients [N, Windows x LossSteps x Outputs] and spikes [N, Steps x Hidden], the caller's raster; its metadata holds shape and
constants as JSON. RESULT receives the times as metadata, in microseconds, and
  parted [N]            step x Hidden + neuron where hand or autograd first spike otherwise than the caller, or -1: the neuron was so
                        close to its threshold that rounding decided, and what follows is the activity of another network
  hand.*, autograd.*    gradients summed over the samples that did not part; the input gradients per sample

Two implementations, so that nobody can say that only the convenient one was beaten:
  hand      BPTT written out, in-place operations, one matrix product per step and direction, weight gradients as one product at the end
  autograd  the plain way: a loop over steps and a custom spike function with the triangular pseudo-derivative

Four traps make PyTorch on a processor 5 to 100 times slower than it need be, and are disabled here or by the caller:
  1. OpenBLAS that does not know the processor: set OPENBLAS_CORETYPE before the start (and have OpenBLAS, not the reference BLAS)
  2. indexing a long tensor inside the autograd loop: unbind(0) instead
  3. page faults of large temporaries: set MALLOC_MMAP_THRESHOLD_, MALLOC_TRIM_THRESHOLD_ and MALLOC_TOP_PAD_ before the start
  4. denormal numbers: torch.set_flush_denormal(True)
"""

import argparse
import json
import struct
import sys
import time

import torch


def read_safetensors(path):
    with open(path, "rb") as file:
        raw = file.read()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = torch.frombuffer(bytearray(raw[begin:end]), dtype=torch.float32).reshape(entry["shape"])
    return tensors, metadata


def write_safetensors(path, tensors, metadata):
    header, offset, body = {"__metadata__": metadata}, 0, []
    for name, tensor in tensors.items():
        data = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
        body.append(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(body))


class Network:
    def __init__(self, tensors, metadata):
        shape, constants = json.loads(metadata["shape"]), json.loads(metadata["constants"])
        if constants["RefractorySteps"] != 0:
            sys.exit("the PyTorch side has no refractory period; compare a network without one.")
        self.channels, self.windows, self.hidden = shape["Channels"], shape["Windows"], shape["Hidden"]
        self.outputs, self.per_window = shape["Outputs"], shape["StepsPerWindow"]
        self.clock_steps, self.loss_steps = shape["ClockSteps"], shape["LossSteps"]
        self.steps = self.windows * self.per_window
        self.alpha, self.rho, self.kappa = constants["MembraneDecay"], constants["AdaptationDecay"], constants["ReadoutDecay"]
        self.threshold, self.dampening = constants["Threshold"], constants["Dampening"]
        self.zeta = torch.zeros(self.hidden)
        self.zeta[self.hidden // 2 :] = constants["AdaptationScale"]
        self.w_in, self.w_rec, self.w_out = (tensors["weights." + name] for name in ("input", "recurrent", "readout"))

    def drive(self, x):
        """Input per step, [Steps, B, InputRows]."""
        batch = x.shape[0]
        held = x.reshape(batch, self.windows, self.channels).transpose(0, 1)
        held = held.repeat_interleave(self.per_window, dim=0)
        if self.clock_steps == 0:
            return held
        clock = torch.zeros(self.steps, batch, self.windows)
        for t in range(self.steps):
            if t % self.per_window >= self.per_window - self.clock_steps:
                clock[t, :, t // self.per_window] = 1
        return torch.cat([held, clock], dim=2)

    def spread(self, gradients):
        """Output gradients at the loss steps, put among all steps: [Steps, B, Outputs]."""
        batch = gradients.shape[0]
        full = torch.zeros(batch, self.windows, self.per_window, self.outputs)
        full[:, :, self.per_window - self.loss_steps :] = gradients.reshape(batch, self.windows, self.loss_steps, self.outputs)
        return full.reshape(batch, self.steps, self.outputs).transpose(0, 1).contiguous()

    def gather_inputs(self, delta):
        """Gradients of all inputs per step to those of the held channels per window, [B, Windows x Channels]."""
        batch = delta.shape[1]
        sums = delta[:, :, : self.channels].reshape(self.windows, self.per_window, batch, self.channels).sum(1)
        return sums.transpose(0, 1).reshape(batch, -1)


class Hand:
    """BPTT written out; buffers are made once per batch size."""

    def __init__(self, network, batch):
        self.net = network
        shape = (network.steps, batch, network.hidden)
        self.spikes, self.slopes, self.delta_v = torch.empty(shape), torch.empty(shape), torch.empty(shape)
        self.y = torch.empty(network.steps, batch, network.outputs)

    def forward(self, x):
        net = self.net
        current = torch.matmul(net.drive(x), net.w_in)
        v, a, z = (torch.zeros(x.shape[0], net.hidden) for _ in range(3))
        for t in range(net.steps):
            if t:
                current[t].addmm_(z, net.w_rec)
            v.mul_(net.alpha).add_(current[t]).sub_(z, alpha=net.threshold)
            a.mul_(net.rho).add_(z)
            distance = torch.addcmul(v, net.zeta, a, value=-1).sub_(net.threshold)
            z = self.spikes[t]
            torch.gt(distance, 0, out=self.mask(distance))
            z.copy_(self._mask)
            torch.abs(distance, out=self.slopes[t])
        self.slopes.mul_(-net.dampening / net.threshold).add_(net.dampening).clamp_(min=0)
        torch.matmul(self.spikes, net.w_out, out=self.y)
        for t in range(1, net.steps):
            self.y[t].add_(self.y[t - 1], alpha=net.kappa)
        return self.y

    def mask(self, like):
        if not hasattr(self, "_mask") or self._mask.shape != like.shape:
            self._mask = torch.empty(like.shape, dtype=torch.bool)
        return self._mask

    def backward(self, spread_gradients):
        net = self.net
        delta_y = spread_gradients.clone()
        for t in range(net.steps - 2, -1, -1):
            delta_y[t].add_(delta_y[t + 1], alpha=net.kappa)
        self.delta_y = delta_y
        signal = torch.matmul(delta_y, net.w_out.t())
        recurrent = net.w_rec.t().contiguous()
        v, a = torch.zeros_like(signal[0]), torch.zeros_like(signal[0])
        for t in range(net.steps - 1, -1, -1):
            s = signal[t]
            s.addmm_(v, recurrent).sub_(v, alpha=net.threshold).add_(a).mul_(self.slopes[t])
            v = torch.add(s, v, alpha=net.alpha, out=self.delta_v[t])
            a.mul_(net.rho).addcmul_(net.zeta, s, value=-1)

    def to_inputs(self):
        return self.net.gather_inputs(torch.matmul(self.delta_v, self.net.w_in.t()))

    def to_weights(self, x):
        net = self.net
        flat = lambda tensor: tensor.reshape(-1, tensor.shape[-1])
        return (
            flat(net.drive(x)).t() @ flat(self.delta_v),
            flat(self.spikes[:-1]).t() @ flat(self.delta_v[1:]),
            flat(self.spikes).t() @ flat(self.delta_y),
        )


class Spike(torch.autograd.Function):
    @staticmethod
    def forward(ctx, distance, dampening, threshold):
        ctx.save_for_backward(distance)
        ctx.numbers = dampening, threshold
        return (distance > 0).float()

    @staticmethod
    def backward(ctx, gradient):
        (distance,) = ctx.saved_tensors
        dampening, threshold = ctx.numbers
        return gradient * dampening * torch.clamp(1 - distance.abs() / threshold, min=0), None, None


def autograd_outputs(net, x, w_in, w_rec, w_out):
    """Outputs [Steps, B, Outputs] and spikes [Steps, B, Hidden]."""
    current = torch.matmul(net.drive(x), w_in).unbind(0)
    v, a, z = (torch.zeros(x.shape[0], net.hidden) for _ in range(3))
    y, outputs, spikes = torch.zeros(x.shape[0], net.outputs), [], []
    for t in range(net.steps):
        v = net.alpha * v + current[t] + z @ w_rec - net.threshold * z
        a = net.rho * a + z
        z = Spike.apply(v - net.threshold - net.zeta * a, net.dampening, net.threshold)
        y = net.kappa * y + z @ w_out
        outputs.append(y)
        spikes.append(z)
    return torch.stack(outputs), spikes


def autograd_gradients(net, x, spread_gradients, wanted):
    """Gradients of <spread_gradients, y> to x ("inputs"), the three groups of weights ("weights"), or x and then the weights ("all")."""
    weights = [net.w_in, net.w_rec, net.w_out]
    leaves = {"inputs": [x], "weights": weights, "all": [x] + weights}[wanted]
    for leaf in leaves:
        leaf.requires_grad_(True)
    outputs, _ = autograd_outputs(net, x, *weights)
    gradients = torch.autograd.grad((outputs * spread_gradients).sum(), leaves)
    for leaf in leaves:
        leaf.requires_grad_(False)
    return gradients


def first_difference(raster, others):
    """Place in [Steps x Hidden] of the first spike that one of the others has otherwise, or -1; all [B, Steps x Hidden], result [B]."""
    differs = torch.zeros(raster.shape, dtype=torch.bool)
    for other in others:
        differs |= raster != other
    return torch.where(differs.any(dim=1), differs.byte().argmax(dim=1), -1).float()


def fastest(work, seconds):
    """Smallest time of one call in microseconds; at least three calls."""
    best, calls, end = float("inf"), 0, time.perf_counter() + seconds
    while calls < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
        calls += 1
    return best * 1e6


def main():
    parser = argparse.ArgumentParser(description="PyTorch side of `ganglion bench lsnn`.")
    parser.add_argument("exchange")
    parser.add_argument("result")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=3.0, help="time spent on each figure")
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    tensors, metadata = read_safetensors(options.exchange)
    net, inputs = Network(tensors, metadata), tensors["inputs"]
    spread, one = net.spread(tensors["output_gradients"]), inputs[:1]
    count = inputs.shape[0]

    with open("/proc/self/maps") as maps:
        blas = "OpenBLAS" if "openblas" in maps.read() else "no OpenBLAS (install libopenblas0-pthread)"
    times = {"torch": torch.__version__, "blas": blas, "threads": str(options.threads), "batch": str(count)}

    hand_one, hand_all, spread_one = Hand(net, 1), Hand(net, count), spread[:, :1].contiguous()

    def hand_inference():
        hand_one.forward(one)
        hand_one.backward(spread_one)
        return hand_one.to_inputs()

    def hand_training():
        hand_all.forward(inputs)
        hand_all.backward(spread)
        return hand_all.to_weights(inputs)

    with torch.no_grad():
        hand_all.forward(inputs)
        _, automatic = autograd_outputs(net, inputs, net.w_in, net.w_rec, net.w_out)
        rasters = (spikes.transpose(0, 1).reshape(count, -1) for spikes in (hand_all.spikes, torch.stack(automatic)))
        parted = first_difference(tensors["spikes"], rasters)
        judged = spread * (parted < 0).float().reshape(1, count, 1)
        hand_all.backward(judged)
        hand = hand_all.to_weights(inputs)
        results = {"parted": parted}
        results.update(zip(("hand.input", "hand.recurrent", "hand.readout"), hand))
        results["hand.inputs"] = hand_all.to_inputs()
    automatic = autograd_gradients(net, inputs, judged, "all")
    results.update(zip(("autograd.inputs", "autograd.input", "autograd.recurrent", "autograd.readout"), automatic))

    with torch.no_grad():
        times["inference_hand_us"] = repr(fastest(hand_inference, options.seconds))
        times["training_hand_us"] = repr(fastest(hand_training, options.seconds) / count)
    times["inference_autograd_us"] = repr(fastest(lambda: autograd_gradients(net, one, spread_one, "inputs"), options.seconds))
    times["training_autograd_us"] = repr(fastest(lambda: autograd_gradients(net, inputs, spread, "weights"), options.seconds) / count)
    write_safetensors(options.result, results, times)


if __name__ == "__main__":
    main()
