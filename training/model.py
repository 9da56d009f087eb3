"""The encoder with its heads: MiniLM-L6 given the letters' case back, one linear read-out for every question.

All heads hang on one matrix of outputs per wordpiece; the program takes what it needs from the row of each word's
first piece. A dependency head is scored by a dot product of two projections (the bilinear form of Dozat and Manning
2017 folded into one of them), its relation by the elementwise product of two smaller ones.
"""
import json, math

import torch
from torch import nn
from torch.nn import functional as F

from encode import QUOTED


class Layer(nn.Module):
    def __init__(self, size, heads, inner):
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm1, self.norm2 = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)

    def forward(self, x, mask):
        b, n, d = x.shape
        q, k, v = (t.view(b, n, self.heads, d // self.heads).transpose(1, 2) for t in self.qkv(x).chunk(3, -1))
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.out(a.transpose(1, 2).reshape(b, n, d)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Encoder(nn.Module):
    def __init__(self, words=30522, size=384, layers=6, heads=12, inner=1536, positions=512, cases=2 * QUOTED, corpora=3):
        super().__init__()
        self.word = nn.Embedding(words, size)
        self.word.weight.requires_grad_(False)
        self.position, self.case, self.corpus = nn.Embedding(positions, size), nn.Embedding(cases, size), nn.Embedding(corpora, size)
        nn.init.zeros_(self.case.weight), nn.init.zeros_(self.corpus.weight)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, heads, inner) for _ in range(layers))
        self.mix = nn.Parameter(torch.tensor([0.0] * (layers - 2) + [1.0, 2.0]))

    def forward(self, ids, cases, corpus, mask):
        at = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.word(ids) + self.position(at)[None] + self.case(cases) + self.corpus(corpus)[:, None])
        weights, mixed = self.mix.softmax(0), 0
        for w, layer in zip(weights, self.layers):
            x = layer(x, mask)
            mixed = mixed + w * x
        return mixed


HEADS = {"arc": 192, "relation": 128, "link": 96}
# The tags of each word, and the widths of the layers that lead to them.
TAGS = {"upos": 192, "xpos": 192, "name": 192, "attribution": 192, "event": 64}


class Tagger(nn.Module):
    def __init__(self, labels, layers=6):
        super().__init__()
        self.labels = labels
        self.encoder = Encoder(layers=layers)
        size = 384
        arc, rel, link = HEADS["arc"], HEADS["relation"], HEADS["link"]
        self.arc_dep, self.arc_head = nn.Linear(size, arc), nn.Linear(size, arc)
        self.arc_form, self.arc_bias = nn.Linear(arc, arc, bias=True), nn.Linear(arc, 1)
        self.rel_dep, self.rel_head = nn.Linear(size, rel), nn.Linear(size, rel)
        self.rel_out = nn.Linear(3 * rel, len(labels["relation"]))
        self.link_dep, self.link_head = nn.Linear(size, link), nn.Linear(size, link)
        self.link_form = nn.Linear(link, link)
        self.tags = nn.ModuleDict({k: nn.Sequential(nn.Linear(size, hidden), nn.GELU(), nn.Dropout(0.2), nn.Linear(hidden, len(labels[k])))
                                   for k, hidden in TAGS.items()})
        self.drop = nn.Dropout(0.2)

    @staticmethod
    def from_trained(labels, saved):
        """Takes over what an earlier model knows; heads that it lacks begin at random."""
        model = Tagger(labels, layers=len(saved["state"]["encoder.mix"]))
        state = dict(saved["state"])
        old = state["encoder.case.weight"]
        if len(old) == QUOTED:
            state["encoder.case.weight"] = torch.cat([old, old])
        lacking = model.load_state_dict(state, strict=False)
        if lacking.unexpected_keys or any(saved["labels"][k] != labels[k] for k in saved["labels"]):
            raise SystemExit(f"the earlier model has other heads or labels: {lacking.unexpected_keys}")
        return model

    @staticmethod
    def from_base(labels, path):
        from safetensors.torch import load_file
        model, w = Tagger(labels), load_file(path)
        e = model.encoder
        with torch.no_grad():
            e.word.weight.copy_(w["embeddings.word_embeddings.weight"])
            e.position.weight.copy_(w["embeddings.position_embeddings.weight"] + w["embeddings.token_type_embeddings.weight"][0])
            e.norm.weight.copy_(w["embeddings.LayerNorm.weight"]), e.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(e.layers):
                p = f"encoder.layer.{i}."
                for kind in ("weight", "bias"):
                    getattr(layer.qkv, kind).copy_(torch.cat([w[f"{p}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]))
                    for own, theirs in ((layer.out, "attention.output.dense"), (layer.norm1, "attention.output.LayerNorm"), (layer.up, "intermediate.dense"),
                                        (layer.down, "output.dense"), (layer.norm2, "output.LayerNorm")):
                        getattr(own, kind).copy_(w[f"{p}{theirs}.{kind}"])
        return model

    def forward(self, ids, cases, corpus, mask, firsts):
        """Word-level scores; firsts [batch, words] holds the index of each word's first piece (0, the root, where padded)."""
        return self.read_out(self.drop(self.encoder(ids, cases, corpus, mask)), firsts)

    def read_out(self, h, firsts):
        """The heads' scores from what the encoder makes of each piece."""
        words = h.gather(1, firsts[..., None].expand(-1, -1, h.shape[-1]))
        with_root = torch.cat([h[:, :1], words], 1)
        dep = self.arc_form(self.drop(F.gelu(self.arc_dep(words))))
        head = self.drop(F.gelu(self.arc_head(with_root)))
        arcs = dep @ head.transpose(1, 2) + self.arc_bias(head).transpose(1, 2)
        rel_dep, rel_head = self.drop(F.gelu(self.rel_dep(words))), self.drop(F.gelu(self.rel_head(with_root)))
        link_dep = self.link_form(self.drop(F.gelu(self.link_dep(words))))
        links = link_dep @ self.drop(F.gelu(self.link_head(with_root))).transpose(1, 2)
        return {k: m(words) for k, m in self.tags.items()}, arcs, rel_dep, rel_head, links

    def relations(self, rel_dep, rel_head, heads):
        chosen = rel_head.gather(1, heads[..., None].expand(-1, -1, rel_head.shape[-1]))
        return self.rel_out(torch.cat([rel_dep * chosen, rel_dep, chosen], -1))
