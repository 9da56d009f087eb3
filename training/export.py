"""Writes the trained encoder for the program: python export.py --model OUT/model.pt --base MODEL_DIR --out models/ --name small.

Three files come out: `NAME.onnx` (the weights, int8), `english.json` (what the columns of its answer mean) and
`vocab.txt` (the base model's wordpieces). The graph has two stages. The first reads padded sentences and answers, for
each requested wordpiece, one row of numbers in which every head has its columns; a further head is a further range of
columns. The second scores the relation of a dependent to its head, once the heads are known.
"""
import argparse, json, math, os, shutil, tempfile

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from model import TAGS

HEADS, WIDTH = 12, 32


class Graph:
    """Collects nodes and weights; every method answers the name of the value it makes."""

    def __init__(self, state):
        self.state, self.nodes, self.weights, self.plain = state, [], {}, []

    def value(self, name):
        return self.state[name].float().numpy()

    def weight(self, name, array):
        self.weights[name] = np.ascontiguousarray(array)
        return name

    def node(self, kind, inputs, out, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [out], name=out, **attributes))
        return out

    def linear(self, x, out, weight, bias, exact=False):
        """x · weightᵀ + bias; `exact` keeps it in floating point."""
        product = self.node("MatMul", [x, self.weight(out + ".weight", weight.T)], out + ".product")
        if exact:
            self.plain.append(product)
        return self.node("Add", [product, self.weight(out + ".bias", bias)], out)

    def stored(self, x, out, name, exact=False):
        return self.linear(x, out, self.value(name + ".weight"), self.value(name + ".bias"), exact)

    def norm(self, x, out, name):
        scale, bias = (self.weight(f"{out}.{k}", self.value(f"{name}.{k}")) for k in ("weight", "bias"))
        return self.node("LayerNormalization", [x, scale, bias], out, axis=-1, epsilon=1e-12)

    def gelu(self, x, out):
        parts = {"root": math.sqrt(2.0), "one": 1.0, "half": 0.5}
        root, one, half = (self.weight("gelu." + k, np.float32(v)) for k, v in parts.items())
        erf = self.node("Erf", [self.node("Div", [x, root], out + ".scaled")], out + ".erf")
        grown = self.node("Mul", [x, self.node("Add", [erf, one], out + ".shifted")], out + ".grown")
        return self.node("Mul", [grown, half], out)


def embedding(graph):
    """Wordpieces are kept in int8 with one scale per wordpiece; position, letter case and corpus stay as they are."""
    words = graph.value("encoder.word.weight")
    scale = np.maximum(np.abs(words).max(1, keepdims=True) / 127, 1e-9).astype(np.float32)
    table = graph.weight("word", np.clip(np.rint(words / scale), -127, 127).astype(np.int8))
    steps = graph.node("Cast", [graph.node("Gather", [table, "pieces"], "word.steps", axis=0)], "word.float", to=TensorProto.FLOAT)
    scales = graph.node("Gather", [graph.weight("word.scale", scale), "pieces"], "word.scales", axis=0)
    # Corpus 0 (the newer annotation guidelines) is what the program always asks for.
    place = graph.weight("position", graph.value("encoder.position.weight") + graph.value("encoder.corpus.weight")[0])
    x = graph.node("Mul", [steps, scales], "word.embedding")
    x = graph.node("Add", [x, graph.node("Gather", [place, "positions"], "position.embedding", axis=0)], "placed")
    case = graph.node("Gather", [graph.weight("case", graph.value("encoder.case.weight")), "cases"], "case.embedding", axis=0)
    return graph.norm(graph.node("Add", [x, case], "embedded"), "embedding", "encoder.norm")


