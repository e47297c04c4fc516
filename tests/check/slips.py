#!/usr/bin/env python3
"""Writes, as one JSON object a line, each text of a source once for every computed number in it, with a slip in it.

`python3 tests/check/slips.py dev | cargo run --release -p check --example slips`

The planted errors of a source are few and chosen by hand; here every number that the source works out from others
gets an error: one digit changed, or two neighbours swapped. Numbers inside planted errors are left alone.
"""

import json
import random
import re
import sys

from make import HELPERS, HERE, STYLES, exact

OPEN, CLOSE = "\ue000", "\ue001"


def kind(code):
    """What sort of relation an expression works out; None for a plain value."""
    code = code.strip()
    if re.fullmatch(r"[\d.]+|\w+", code):
        return None
    for name, sort in (("sh", "share"), ("cg", "cagr"), ("gr", "growth"), ("ch", "growth")):
        if re.search(rf"\b{name}\(", code):
            return sort
    code = re.sub(r"^(th|f)\(", "", code)
    for sign, sort in (("/", "ratio"), ("*", "product"), ("+", "sum"), ("-", "diff")):
        if sign in code:
            return sort
    return None


def slip(printed, chance):
    """The number with a slip of at least two percent, or None."""
    digits = [at for at, c in enumerate(printed) if c.isdigit()]
    value = lambda text: float(re.sub(r"[^\d.]", "", text) or 0)
    for _ in range(30 if digits else 0):
        new = list(printed)
        if len(digits) > 1 and chance.random() < 0.25:
            at = chance.randrange(len(digits) - 1)
            one, two = digits[at], digits[at + 1]
            new[one], new[two] = new[two], new[one]
        else:
            at = chance.choice(digits[:3])
            new[at] = str((int(new[at]) + chance.choice([1, 2, 3, -1, -2, -3])) % 10)
        new = "".join(new)
        right, wrong = value(printed), value(new)
        if not re.match(r"\D*0\d", new) and abs(wrong - right) > 0.02 * right:
            return new
    return None


def main():
    chance = random.Random(7)
    source = (HERE / "source" / f"{sys.argv[1]}.txt").read_text(encoding="utf-8")
    for block in re.split(r"^=== ", source, flags=re.M)[1:]:
        head, _, body = block.partition("\n")
        name, _, _, *styles = (cell.strip() for cell in head.split("|"))
        # Full-width digits would hide where the slip stands.
        styles = [style for style in (styles[0].split() if styles else []) if style != "digits"]
        scope, lines, values = {}, [], []
        for line in body.split("\n"):
            if line.startswith(">"):
                exec(exact(line[1:].strip()), dict(HELPERS), scope)
            else:
                lines.append(line)

        def remember(match):
            values.append((match.group(1), str(eval(exact(match.group(1)), dict(HELPERS), scope))))
            return f"{OPEN}{len(values) - 1}{CLOSE}"

        marked = re.sub(r"\{([^{}]+)\}", remember, "\n".join(lines).strip() + "\n")
        planted = {
            int(at)
            for mark in re.findall(r"⟦(?!T)[^⟧]*⟧", marked)
            for at in re.findall(f"{OPEN}(\\d+){CLOSE}", mark)
        }
        for at, (code, printed) in enumerate(values):
            wrong = slip(printed, chance) if kind(code) and at not in planted else None
            if wrong is None:
                continue
            text = re.sub(
                f"{OPEN}(\\d+){CLOSE}",
                lambda match: OPEN + wrong + CLOSE if int(match.group(1)) == at else values[int(match.group(1))][1],
                marked,
            )
            for style in styles:
                text = STYLES[style](text)
            text = re.sub(r"⟦([^⟧]*)⟧", lambda match: match.group(1).split("¦")[1], text)
            start, end = text.find(OPEN), text.find(CLOSE) - 1
            # An expression in the reason of a mark stands nowhere in the text.
            if start >= 0:
                text = text.replace(OPEN, "").replace(CLOSE, "")
                record = {"name": name, "kind": kind(code), "code": code, "right": printed, "text": text}
                print(json.dumps({**record, "start": start, "end": end}, ensure_ascii=False))


main()
