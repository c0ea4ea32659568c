"""Write golden.json: ten training steps of the tutorial's network, by PyTorch.

    python golden.py > golden.json

Made with Python 3.11, torch 1.13.1 and numpy 1.26.4, float32 on one thread of
an x86-64 CPU with AVX-512. The same machine repeats it bit for bit; another
CPU, version or number of threads rounds differently, which matters as much as
the spreads explained below say.

The network (channels first, no dropout, so that the trace is deterministic):

    conv2d_1  32 @ 3x3 valid, ReLU     (N,1,28,28)  -> (N,32,26,26)
    conv2d_2  32 @ 3x3 valid, ReLU     (N,32,26,26) -> (N,32,24,24)
    max-pool  2                        (N,32,24,24) -> (N,32,12,12)
    flatten   in the order C,H,W       (N,4608)
    dense_1   128, ReLU                (N,128)
    dense_2   10                       (N,10)       the logits
    softmax, categorical cross-entropy, mean over the batch

trained by Adadelta on STEPS different batches of BATCH images.

Every starting number comes from a formula in integers, so that the reader
needs no files to repeat it exactly. With all arithmetic modulo 2^32:

    hash(stream, i) = lowbias32(stream * STREAM_STEP + i)
    lowbias32(x):     x ^= x >> 16; x *= MUL1
                      x ^= x >> 15; x *= MUL2
                      x ^= x >> 16

    weight i of a tensor = (2u - 1) * limit, in float32, where
        u     = (hash(stream of the tensor, i) >> 8) * 2^-24
        limit = float32(sqrt(6 / (fan_in + fan_out))), Glorot's uniform
        i     = flat index in (Out,In,H,W) for a convolution and in (In,Out)
                for a dense layer, In of dense_1 being in the order C,H,W
        2u - 1 is exact in float32, so the product rounds once.
    every bias = 0

    label of image n    = hash(STREAM_LABEL, n) % CLASSES
    bright(c, row, col) = hash(STREAM_PATTERN, c*49 + (row/4)*7 + col/4) % 4 == 0
    pixel of image n    = (CONTRAST if bright(label, row, col) else 0)
                        + hash(STREAM_NOISE, n*784 + row*28 + col) % NOISE
    input               = float32(pixel) / 255, rounded once

with / the whole quotient inside the indices. An image is thus its class's 7x7
board of 4x4 squares, one in four bright, under noise. The noise is on every
pixel: a flat patch would make exact ties in the max-pool, which rounding would
break differently from program to program. Step s (from 0) takes the images
s*BATCH up to (s+1)*BATCH - 1.

How closely can another program agree? Not to rounding: where two values under
the max-pool, or a value and ReLU's zero, are closer than the rounding error,
the gradient takes another path, and the following steps multiply the
difference. So the ten steps are repeated in float64 (losses_float64), and
JITTER_RUNS times in float32 with noise added to the output of conv2d_2, of a
standard deviation JITTER times its largest value: what a fast convolution
loses. Each "spread" is the largest change seen in those runs, and so a measure
for the reader's tolerance. The streams of the images were chosen from twenty
for keeping every unit of dense_1 away from zero in the first six steps.
"""

import json
import math
import sys

import numpy as np
import torch
from torch import nn

BATCH, STEPS, CLASSES = 128, 10, 10
LR, RHO, EPS = 1.0, 0.95, 1e-7

STREAM_STEP, MUL1, MUL2 = 0x9E3779B9, 0x7FEB352D, 0x846CA68B
STREAM_LABEL, STREAM_PATTERN, STREAM_NOISE = 47, 48, 49
CONTRAST, NOISE = 128, 16  # of the 255 of a pixel

JITTER, JITTER_RUNS = 1e-6, 8

# Weights: name, shape in the listed order, fan_in, fan_out. The stream of a
# tensor is its position here, from 1.
WEIGHTS = [
    ("conv2d_1", (32, 1, 3, 3), 1 * 9, 32 * 9),
    ("conv2d_2", (32, 32, 3, 3), 32 * 9, 32 * 9),
    ("dense_1", (4608, 128), 4608, 128),
    ("dense_2", (128, 10), 128, 10),
]

# Tensors with more values than FULL are listed at every STRIDE-th flat index
# only. STRIDE is a prime near 589824/512, so the SAMPLES indices of dense_1
# meet all of its columns.
FULL, STRIDE, SAMPLES = 10_000, 1151, 512


