"""What the network gets right by itself: triggers, what they tell, their parts at gold triggers, same occasion at gold triggers."""
import torch

from texts import PARTS


def measured(model, windows, texts, size=8192):
    from train import GAPS, batches, near_bucket, tensors
    model.eval()
    examples = [x for t in texts for x in windows.examples(t)]
    hit = said = gold_n = kind = status = roles = roles_n = 0
    parts = {p: [0, 0, 0] for p in PARTS}
    same_tp = same_p = same_g = 0
    with torch.no_grad():
        for part in batches(examples, None, size):
            batch = tensors(part)
            words = model.words(model.encode(batch), batch)
            told = model.told(words)
            for b, e in enumerate(part):
                score = told["trigger"][b, :, 0]
                is_own = e["own"]
                gold = {t["word"] for t in e["triggers"] if t["own"]}
                guess = {w for w in range(len(e["firsts"])) if is_own[w] and score[w] > 0}
                hit += len(gold & guess)
                said += len(guess)
                gold_n += len(gold)
                for t in e["triggers"]:
                    if not t["own"]:
                        continue
                    w = t["word"]
                    kind += int(told["kind"][b, w].argmax()) == t["kind"]
                    status += int(told["status"][b, w].argmax()) == t["status"]
                    index = torch.arange(len(e["firsts"]))
                    p, r = model.part_scores(words[b, w][None], words[b, :len(index)], torch.zeros_like(index), index, near_bucket(index - w))
                    for k, name in enumerate(PARTS):
                        if name == "hub" and not t["several"]:
                            continue
                        inside = [i for i in range(len(index)) if (e["sentence"][i] == e["sentence"][w]) != (name == "elsewhere") and (name != "hub" or "party" in t["parts"].get(i, ()))]
                        g = {i for i in inside if name in t["parts"].get(i, ())}
                        s = {i for i in inside if p[i, k] > 0} - (t["hidden"] if name == "elsewhere" else set())
                        parts[name][0] += len(g & s)
                        parts[name][1] += len(s)
                        parts[name][2] += len(g)
                    for i, role in t["roles"].items():
                        roles += int(r[i].argmax()) == role
                        roles_n += 1
                for i, t in enumerate(e["triggers"]):
                    for u in e["triggers"][i + 1:]:
                        gap = sum(abs(u["word"] - t["word"]) > g for g in GAPS)
                        s = float(model.same_scores(words[b, t["word"]][None], words[b, u["word"]][None], torch.tensor([gap]))) > 0
                        g = bool(t["contacts"] & u["contacts"])
                        same_tp += s and g
                        same_p += s
                        same_g += g
    f = lambda h, s, g: f"{h / max(1, s):.2f}/{h / max(1, g):.2f}/{2 * h / max(1, s + g):.3f}"
    return (f"trigger {f(hit, said, gold_n)} ({gold_n}) kind {kind / max(1, gold_n):.3f} status {status / max(1, gold_n):.3f} roles {roles / max(1, roles_n):.3f} "
            f"same {f(same_tp, same_p, same_g)} " + " ".join(f"{p} {f(*v)}" for p, v in parts.items()))
