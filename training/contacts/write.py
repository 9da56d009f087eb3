"""Writes the trained reader of frames for the program: python write.py --model OUT/model.pt --out models/ --name frames.

Two files come out: `NAME.onnx` (weights, int8) and `NAME.json` (what the columns of its answers mean). The graph has three
stages. The first takes what the program's encoder makes of the wordpieces of a window's sentences in two of its layers, lets
further layers see the window as a whole, and answers one row of numbers for each requested wordpiece. The second scores a word
as a part of a trigger, from one half row of each; the third whether two triggers are of one occasion.
"""
import argparse, json, os, sys

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from export import HEADS, WIDTH, Graph, columns, layer, quantise
from frames import NEAR, PAIR, SAME, TELLS
from texts import BEFORE, CERTAINTIES, KINDS, LONGEST, OWN, PARTS, ROLES, STATUSES, TITLE
from train import GAPS

SIZE = HEADS * WIDTH


def encoder(graph, alone, layers):
    order = graph.weight("order", graph.value("encoder.order.weight"))
    graph.nodes.append(helper.make_node("Split", ["lower", graph.weight("lower.sizes", np.array([SIZE, SIZE], np.int64))], ["lower.own", "lower.program"], name="lower.split", axis=-1))
    mixed = graph.node("Add", ["lower.own", graph.stored("lower.program", "mix", "mix", True)], "mixed")
    x = graph.node("Add", [mixed, graph.node("Gather", [order, "orders"], "order.embedding", axis=0)], "ordered")
    width = graph.weight("width", np.array([-1, SIZE], np.int64))
    rows = lambda x, out: graph.node("Gather", [graph.node("Reshape", [x, width], out + ".flat"), "rows"], out + ".rows", axis=0)
    for i in range(alone, layers):
        x = layer(graph, x, i, rows if i == layers - 1 else lambda x, _: x)
    return x


def read_out(graph, x):
    tells = graph.stored(graph.gelu(graph.stored(x, "tells.hidden", "tells.0", True), "tells.gelu"), "tells", "tells.3", True)
    outs = [tells] + [graph.stored(x, n, n, True) for n in ("of_trigger", "of_word", "occasion")]
    graph.node("Concat", outs, "answers", axis=-1)
    return columns([*TELLS.items(), ("of_trigger", 2 * PAIR), ("of_word", 2 * PAIR), ("occasion", SAME)])


def halves(graph, x, out, size):
    sizes = graph.weight(f"{out}.sizes", np.array([size, size], np.int64))
    graph.nodes.append(helper.make_node("Split", [x, sizes], [out + ".sum", out + ".product"], name=out + ".split", axis=-1))
    return out + ".sum", out + ".product"


def parts(graph):
    (ts, tp), (ws, wp) = halves(graph, "triggers", "trigger.half", PAIR), halves(graph, "words", "word.half", PAIR)
    near = graph.node("Gather", [graph.weight("near", graph.value("near.weight")), "nears"], "near.embedding", axis=0)
    x = graph.node("Add", [graph.node("Add", [ts, ws], "pair.sum"), graph.node("Mul", [tp, wp], "pair.times")], "pair.both")
    graph.stored(graph.node("Relu", [graph.node("Add", [x, near], "pair.near")], "pair.relu"), "parts", "parts", True)


def same(graph):
    gap = graph.node("Gather", [graph.weight("gap", graph.value("gap.weight")), "gaps"], "gap.embedding", axis=0)
    product = graph.node("Mul", ["ones", "others"], "two.times")
    apart = graph.node("Abs", [graph.node("Sub", ["ones", "others"], "two.difference")], "two.apart")
    x = graph.stored(graph.node("Concat", [product, apart], "two.both", axis=-1), "two.hidden", "same1", True)
    graph.stored(graph.node("Relu", [graph.node("Add", [x, gap], "two.gapped")], "two.relu"), "same", "same2", True)


def model(saved):
    graph = Graph(saved["state"])
    ranges = read_out(graph, encoder(graph, saved["alone"], saved["layers"]))
    parts(graph)
    same(graph)
    whole, real = TensorProto.INT32, TensorProto.FLOAT
    inputs = [("lower", real, [1, "length", 2 * SIZE]), ("orders", whole, [1, "length"]), ("mask", real, [1, 1, 1, "length"]), ("rows", whole, ["places"]),
              ("triggers", real, ["pairs", 2 * PAIR]), ("words", real, ["pairs", 2 * PAIR]), ("nears", whole, ["pairs"]),
              ("ones", real, ["twos", SAME]), ("others", real, ["twos", SAME]), ("gaps", whole, ["twos"])]
    outputs = [("answers", real, ["places", max(e for _, e in ranges.values())]), ("parts", real, ["pairs", len(PARTS) + len(ROLES)]), ("same", real, ["twos", 1])]
    weights = [numpy_helper.from_array(a, n) for n, a in graph.weights.items()]
    made = helper.make_graph(graph.nodes, "frames", *([helper.make_tensor_value_info(*v) for v in vs] for vs in (inputs, outputs)), weights)
    whole_model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8, producer_name="daybook")
    onnx.checker.check_model(whole_model)
    return whole_model, ranges, graph.plain


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name in ("model", "out", "name"):
        parser.add_argument("--" + name, required=True)
    o = parser.parse_args()
    saved = torch.load(o.model, map_location="cpu", weights_only=True)
    plain, ranges, exact = model(saved)
    os.makedirs(o.out, exist_ok=True)
    quantise(plain, exact, os.path.join(o.out, o.name + ".onnx"))
    meta = {"below": [f"layer{n}.norm2" for n in (saved["alone"] - 1, saved["depth"] - 2)], "columns": ranges,
            "labels": {"class": KINDS, "attributes": {"status": STATUSES, "certainty": CERTAINTIES}, "flags": ["aggregate", "several"], "parts": PARTS, "roles": ROLES},
            "near": NEAR, "gaps": GAPS, "window": {"longest": LONGEST, "own": OWN, "before": BEFORE, "title": TITLE}}
    with open(os.path.join(o.out, o.name + ".json"), "w", encoding="utf8") as file:
        json.dump(meta, file)
        file.write("\n")
    print(f"{o.out}/{o.name}.onnx: {os.path.getsize(os.path.join(o.out, o.name + '.onnx')) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
