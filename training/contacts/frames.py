"""The reader of frames: an encoder whose lower layers see one sentence each and whose upper layers see the whole window, and
read-outs for words that tell of a contact, what they tell, which words play a part, and which tellings are of one occasion."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from texts import CERTAINTIES, KINDS, PARTS, ROLES, STATUSES

WIDTH, HEADS = 384, 12
TELLS = {"trigger": 1, "kind": len(KINDS), "status": len(STATUSES), "certainty": len(CERTAINTIES), "aggregate": 1, "several": 1}
PAIR, SAME = 160, 96
# The share of wordpieces that training hides.
HIDDEN = 0.04
# How far a word stands from the trigger, in words: before, after, by doubling.
NEAR = [-40, -20, -10, -5, -3, -2, -1, 0, 1, 2, 3, 5, 10, 20, 40]


class Layer(nn.Module):
    def __init__(self, size=WIDTH, inner=1536):
        super().__init__()
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm1, self.norm2 = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)

    def forward(self, x, mask, drop=0.0):
        b, n, d = x.shape
        q, k, v = (t.view(b, n, HEADS, d // HEADS).transpose(1, 2) for t in self.qkv(x).chunk(3, -1))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + F.dropout(self.out(a.transpose(1, 2).reshape(b, n, d)), drop, self.training))
        return self.norm2(x + F.dropout(self.down(F.gelu(self.up(x))), drop, self.training))


class Encoder(nn.Module):
    def __init__(self, layers=6, words=30522):
        super().__init__()
        self.word, self.position = nn.Embedding(words, WIDTH), nn.Embedding(512, WIDTH)
        self.case, self.order = nn.Embedding(10, WIDTH), nn.Embedding(16, WIDTH)
        nn.init.zeros_(self.case.weight), nn.init.normal_(self.order.weight, std=0.02)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))


class Frames(nn.Module):
    def __init__(self, layers=6, alone=3, depth=6):
        """`alone`: how many lower layers see one sentence each, and are not trained; `depth`: how many the program's encoder has."""
        super().__init__()
        self.encoder, self.alone = Encoder(layers), alone
        # Those of the program's own upper layers that see every piece of a sentence: what they make of it tells names and the links of words.
        self.program = nn.ModuleList(Layer() for _ in range(depth - alone - 1))
        self.mix = nn.Linear(WIDTH, WIDTH)
        nn.init.zeros_(self.mix.weight), nn.init.zeros_(self.mix.bias)
        self.drop = nn.Dropout(0.15)
        self.tells = nn.Sequential(nn.Linear(WIDTH, 256), nn.GELU(), nn.Dropout(0.15), nn.Linear(256, sum(TELLS.values())))
        self.of_trigger, self.of_word = nn.Linear(WIDTH, 2 * PAIR), nn.Linear(WIDTH, 2 * PAIR)
        self.near = nn.Embedding(len(NEAR) + 1, PAIR)
        self.parts = nn.Linear(PAIR, len(PARTS) + len(ROLES))
        self.occasion = nn.Linear(WIDTH, SAME)
        self.gap = nn.Embedding(8, 64)
        self.same1, self.same2 = nn.Linear(2 * SAME, 64), nn.Linear(64, 1)
        nn.init.normal_(self.near.weight, std=0.1), nn.init.normal_(self.gap.weight, std=0.1)

    def lower(self, batch):
        """What the program's encoder makes of every piece, each sentence by itself: after its lower layers, and after all but the last, side by side."""
        e = self.encoder
        x = e.norm(e.word(batch["ids"]) + e.position(batch["positions"]) + e.case(batch["cases"]))
        same = (batch["segment"][:, :, None] == batch["segment"][:, None, :])[:, None]
        for layer in e.layers[:self.alone]:
            x = layer(x, same)
        lower = x
        for layer in self.program:
            x = layer(x, same)
        return torch.cat([lower, x], -1)

    def encode(self, batch, lower=None):
        if lower is None:
            with torch.no_grad():
                lower = self.lower(batch)
        e = self.encoder
        if self.training:
            # Now and then a wordpiece is not to be seen, so that no single word decides.
            lower = lower * (torch.rand(lower.shape[:2]) > HIDDEN).float()[..., None]
        x = lower[..., :WIDTH] + self.mix(lower[..., WIDTH:]) + e.order(batch["segment"].clamp(0, 15))
        seen = (batch["segment"] >= 0)[:, None, None, :]
        for layer in e.layers[self.alone:]:
            x = layer(x, seen, 0.1)
        return x

    def words(self, h, batch):
        return self.drop(h).gather(1, batch["firsts"][..., None].expand(-1, -1, WIDTH))

    def told(self, words):
        return dict(zip(TELLS, self.tells(words).split(list(TELLS.values()), -1)))

    def part_scores(self, triggers, words, trigger, word, near):
        """Scores of words as parts of a trigger: rows `trigger` of `triggers` with rows `word` of `words`, and their `near` buckets."""
        ta, tm = (t[trigger] for t in self.of_trigger(triggers).chunk(2, -1))
        wa, wm = (w[word] for w in self.of_word(words).chunk(2, -1))
        return self.parts(F.dropout(F.relu(ta + wa + tm * wm + self.near(near)), 0.15, self.training)).split([len(PARTS), len(ROLES)], -1)

    def same_scores(self, one, other, gap):
        a, b = self.occasion(one), self.occasion(other)
        return self.same2(F.relu(self.same1(torch.cat([a * b, (a - b).abs()], -1)) + self.gap(gap))).squeeze(-1)