def attention(graph, x, name, out):
    """What each piece takes from the others, before it is projected."""
    shape = graph.weight("heads.apart", np.array([0, 0, HEADS, WIDTH], np.int64))
    whole = graph.weight("heads.joined", np.array([0, 0, HEADS * WIDTH], np.int64))
    weight, bias = (graph.value(f"{name}.qkv.{k}").copy() for k in ("weight", "bias"))
    # The scale of the dot product is folded into the queries.
    size = HEADS * WIDTH
    weight[:size] /= math.sqrt(WIDTH)
    flat = graph.node("MatMul", [x, graph.weight(f"{out}.qkv.weight", weight.T)], f"{out}.qkv")
    parts = [f"{out}.{part}" for part in "qkv"]
    sizes = graph.weight("qkv.sizes", np.array([size] * 3, np.int64))
    graph.nodes.append(helper.make_node("Split", [flat, sizes], parts, name=f"{out}.split", axis=-1))
    # A key's bias adds the same to all scores of a query, which a softmax does not see; a value's goes into the projection.
    parts[0] = graph.node("Add", [parts[0], graph.weight(f"{out}.q.bias", bias[:size] / math.sqrt(WIDTH))], f"{out}.q.biased")
    split = {}
    for part, flat, turn in zip("qkv", parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3])):
        apart = graph.node("Reshape", [flat, shape], f"{out}.{part}.apart")
        split[part] = graph.node("Transpose", [apart], f"{out}.{part}.turned", perm=turn)
    scores = graph.node("Add", [graph.node("MatMul", [split["q"], split["k"]], out + ".scores"), "mask"], out + ".masked")
    weighed = graph.node("MatMul", [graph.node("Softmax", [scores], out + ".softmax", axis=-1), split["v"]], out + ".weighed")
    turned = graph.node("Transpose", [weighed], out + ".turned", perm=[0, 2, 1, 3])
    return graph.node("Reshape", [turned, whole], out + ".joined")


def projected(graph, x, name, out):
    weight, bias, values = (graph.value(f"{name}.{k}") for k in ("out.weight", "out.bias", "qkv.bias"))
    return graph.linear(x, out, weight, bias + weight @ values[2 * HEADS * WIDTH:])


def layer(graph, x, i, wanted):
    """What a layer makes of each piece; `wanted` takes the pieces that are asked for, where no other is needed."""
    name, out = f"encoder.layers.{i}", f"layer{i}"
    attended = attention(graph, x, name, out + ".attention")
    x, attended = wanted(x, out + ".before"), wanted(attended, out + ".attended")
    seen = graph.node("Add", [x, projected(graph, attended, name, out + ".projected")], out + ".seen")
    x = graph.norm(seen, out + ".norm1", name + ".norm1")
    up = graph.gelu(graph.stored(x, out + ".up", name + ".up"), out + ".gelu")
    down = graph.node("Add", [x, graph.stored(up, out + ".down", name + ".down")], out + ".thought")
    return graph.norm(down, out + ".norm2", name + ".norm2")


def encoder(graph):
    """The weighted mean of the layers' outputs, at the requested wordpieces only."""
    x, mixed = embedding(graph), None
    width = graph.weight("width", np.array([-1, HEADS * WIDTH], np.int64))
    rows = lambda x, out: graph.node("Gather", [graph.node("Reshape", [x, width], out + ".flat"), "rows"], out + ".rows", axis=0)
    weights = graph.state["encoder.mix"].float().softmax(0).numpy()
    for i, w in enumerate(weights):
        last = i == len(weights) - 1
        x = layer(graph, x, i, rows if last else lambda x, _: x)
        part = graph.node("Mul", [x if last else rows(x, f"mixed{i}"), graph.weight(f"mix{i}", np.float32(w))], f"part{i}")
        mixed = part if mixed is None else graph.node("Add", [mixed, part], f"mixed{i}.sum")
    return mixed


