#!/usr/bin/env python3
"""Writes the texts and labels of tests/check/{dev,held} from tests/check/source/{dev,held}.txt.

A source holds many texts. `=== name | domain | ext | styles` opens one (the styles are optional, see STYLES); lines that begin with `>` are Python and set its
numbers; everything else is the text, in which `{…}` is an expression. All arithmetic is exact (Decimal), rounded
half up where it is printed, so a relation that is written as an expression is right by computation. Marks:

    ⟦kind¦words¦why⟧   a planted error of that kind
    ⟦+¦words⟧          a further place of the next error that follows in the text (the other value, the list, …)
    ⟦=¦words⟧          a further place of the last error before it; ⟦=kind¦words⟧ of the last of that kind
    ⟦T¦words¦why⟧      a trap: looks wrong and is right

A text without an error mark is clean.
"""

import json
import re
import sys
from decimal import ROUND_HALF_UP, Decimal, getcontext
from pathlib import Path

HERE = Path(__file__).parent
KINDS = (
    "share sum diff growth cagr ratio multiple pp-vs-percent unit sign ranking value-conflict approx garbled date "
    "target list-count table-vs-prose range wording"
).split()
getcontext().prec = 40


def f(x, d=0):
    """x with d decimals."""
    return Decimal(x).quantize(Decimal(1).scaleb(-int(d)), ROUND_HALF_UP)


def sh(a, b, d=1):
    """Share of a in b, as printed."""
    return f"{f(Decimal(a) * 100 / Decimal(b), d)}%"


def gr(new, old, d=1):
    """Size of the growth from old to new, as printed."""
    return f"{f(abs(Decimal(new) / Decimal(old) - 1) * 100, d)}%"


def ch(new, old, d=1):
    """Growth with its word."""
    return ("增长" if Decimal(new) >= Decimal(old) else "下降") + gr(new, old, d)


def cg(new, old, years, d=1):
    """Yearly growth over so many years, as printed."""
    rate = (Decimal(new) / Decimal(old)) ** (Decimal(1) / Decimal(years)) - 1
    return f"{f(rate * 100, d)}%"


def th(x):
    """With thousands separators."""
    return f"{x:,}"


HELPERS = {"f": f, "sh": sh, "gr": gr, "ch": ch, "cg": cg, "th": th, "D": Decimal}
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")


def exact(code):
    return NUMBER.sub(lambda m: f'D("{m.group()}")', code)


# How texts reach us: with blanks around numbers, with full-width signs, with half-width punctuation, indented.
STYLES = {
    "spaced": lambda t: re.sub(r"(?<=[一-龥])(?=\d)|(?<=[\d%])(?=[一-龥])", " ", t),
    "wide": lambda t: t.replace("%", "％").replace("—", "～"),
    "digits": lambda t: t.translate({ord("0") + n: ord("０") + n for n in range(10)} | {ord("."): "．", ord("%"): "％"}),
    "half": lambda t: t.translate(str.maketrans("，；：（）", ",;:()")),
    "indent": lambda t: re.sub(r"^(?=[^\n|#\t]+$)(?![^\n]*\t)", "\u3000\u3000", t, flags=re.M),
}


def build(name, template, scope, styles):
    def value(match):
        return str(eval(exact(match.group(1)), dict(HELPERS), scope))

    marked = re.sub(r"\{([^{}]+)\}", value, template)
    for style in styles:
        marked = STYLES[style](marked)
    text, errors, traps, ahead, at = [], [], [], [], 0
    for piece in re.split(r"(⟦[^⟧]*⟧)", marked):
        if not piece.startswith("⟦"):
            text.append(piece)
            at += len(piece)
            continue
        kind, words, *why = piece[1:-1].split("¦")
        place = {"start": at, "end": at + len(words), "quote": words}
        text.append(words)
        at += len(words)
        if kind == "+":
            ahead.append(place)
        elif kind.startswith("="):
            last = next(e for e in reversed(errors) if kind == "=" or e["kind"] == kind[1:])
            last.setdefault("also", []).append(place)
        elif kind == "T":
            traps.append({**place, "why": why[0]})
        elif kind in KINDS:
            error = {"kind": kind, **place, "why": why[0]}
            if ahead:
                error["also"], ahead = ahead, []
            errors.append(error)
        else:
            sys.exit(f"{name}: unknown mark {kind}")
    if ahead:
        sys.exit(f"{name}: a further place without its error")
    return "".join(text), errors, traps


def main():
    for part in ("dev", "held"):
        source = HERE / "source" / f"{part}.txt"
        if not source.exists():
            continue
        folder = HERE / part
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        counts, characters, clean = {}, 0, 0
        for block in re.split(r"^=== ", source.read_text(encoding="utf-8"), flags=re.M)[1:]:
            head, _, body = block.partition("\n")
            name, domain, extension, *styles = (cell.strip() for cell in head.split("|"))
            styles = styles[0].split() if styles else []
            if (folder / f"{name}.json").exists():
                sys.exit(f"{name}: twice")
            scope, lines = {}, []
            for line in body.split("\n"):
                if line.startswith(">"):
                    try:
                        exec(exact(line[1:].strip()), dict(HELPERS), scope)
                    except Exception as error:
                        sys.exit(f"{name}: {line}: {error}")
                else:
                    lines.append(line)
            try:
                text, errors, traps = build(name, "\n".join(lines).strip() + "\n", scope, styles)
            except Exception as error:
                sys.exit(f"{name}: {error}")
            label = {"domain": domain, "clean": not errors, "errors": errors, "traps": traps}
            (folder / f"{name}.{extension}").write_text(text, encoding="utf-8")
            (folder / f"{name}.json").write_text(json.dumps(label, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            characters += len(text)
            clean += not errors
            if not 200 <= len(text) <= 3500:
                print(f"{name}: {len(text)} characters")
            if len(errors) > 4:
                print(f"{name}: {len(errors)} errors")
            for error in errors:
                counts[error["kind"]] = counts.get(error["kind"], 0) + 1
        total = len(list(folder.glob("*.json")))
        print(f"{part}: {total} texts, {clean} clean, {characters} characters, {sum(counts.values())} errors")
        print("  " + "  ".join(f"{kind} {counts.get(kind, 0)}" for kind in KINDS))


if __name__ == "__main__":
    main()