def near_bucket(distance):
    return torch.bucketize(distance.float(), torch.tensor(NEAR, dtype=torch.float))


def from_program(path, layers=6, alone=3):
    """Begins with the encoder that the program has, its bytes turned back into numbers; its last layer stands for those it lacks."""
    import onnx
    from onnx import numpy_helper
    held = {i.name: numpy_helper.to_array(i) for i in onnx.load(path).graph.initializer}
    depth = sum(name.endswith(".norm1.weight") for name in held)
    model = Frames(layers, alone, depth)
    e = model.encoder

    def weight(name):
        q, s, z = (held[f"{name}_{k}"] for k in ("quantized", "scale", "zero_point"))
        return torch.tensor(((q.astype("float32") - z.astype("float32")) * s).T.copy())

    with torch.no_grad():
        e.word.weight.copy_(torch.tensor(held["word"].astype("float32") * held["word.scale"]))
        e.position.weight.copy_(torch.tensor(held["position"])), e.case.weight.copy_(torch.tensor(held["case"]))
        e.norm.weight.copy_(torch.tensor(held["embedding.weight"])), e.norm.bias.copy_(torch.tensor(held["embedding.bias"]))
        for i, layer in enumerate(e.layers):
            n = f"layer{min(i, depth - 1)}"
            # The exported queries have the scale of the dot product in them.
            scale = [math.sqrt(WIDTH // HEADS), 1, 1]
            of = [torch.tensor(held[name]) if (name := f"{n}.attention.{p}.bias") in held else torch.zeros(WIDTH) for p in "qkv"]
            parts = weight(f"{n}.attention.qkv.weight").chunk(3) if f"{n}.attention.qkv.weight_quantized" in held else [weight(f"{n}.attention.{p}.weight") for p in "qkv"]
            layer.qkv.weight.copy_(torch.cat([w * s for w, s in zip(parts, scale)]))
            layer.qkv.bias.copy_(torch.cat([bias * s for bias, s in zip(of, scale)]))
            out = f"{n}.projected" if f"{n}.projected.bias" in held else f"{n}.attention"
            for own, theirs in ((layer.out, out), (layer.up, f"{n}.up"), (layer.down, f"{n}.down")):
                own.weight.copy_(weight(f"{theirs}.weight")), own.bias.copy_(torch.tensor(held[f"{theirs}.bias"]))
            for k in ("norm1", "norm2"):
                getattr(layer, k).weight.copy_(torch.tensor(held[f"{n}.{k}.weight"]))
                getattr(layer, k).bias.copy_(torch.tensor(held[f"{n}.{k}.bias"]))
    model.program.load_state_dict(e.layers[alone:depth - 1].state_dict())
    return model, depth