def read_out(graph, x):
    """All heads in one matrix; answers {head: [first column, one past the last]}."""
    plain = ("arc_dep", "arc_head", "rel_dep", "rel_head", "link_dep", "link_head")
    first = {t: f"tags.{t}.0" for t in TAGS} | {n: n for n in plain}
    weight, bias = (np.concatenate([graph.value(f"{n}.{k}") for n in first.values()]) for k in ("weight", "bias"))
    hidden = graph.gelu(graph.linear(x, "read", weight, bias), "read.gelu")
    sizes = [len(graph.value(n + ".bias")) for n in first.values()]
    names = [f"hidden.{n}" for n in first]
    lengths = graph.weight("read.sizes", np.array(sizes, np.int64))
    graph.nodes.append(helper.make_node("Split", [hidden, lengths], names, name="read.split", axis=-1))
    outs = [(t, graph.stored(f"hidden.{t}", t, f"tags.{t}.3", True)) for t in TAGS]
    outs.append(("arc_dep", graph.stored("hidden.arc_dep", "arc_dep", "arc_form", True)))
    outs += [("arc_head", "hidden.arc_head"), ("arc_bias", graph.stored("hidden.arc_head", "arc_bias", "arc_bias", True))]
    outs += [("rel_dep", "hidden.rel_dep"), ("rel_head", "hidden.rel_head")]
    outs += [("link_dep", graph.stored("hidden.link_dep", "link_dep", "link_form", True)), ("link_head", "hidden.link_head")]
    graph.node("Concat", [value for _, value in outs], "answers", axis=-1)
    return columns([(n, len(graph.value((f"tags.{n}.3" if n in TAGS else n) + ".bias"))) for n, _ in outs])


def columns(sizes):
    at, found = 0, {}
    for name, size in sizes:
        found[name], at = [at, at + size], at + size
    return found


def relations(graph):
    """The second stage: rows of dependents and of their heads to one score per relation."""
    product = graph.node("Mul", ["dependents", "governors"], "pair.product")
    graph.stored(graph.node("Concat", [product, "dependents", "governors"], "pair", axis=-1), "relations", "rel_out", True)


def model(state):
    """(the graph in floating point, the columns of its answers, the products to leave unquantised)"""
    graph = Graph(state)
    ranges = read_out(graph, encoder(graph))
    relations(graph)
    width = ranges["rel_dep"][1] - ranges["rel_dep"][0]
    whole, real = TensorProto.INT32, TensorProto.FLOAT
    inputs = [("pieces", whole, ["batch", "length"]), ("cases", whole, ["batch", "length"]), ("positions", whole, [1, "length"]),
              ("mask", real, ["batch", 1, 1, "length"]), ("rows", whole, ["words"]),
              ("dependents", real, ["pairs", width]), ("governors", real, ["pairs", width])]
    outputs = [("answers", real, ["words", max(e for _, e in ranges.values())]), ("relations", real, ["pairs", len(graph.value("rel_out.bias"))])]
    weights = [numpy_helper.from_array(a, n) for n, a in graph.weights.items()]
    made = helper.make_graph(graph.nodes, "english", *([helper.make_tensor_value_info(*v) for v in vs] for vs in (inputs, outputs)), weights)
    whole_model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="daybook")
    onnx.checker.check_model(whole_model)
    return whole_model, ranges, graph.plain


def quantise(plain, exact, path):
    """Weights to seven bits per channel: with eight, processors without VNNI overflow and answer otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "plain.onnx")
        onnx.save(plain, source)
        quantize_dynamic(source, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, nodes_to_exclude=exact,
                         op_types_to_quantize=["MatMul"], extra_options={"MatMulConstBOnly": True})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "base", "out"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--name", choices=("small", "full"), required=True)
    parser.add_argument("--exact", action="store_true", help="leave the weights in floating point, to compare with")
    options = parser.parse_args()
    saved = torch.load(options.model, map_location="cpu", weights_only=True)
    plain, ranges, exact = model(saved["state"])
    os.makedirs(options.out, exist_ok=True)
    path = os.path.join(options.out, options.name + ".onnx")
    if options.exact:
        onnx.save(plain, path)
    else:
        quantise(plain, exact, path)
    with open(os.path.join(options.out, "english.json"), "w", encoding="utf8") as file:
        json.dump({"columns": ranges, "labels": saved["labels"]}, file, indent=1)
        file.write("\n")
    shutil.copyfile(os.path.join(options.base, "vocab.txt"), os.path.join(options.out, "vocab.txt"))
    print(f"{path}: {os.path.getsize(path) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