def hash32(stream, i):
    """hash(stream, i) for an array i of integers, as uint32."""
    x = (stream * STREAM_STEP + np.asarray(i, np.uint64)).astype(np.uint32)
    x ^= x >> np.uint32(16)
    x *= np.uint32(MUL1)
    x ^= x >> np.uint32(15)
    x *= np.uint32(MUL2)
    x ^= x >> np.uint32(16)
    return x


def limit(fan_in, fan_out):
    return np.float32(math.sqrt(6 / (fan_in + fan_out)))


def weight(stream, shape, bound):
    """The starting weights of one tensor, float32."""
    h = hash32(stream, np.arange(math.prod(shape)))
    u = (h >> np.uint32(8)).astype(np.float32) * np.float32(2**-24)
    return ((np.float32(2) * u - np.float32(1)) * bound).reshape(shape)


def images(n):
    """Images 0..n-1: pixels (n,28,28) in 0..255 and labels (n,), integers."""
    labels = hash32(STREAM_LABEL, np.arange(n)).astype(np.int64) % CLASSES
    row, col = np.arange(28)[:, None], np.arange(28)[None, :]
    board = labels[:, None, None] * 49 + (row // 4) * 7 + col // 4
    bright = hash32(STREAM_PATTERN, board) % 4 == 0
    noise = hash32(STREAM_NOISE, np.arange(n * 784)).astype(np.int64) % NOISE
    return CONTRAST * bright + noise.reshape(n, 28, 28), labels


class Jitter(nn.Module):
    """Adds normal noise of JITTER times the largest value."""

    def __init__(self, seed):
        super().__init__()
        self.random = torch.Generator().manual_seed(seed)

    def forward(self, x):
        noise = torch.randn(x.shape, generator=self.random)
        return x + JITTER * x.detach().abs().max() * noise


def network(jitter):
    """The network with its starting weights, float32; jitter is None or the
    seed of the noise after conv2d_2."""
    net = nn.Sequential()
    net.add_module("conv2d_1", nn.Conv2d(1, 32, 3))
    net.add_module("relu_1", nn.ReLU())
    net.add_module("conv2d_2", nn.Conv2d(32, 32, 3))
    if jitter is not None:
        net.add_module("jitter", Jitter(jitter))
    net.add_module("relu_2", nn.ReLU())
    net.add_module("pool", nn.MaxPool2d(2))
    net.add_module("flatten", nn.Flatten())
    net.add_module("dense_1", nn.Linear(4608, 128))
    net.add_module("relu_3", nn.ReLU())
    net.add_module("dense_2", nn.Linear(128, 10))
    with torch.no_grad():
        for stream, (name, shape, *fans) in enumerate(WEIGHTS, start=1):
            layer = net.get_submodule(name)
            w = torch.from_numpy(weight(stream, shape, limit(*fans)))
            layer.weight.copy_(w.T if w.dim() == 2 else w)
            layer.bias.zero_()
    return net


def listed(tensors):
    """(name, tensor) pairs as a dict of copies in the listed order of indices:
    torch keeps the weights of a dense layer as (Out,In)."""
    return {
        name.replace(".", "/"): (t.T if t.dim() == 2 else t).detach().numpy().copy()
        for name, t in tensors
    }


def train(dtype=torch.float32, jitter=None):
    """The trace of STEPS steps. All runs start from the same float32 numbers."""
    pixels, labels = images(STEPS * BATCH)
    inputs = pixels.astype(np.float32)[:, None] / np.float32(255)
    x_all = torch.from_numpy(inputs).to(dtype)
    y_all = torch.from_numpy(labels)

    net = network(jitter).to(dtype)
    adadelta = torch.optim.Adadelta(net.parameters(), lr=LR, rho=RHO, eps=EPS)
    trace = {"losses": [], "accuracies": []}
    for step in range(STEPS):
        batch = slice(step * BATCH, (step + 1) * BATCH)
        x, y = x_all[batch], y_all[batch]
        adadelta.zero_grad()
        logits = net(x)
        # Softmax and categorical cross-entropy in one, mean over the batch.
        loss = nn.functional.cross_entropy(logits, y)
        loss.backward()
        if step == 0:
            trace["logits"] = logits.detach().numpy()[:4].copy()
            trace["grads"] = listed((n, p.grad) for n, p in net.named_parameters())
        adadelta.step()
        trace["losses"].append(loss.item())
        trace["accuracies"].append((logits.argmax(1) == y).double().mean().item())
    trace["weights"] = listed(net.named_parameters())
    return trace


def norm(v):
    return np.linalg.norm(v.reshape(-1).astype(np.float64))


def total(v):
    return v.sum(dtype=np.float64)


def summary(name, v, jittered):
    """One tensor: norm and sum over all of it (added up in float64), then
    values[k] = the value at flat index k*stride; jittered holds the same
    tensor from each of the jittered runs."""
    stride, count = (1, v.size) if v.size <= FULL else (STRIDE, SAMPLES)
    return {
        "name": name,
        "shape": list(v.shape),
        "norm": norm(v),
        "sum": total(v),
        "spread": {
            "norm": max(abs(norm(j) - norm(v)) for j in jittered),
            "sum": max(abs(total(j) - total(v)) for j in jittered),
            "value": max(np.abs(j - v).max() for j in jittered),
        },
        "stride": stride,
        "values": v.reshape(-1)[np.arange(count) * stride],
    }


def start():
    """A few starting numbers, to tell a wrong formula from a wrong network."""
    pixels, labels = images(STEPS * BATCH)
    return {
        "labels": labels[:16],
        "pixels": pixels[0, 0, :16],
        "label_sum": int(labels.sum()),
        "pixel_sum": int(pixels.sum()),
        "weights": {
            name: weight(stream, shape, limit(*fans)).reshape(-1)[:4]
            for stream, (name, shape, *fans) in enumerate(WEIGHTS, start=1)
        },
    }


def golden():
    single, double = train(), train(torch.float64)
    jittered = [train(jitter=seed) for seed in range(JITTER_RUNS)]
    change = np.abs([np.subtract(j["losses"], single["losses"]) for j in jittered])

    def summaries(kind):
        return [
            summary(name, v, [j[kind][name] for j in jittered])
            for name, v in single[kind].items()
        ]

    return {
        "made_by": "golden.py",
        "torch": torch.__version__.split("+")[0],
        "recipe": {"batch": BATCH, "steps": STEPS, "lr": LR, "rho": RHO, "eps": EPS},
        "formula": {
            "stream_step": STREAM_STEP,
            "mul1": MUL1,
            "mul2": MUL2,
            "streams": {
                **{name: i for i, (name, *_) in enumerate(WEIGHTS, start=1)},
                "label": STREAM_LABEL,
                "pattern": STREAM_PATTERN,
                "noise": STREAM_NOISE,
            },
            "limits": {name: limit(*fans) for name, _, *fans in WEIGHTS},
            "contrast": CONTRAST,
            "noise": NOISE,
        },
        "start": start(),
        "losses": single["losses"],
        "losses_float64": double["losses"],
        "losses_spread": change.max(axis=0),
        "accuracies": single["accuracies"],
        "logits": single["logits"],
        "grads": summaries("grads"),
        "weights": summaries("weights"),
    }


def encode(v, indent=""):
    """JSON with floats to 9 significant digits (enough to restore a float32
    exactly) and number lists wrapped at 8 a line, so that diffs stay small."""
    inner = indent + " "
    if isinstance(v, dict):
        rows = [f"{json.dumps(k)}: {encode(e, inner)}" for k, e in v.items()]
        return "{\n" + ",\n".join(inner + r for r in rows) + f"\n{indent}}}"
    if isinstance(v, np.ndarray):
        v = list(v)
    if isinstance(v, list):
        each = [encode(e, inner) for e in v]
        width = 8 if np.ndim(v[0]) == 0 and not isinstance(v[0], dict) else 1
        rows = [", ".join(each[i : i + width]) for i in range(0, len(each), width)]
        if len(rows) == 1:
            return f"[{rows[0]}]"
        return "[\n" + ",\n".join(inner + r for r in rows) + f"\n{indent}]"
    if isinstance(v, (float, np.floating)):
        return f"{v:.9g}"
    if isinstance(v, np.integer):
        v = int(v)
    return json.dumps(v)


if __name__ == "__main__":
    torch.set_num_threads(1)  # one order of summation
    sys.stdout.write(encode(golden()) + "\n")
