#!/usr/bin/env python3
"""Makes the corpus: survey files of invented places and trades, and truth.json, what a careful reader finds in them.

The truth is computed here, from the values before they are dressed up as office workbooks, and never by the program
under test. Same seed, same values. Needs openpyxl, xlwt, odfpy and msoffcrypto-tool; the tests need only the files.

    python3 make.py        # writes the files and truth.json beside this script
"""

import csv
import io
import json
import pathlib
import random
import struct
import zipfile
from collections import Counter
from decimal import Decimal

import openpyxl
import xlwt
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

HERE = pathlib.Path(__file__).parent
FILES = HERE / "files"
CASES = []
AS_OF = "2024-12-31"


def case(id, files, datasets=None, refused=False, issues=(), readable=None, **more):
    CASES.append({"id": id, "files": files, "refused": refused, "datasets": datasets or [], "issues": list(issues), **more})


def amount(values):
    """Sum and number of filled values, exact."""
    kept = [Decimal(v) for v in values if v is not None]
    return {"filled": len(kept), "sum": format(sum(kept, Decimal(0)).normalize(), "f")}


def choices(values):
    kept = [v for v in values if v is not None]
    return {"filled": len(kept), "choices": dict(sorted(Counter(kept).items()))}


def multi(answers):
    """answers: list of option lists; None = skipped, [] = left blank."""
    seen = [a for a in answers if a]
    counts = Counter(o for a in seen for o in a)
    return {"filled": len(seen), "skipped": sum(a is None for a in answers), "multi": dict(sorted(counts.items()))}


def field(title, what, **more):
    return {"title": title, **what, **more}


ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def code(rng, prefix, district):
    """A social credit code with a valid check digit (GB 32100-2015)."""
    body = prefix + district + "".join(rng.choice("0123456789") for _ in range(9))
    total, weight = 0, 1
    for c in body:
        total += ALPHABET.index(c) * weight
        weight = weight * 3 % 31
    return body + ALPHABET[(31 - total % 31) % 31]


def spoiled(good):
    """The same code with a wrong check digit."""
    return good[:-1] + ALPHABET[(ALPHABET.index(good[-1]) + 7) % 31]


def full_width(text):
    return "".join(chr(ord(c) + 0xFEE0) if c in "0123456789." else c for c in text)


def head(sheet, at, header):
    """Writes a two-row merged header; header: list of (outer, [inner…]); a lone outer spans both rows."""
    column = 1
    for outer, inner in header:
        if not inner:
            sheet.cell(at, column, outer)
            sheet.merge_cells(start_row=at, end_row=at + 1, start_column=column, end_column=column)
            column += 1
            continue
        sheet.cell(at, column, outer)
        if len(inner) > 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=column, end_column=column + len(inner) - 1)
        for title in inner:
            sheet.cell(at + 1, column, title)
            column += 1
    for row in sheet.iter_rows(min_row=at, max_row=at + 1):
        for c in row:
            c.font = Font(bold=True)
            c.alignment = Alignment(horizontal="center", wrap_text=True)
    return column - 1


def banner(sheet, title, line, width):
    sheet.cell(1, 1, title)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet.cell(2, 1, line)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=width)


def save(book, name):
    """Saves a workbook without the clock in it."""
    import datetime

    book.properties.created = book.properties.modified = datetime.datetime(2024, 12, 1)
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(FILES / name, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            data = old.read(entry)
            if entry == "docProps/core.xml":
                data = __import__("re").sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-12-01T00:00:00Z", data)
            new.writestr(zipfile.ZipInfo(entry, (2024, 12, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡"
GIVEN = "安康宁福祥瑞和泰颐寿松柏桂兰菊梅"


def elder_care():
    """Sheets by district, merged header, unit line, totals, notes, bad codes."""
    rng = random.Random(1)
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "填表说明"
    notes["A1"] = "填表说明"
    notes["A2"] = "1.本表由各区民政局填报，床位数按备案床位填写。"
    notes["A3"] = "2.金额单位为万元；缺数填“—”。"
    header = [
        ("序号", []),
        ("机构基本情况", ["统一社会信用代码", "机构名称", "机构性质", "成立日期", "等级评定"]),
        ("服务情况", ["床位数（张）", "入住老人数（人）", "护理人员数（人）"]),
        ("经费情况", ["2022年运营收入", "2023年运营收入", "2023年补贴资金"]),
        ("联系人", []),
        ("联系电话", []),
    ]
    columns = {k: [] for k in ("性质", "床位", "入住", "护理", "收入22", "收入23", "补贴", "区", "等级", "日期")}
    issues = []
    names = [a + b for a in GIVEN for b in GIVEN if a != b]
    rng.shuffle(names)
    for district, count in (("樊江区", 23), ("云岭区", 17), ("青河县", 24)):
        sheet = book.create_sheet(district)
        width = sum(max(1, len(i)) for _, i in header)
        banner(sheet, f"{district}养老机构台账", f"填报单位：{district}民政局        单位：万元", width)
        head(sheet, 3, header)
        sums = [Decimal(0)] * 6
        for i in range(count):
            row = 5 + i
            beds = rng.randint(20, 320)
            living = beds * rng.randint(30, 92) // 100
            carers = max(2, living // rng.randint(4, 9))
            income22 = Decimal(rng.randint(3000, 90000)) / 100
            income23 = Decimal(rng.randint(3000, 90000)) / 100
            subsidy = Decimal(rng.randint(0, 9000)) / 100
            kind = rng.choice(["公办", "民办", "民办", "公建民营"])
            level = rng.choice(["一级", "二级", "三级", "四级", None])
            date = (rng.randint(1996, 2022), rng.randint(1, 12), rng.randint(1, 28))
            good = code(rng, "52", "420602")
            cells = [
                i + 1, good, f"{district}{names.pop()}养老服务中心", kind, "%d-%02d-%02d" % date, level or "—",
                beds, living, carers, float(income22), float(income23), float(subsidy),
                rng.choice(SURNAMES) + "某", f"0710-555{rng.randint(0, 9999):04d}",
            ]
            kept = dict(beds=beds, living=living, carers=carers, i22=income22, i23=income23, sub=subsidy)
            if (district, i) in (("樊江区", 4), ("青河县", 9)):
                cells[1] = spoiled(good)
                issues.append({"code": "uscc-check-digit", "sheet": district, "row": row, "column": "B"})
            if (district, i) == ("云岭区", 3):
                cells[7] = "约八十"
                kept["living"] = None
                issues.append({"code": "not-a-number", "sheet": district, "row": row, "column": "H"})
            if (district, i) == ("樊江区", 11):
                cells[10] = full_width(str(income23))
            if (district, i) == ("樊江区", 12):
                cells[9] = f"{income22:,}"
            if i % 9 == 5:
                cells[11] = ["—", "-", "/", "无", "", "N/A"][rng.randrange(6)]
                kept["sub"] = None
            if i % 8 == 2:
                cells[4] = "%d年%d月" % date[:2]
            if i % 11 == 7:
                cells[4] = "%d.%d.%d" % date
            for column, value in enumerate(cells, 1):
                sheet.cell(row, column, value)
            for place, key in enumerate(("beds", "living", "carers", "i22", "i23", "sub")):
                sums[place] += kept[key] if kept[key] is not None else 0
            for name, key in (("床位", "beds"), ("入住", "living"), ("护理", "carers"), ("收入22", "i22"), ("收入23", "i23"), ("补贴", "sub")):
                columns[name].append(kept[key])
            columns["性质"].append(kind)
            columns["区"].append(district)
            columns["等级"].append(level)
        end = 5 + count
        sheet.cell(end, 1, "合计")
        sheet.merge_cells(start_row=end, end_row=end, start_column=1, end_column=6)
        for place, total in enumerate(sums):
            sheet.cell(end, 7 + place, float(total))
        sheet.cell(end + 1, 1, "注：入住老人数为2023年末时点数。")
        sheet.cell(end + 2, 1, "填表人：张某    联系电话：0710-5550000")
    save(book, "养老机构台账.xlsx")
    case(
        "elder-care-ledger",
        ["养老机构台账.xlsx"],
        [{
            "records": 64,
            "fields": [
                field("床位数", amount(columns["床位"]), unit="张"),
                field("入住老人数", amount(columns["入住"]), unit="人"),
                field("护理人员数", amount(columns["护理"])),
                field("2022年运营收入", amount(columns["收入22"]), unit="万元"),
                field("2023年运营收入", amount(columns["收入23"]), unit="万元"),
                field("2023年补贴资金", amount(columns["补贴"]), unit="万元"),
                field("机构性质", choices(columns["性质"])),
                field("等级评定", choices(columns["等级"])),
            ],
            "by_sheet": dict(Counter(columns["区"])),
            "hidden": ["联系人", "联系电话"],
        }],
        issues=issues,
        excluded={"total": 3},
        skipped=["填表说明"],
    )


def cooperatives():
    """元 and 亿元 in headers, 万 and 亿 in cells, duplicates by name and code."""
    rng = random.Random(2)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "合作社名录"
    header = ["序号", "合作社名称", "所在乡镇", "产业类型", "年经营收入（元）", "固定资产（亿元）", "带动农户（户）", "流转土地（亩）", "是否示范社", "成立时间", "统一社会信用代码"]
    banner(sheet, "江北县农民合作社基本情况表", "填报单位：江北县农业农村局", len(header))
    for column, title in enumerate(header, 1):
        sheet.cell(3, column, title)
    towns = ["大桥镇", "石门镇", "白水乡", "南岗镇", "双溪乡"]
    kinds = ["粮食", "蔬菜", "水果", "畜牧", "水产", "茶叶"]
    kept = {k: [] for k in ("收入", "资产", "农户", "土地", "示范", "镇", "类")}
    at = 4
    rows = []
    for i in range(88):
        income = rng.randint(80_000, 9_800_000)
        assets = Decimal(rng.randint(5, 900)) / 10000
        homes, land = rng.randint(8, 420), Decimal(rng.randint(200, 50000)) / 10
        town, kind, model = rng.choice(towns), rng.choice(kinds), rng.choice(["是", "否", "否"])
        shown = income
        if i == 10:
            income = 3_500_000
            shown = "350万元"
        if i == 20:
            income = 120_000_000
            shown = "1.2亿元"
        if i == 30:
            shown = f"{income:,}"
        if i == 40:
            shown = f"{income}元"
        if i == 50:
            income, shown = None, "三百来万"
        row = [i + 1, f"江北县{GIVEN[i % 16]}{GIVEN[i // 16 + 3]}{kind}专业合作社", town, kind, shown, float(assets), homes, float(land), model, f"{2008 + i % 15}年{i % 12 + 1}月", code(rng, "93", "420881")]
        if i == 60:
            row[6] = f"{homes}户"
        rows.append(row)
        for key, value in (("收入", income), ("资产", assets), ("农户", homes), ("土地", land), ("示范", model), ("镇", town), ("类", kind)):
            kept[key].append(value)
    rows.insert(70, [71, *rows[15][1:]])
    rows.append([90, *rows[33][1:-1], rows[33][-1].lower()])
    for row in rows:
        for column, value in enumerate(row, 1):
            sheet.cell(at, column, value)
        at += 1
    sheet.cell(at, 1, "总计")
    save(book, "农民合作社名录.xlsx")
    case(
        "cooperatives-mixed-units",
        ["农民合作社名录.xlsx"],
        [{
            "records": 88,
            "duplicates": 2,
            "fields": [
                field("年经营收入", amount(kept["收入"]), unit="元"),
                field("固定资产", amount(kept["资产"]), unit="亿元"),
                field("带动农户", amount(kept["农户"]), unit="户"),
                field("流转土地", amount(kept["土地"]), unit="亩"),
                field("所在乡镇", choices(kept["镇"])),
                field("产业类型", choices(kept["类"])),
                field("是否示范社", choices(kept["示范"])),
            ],
        }],
        issues=[{"code": "not-a-number", "sheet": "合作社名录", "row": 54, "column": "E"}],
        excluded={"total": 1},
    )


def schools():
    """Old binary workbook, a sheet per school type, merged header, dates as serial numbers."""
    rng = random.Random(3)
    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    kept = {k: [] for k in ("学生", "教师", "面积", "金额", "网络", "乡")}
    total = 0
    for kind, count in (("小学", 31), ("初中", 14), ("高中", 6)):
        sheet = book.add_sheet(kind)
        titles = ["学校代码", "学校名称", "所属乡镇", "在校学生数（人）", "专任教师数（人）", "校舍面积（平方米）", "设备购置金额（千元）", "是否接入光纤", "最近检查日期"]
        sheet.write_merge(0, 0, 0, len(titles) - 1, f"石泉市{kind}办学条件统计表")
        sheet.write_merge(1, 2, 0, 0, titles[0])
        sheet.write_merge(1, 2, 1, 1, titles[1])
        sheet.write_merge(1, 2, 2, 2, titles[2])
        sheet.write_merge(1, 1, 3, 4, "师生情况")
        sheet.write_merge(1, 1, 5, 7, "办学条件")
        sheet.write(2, 3, titles[3])
        sheet.write(2, 4, titles[4])
        sheet.write(2, 5, titles[5])
        sheet.write(2, 6, titles[6])
        sheet.write(2, 7, titles[7])
        sheet.write_merge(1, 2, 8, 8, titles[8])
        sums = [0, 0]
        for i in range(count):
            pupils, teachers = rng.randint(60, 2400), rng.randint(6, 160)
            area, money = Decimal(rng.randint(8000, 900000)) / 10, Decimal(rng.randint(100, 90000)) / 100
            fibre, town = rng.choice(["是", "是", "否"]), rng.choice(["城关镇", "池河镇", "后柳镇", "云雾山镇"])
            cells = [f"SQ{total + i + 1:05d}", f"石泉市{town}第{i + 1}{kind}", town, pupils, teachers, float(area), float(money), fibre]
            kept_money = money
            if i % 7 == 3:
                cells[6], kept_money = "-", None
            for column, value in enumerate(cells):
                sheet.write(3 + i, column, value)
            sheet.write(3 + i, 8, 44927 + rng.randint(0, 700), day)
            sums[0] += pupils
            sums[1] += teachers
            for key, value in (("学生", pupils), ("教师", teachers), ("面积", area), ("金额", kept_money), ("网络", fibre), ("乡", town)):
                kept[key].append(value)
        sheet.write(3 + count, 0, "合计")
        sheet.write(3 + count, 3, sums[0])
        sheet.write(3 + count, 4, sums[1])
        total += count
    book.save(str(FILES / "中小学办学条件.xls"))
    case(
        "schools-xls",
        ["中小学办学条件.xls"],
        [{
            "records": total,
            "fields": [
                field("在校学生数", amount(kept["学生"]), unit="人"),
                field("专任教师数", amount(kept["教师"]), unit="人"),
                field("校舍面积", amount(kept["面积"])),
                field("设备购置金额", amount(kept["金额"]), unit="千元"),
                field("是否接入光纤", choices(kept["网络"])),
                field("所属乡镇", choices(kept["乡"])),
            ],
            "by_sheet": {"小学": 31, "初中": 14, "高中": 6},
        }],
        excluded={"total": 3},
    )


def community_csv():
    """GB18030, rare characters, quoted thousands, a title line above the header."""
    rng = random.Random(4)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["云州市社区服务设施台账", "", "", "", "", "", ""])
    writer.writerow(["社区编号", "社区名称", "所属街道", "常住人口（人）", "服务设施面积（㎡）", "年度经费（万元）", "负责人"])
    kept = {k: [] for k in ("人口", "面积", "经费", "街道")}
    streets = ["镕新街道", "堃和街道", "喆园街道", "䶮山街道", "𠮷祥街道"]
    for i in range(57):
        people, area = rng.randint(900, 18000), rng.randint(60, 3400)
        money = Decimal(rng.randint(500, 40000)) / 100
        street = streets[i % 5]
        shown = f"{people:,}" if i % 3 == 0 else str(people)
        money_shown, money_kept = str(money), money
        if i % 10 == 4:
            money_shown, money_kept = "无", None
        writer.writerow([f"SQ-{i + 1:03d}", f"{street[:2]}{i + 1}社区", street, shown, area, money_shown, rng.choice(SURNAMES) + "某"])
        for key, value in (("人口", people), ("面积", area), ("经费", money_kept), ("街道", street)):
            kept[key].append(value)
    writer.writerow(["合计", "", "", sum(kept["人口"]), sum(kept["面积"]), "", ""])
    (FILES / "社区服务设施.csv").write_bytes(out.getvalue().encode("gb18030"))
    case(
        "community-gb18030",
        ["社区服务设施.csv"],
        [{
            "records": 57,
            "fields": [
                field("常住人口", amount(kept["人口"]), unit="人"),
                field("服务设施面积", amount(kept["面积"])),
                field("年度经费", amount(kept["经费"]), unit="万元"),
                field("所属街道", choices(kept["街道"])),
            ],
        }],
        excluded={"total": 1},
    )


def answers(rng, options, chance, most=9):
    chosen = [o for o in options if rng.random() < chance][:most]
    return chosen or [rng.choice(options)]


def residents():
    """One survey of residents in both exports of 问卷星: option text and option number."""
    rng = random.Random(5)
    means = ["公交", "地铁", "私家车", "自行车", "步行"]
    troubles = ["停车难", "看病难", "入学难", "噪声扰民", "物业服务差", "其他"]
    levels = ["很不满意", "不满意", "一般", "满意", "很满意"]
    sexes, ages = ["男", "女"], ["18—30岁", "31—45岁", "46—60岁", "60岁以上"]
    rows = []
    for i in range(180):
        owner = rng.random() < 0.6
        rows.append({
            "sex": rng.choice(sexes), "age": rng.choice(ages), "means": answers(rng, means, 0.4),
            "owner": "有" if owner else "没有",
            "parking": rng.randint(1, 5) if owner else None,
            "trouble": answers(rng, troubles, 0.35) if rng.random() > 0.05 else [],
            "level": rng.choices(range(1, 6), [4, 9, 30, 40, 17])[0],
            "open": rng.choice(["希望多修停车位；#1 小区最急", "$x$ 没有意见", "*加强* 物业@管理", None]),
        })
    meta = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]

    def head_cells(i):
        return [i + 1, f"2024/09/{i % 28 + 1:02d} 10:{i % 60:02d}:00", f"{60 + i}秒", "微信", "N/A", f"198.51.100.{i % 250}(湖北-襄阳)"]

    text = openpyxl.Workbook()
    sheet = text.active
    sheet.append(meta + ["1、您的性别", "2、您的年龄段", "3、您平时的出行方式（多选）", "4、您家是否有私家车", "5、您对停车管理的满意度", "6、您反映最强烈的问题（多选）", "7、您对社区工作的总体满意度", "8、您的意见建议"])
    for i, r in enumerate(rows):
        trouble = "┋".join("其他〖电梯┋老旧〗" if o == "其他" else o for o in r["trouble"]) or "(空)"
        sheet.append(head_cells(i) + [
            r["sex"], r["age"], "┋".join(r["means"]), r["owner"],
            "(跳过)" if r["parking"] is None else levels[r["parking"] - 1],
            trouble, levels[r["level"] - 1], r["open"] or "(空)",
        ])
    save(text, "居民满意度_按文本.xlsx")
    truth = [
        field("您的性别", choices([r["sex"] for r in rows])),
        field("您平时的出行方式", multi([r["means"] for r in rows])),
        field("您对停车管理的满意度", {"filled": sum(r["parking"] is not None for r in rows), "skipped": sum(r["parking"] is None for r in rows)}),
        field("您反映最强烈的问题", multi([r["trouble"] for r in rows])),
        field("您的意见建议", {"filled": sum(r["open"] is not None for r in rows)}),
    ]
    case("residents-wjx-text", ["居民满意度_按文本.xlsx"], [{"records": 180, "form": "questionnaire", "fields": truth}])

    number = openpyxl.Workbook()
    sheet = number.active
    sheet.append(
        meta + ["1、您的性别", "2、您的年龄段"] + [f"3、({o})" for o in means]
        + ["4、您家是否有私家车", "5、您对停车管理的满意度"] + [f"6、({o})" for o in troubles] + ["7、您对社区工作的总体满意度"]
    )
    for i, r in enumerate(rows):
        sheet.append(
            head_cells(i) + [sexes.index(r["sex"]) + 1, ages.index(r["age"]) + 1]
            + [int(o in r["means"]) for o in means] + [1 if r["owner"] == "有" else 2, -3 if r["parking"] is None else r["parking"]]
            + [int(o in r["trouble"]) if r["trouble"] else -2 for o in troubles] + [r["level"]]
        )
    save(number, "居民满意度_按序号.xlsx")
    case(
        "residents-wjx-number",
        ["居民满意度_按序号.xlsx"],
        [{
            "records": 180,
            "form": "questionnaire",
            "fields": [
                field("3", multi([r["means"] for r in rows]), question=3),
                field("6", multi([r["trouble"] for r in rows]), question=6),
                field("5", {"filled": sum(r["parking"] is not None for r in rows), "skipped": sum(r["parking"] is None for r in rows), "sum": str(sum(r["parking"] or 0 for r in rows))}, question=5),
                field("7", amount([r["level"] for r in rows]), question=7),
            ],
        }],
    )


def business_csv():
    """Text export as CSV, UTF-8 with a byte order mark, with matrix columns."""
    rng = random.Random(6)
    services = ["开办企业", "办理许可", "获得用电", "纳税服务"]
    levels = ["很不满意", "不满意", "一般", "满意", "很满意"]
    troubles = ["融资难", "用工难", "材料多", "跑动次数多", "政策不清楚", "没有困难"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、贵单位类型", "2、职工人数（人）"]
                    + [f"第3题({s})" for s in services] + ["4、办事遇到的困难（可多选）", "5、建议"])
    kinds, staff, grades, hard = [], [], {s: [] for s in services}, []
    for i in range(96):
        kinds.append(rng.choice(["国有企业", "民营企业", "个体工商户", "外资企业"]))
        staff.append(rng.randint(1, 600) if i % 12 else None)
        for s in services:
            grades[s].append(rng.choice(levels))
        hard.append(["没有困难"] if rng.random() < 0.1 else answers(rng, troubles[:5], 0.4))
        writer.writerow([i + 1, f"2024/05/0{i % 9 + 1} 09:00:00", "95秒", "链接", "直接访问", "192.0.2.9(广东-珠海)", kinds[-1], "(空)" if staff[-1] is None else staff[-1]]
                        + [grades[s][-1] for s in services] + ["┋".join(hard[-1]), "(空)"])
    (FILES / "营商环境问卷.csv").write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode())
    case("business-wjx-csv", ["营商环境问卷.csv"], [{
        "records": 96, "form": "questionnaire",
        "fields": [
            field("贵单位类型", choices(kinds)),
            field("职工人数", amount(staff)),
            field("开办企业", {"filled": 96}),
            field("办事遇到的困难", multi([h for h in hard])),
        ],
    }])


def tourism():
    """Year-paired columns, the year before or behind the title, 万人次, an empty column between."""
    rng = random.Random(7)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "景区"
    header = ["景区名称", "等级", "所在县区", "2021年接待人次（万人次）", "2022年接待人次（万人次）", "2023年接待人次（万人次）", "营业收入（2022年，万元）", "营业收入（2023年，万元）", "从业人员（人）"]
    banner(sheet, "凤山市旅游景区经营情况", "截至2023年12月31日", len(header))
    for column, title in enumerate(header, 1):
        sheet.cell(3, column, title)
    kept = {t: [] for t in header}
    for i in range(42):
        values = [f"凤山{GIVEN[i % 16]}{GIVEN[(i * 5 + 3) % 16]}景区{i + 1}", rng.choice(["5A", "4A", "4A", "3A", "2A"]), rng.choice(["东湖区", "西岭县", "北川县"])]
        values += [Decimal(rng.randint(10, 9000)) / 100 for _ in range(3)] + [Decimal(rng.randint(1000, 900000)) / 100 for _ in range(2)] + [rng.randint(5, 900)]
        for title, value in zip(header, values):
            kept[title].append(value)
        for column, value in enumerate(values, 1):
            sheet.cell(4 + i, column, float(value) if isinstance(value, Decimal) else value)
    save(book, "旅游景区经营.xlsx")
    case("tourism-years", ["旅游景区经营.xlsx"], [{
        "records": 42,
        "fields": [
            field("2021年接待人次", amount(kept[header[3]]), unit="万人次", year=2021),
            field("2022年接待人次", amount(kept[header[4]]), year=2022),
            field("2023年接待人次", amount(kept[header[5]]), year=2023),
            field("营业收入（2022年）", amount(kept[header[6]]), unit="万元", year=2022),
            field("营业收入（2023年）", amount(kept[header[7]]), unit="万元", year=2023),
            field("等级", choices(kept["等级"])),
            field("所在县区", choices(kept["所在县区"])),
        ],
    }])


def stacked():
    """One sheet, the same table again and again for each town with its own title, header, subtotal; a grand total."""
    rng = random.Random(8)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "汇总"
    header = ["村名", "户数（户）", "人口（人）", "村集体收入（万元）", "主导产业"]
    at = 1
    homes, people, income, trades = [], [], [], []
    for town, count in (("甲山镇", 12), ("乙水镇", 9), ("丙原乡", 15)):
        sheet.cell(at, 1, f"{town}行政村基本情况表")
        sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=5)
        for column, title in enumerate(header, 1):
            sheet.cell(at + 1, column, title)
        at += 2
        start = len(homes)
        for i in range(count):
            homes.append(rng.randint(80, 900))
            people.append(homes[-1] * 3 + rng.randint(0, 60))
            income.append(Decimal(rng.randint(100, 30000)) / 100)
            trades.append(rng.choice(["茶叶", "柑橘", "养殖", "旅游"]))
            for column, value in enumerate([f"{town[:2]}{i + 1}村", homes[-1], people[-1], float(income[-1]), trades[-1]], 1):
                sheet.cell(at, column, value)
            at += 1
        sheet.cell(at, 1, "小计")
        for column, values in ((2, homes), (3, people), (4, income)):
            sheet.cell(at, column, float(sum(values[start:])))
        at += 2
    sheet.cell(at, 1, "总计")
    for column, values in ((2, homes), (3, people), (4, income)):
        sheet.cell(at, column, float(sum(values)))
    save(book, "行政村情况.xlsx")
    case("villages-stacked", ["行政村情况.xlsx"], [{
        "records": 36,
        "fields": [
            field("户数", amount(homes), unit="户"),
            field("人口", amount(people)),
            field("村集体收入", amount(income), unit="万元"),
            field("主导产业", choices(trades)),
        ],
    }])


def gaps():
    """Missing in every way; zero is not missing."""
    rng = random.Random(9)
    marks = ["", "—", "-", "/", "无", "…", "N/A", "——", "空", None]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["家庭编号", "所在街道", "家庭人口", "劳动力人数", "年收入（元）", "医疗支出（元）", "住房类型"])
    kept = {k: [] for k in ("人口", "劳力", "收入", "医疗", "住房", "街")}
    doubtful = "无"  # an answer where one chooses, a gap where one counts
    for i in range(120):
        row = [f"J{i + 1:04d}", rng.choice(["东街", "西街", "南街"])]
        values = [rng.randint(1, 7), rng.randint(0, 4), rng.randint(0, 60000), rng.randint(0, 30000), rng.choice(["自有", "租赁", "公租房"])]
        for place, rate in enumerate((0.1, 0.3, 0.45, 0.7, 0.55)):
            if rng.random() < rate:
                values[place] = None
        kept["街"].append(row[1])
        for key, value in zip(("人口", "劳力", "收入", "医疗", "住房"), values):
            kept[key].append(value)
        shown = [rng.choice(marks) if v is None else v for v in values]
        if shown[-1] == doubtful:
            shown[-1] = "——"
        sheet.append(row + shown)
    save(book, "低收入家庭.xlsx")
    case("households-gaps", ["低收入家庭.xlsx"], [{
        "records": 120,
        "fields": [
            field("家庭人口", amount(kept["人口"])),
            field("劳动力人数", amount(kept["劳力"])),
            field("年收入", amount(kept["收入"]), unit="元"),
            field("医疗支出", amount(kept["医疗"]), unit="元"),
            field("住房类型", choices(kept["住房"])),
            field("所在街道", choices(kept["街"])),
        ],
    }])


def projects():
    """OpenDocument, 千元, a key that repeats with another value in one field."""
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import CoveredTableCell, Table, TableCell, TableRow
    from odf.text import P

    rng = random.Random(10)
    book = OpenDocumentSpreadsheet()
    table = Table(name="项目")

    def add(values, span=None):
        row = TableRow()
        for place, value in enumerate(values):
            if span and place == 0:
                cell = TableCell(valuetype="string", numbercolumnsspanned=span)
            elif isinstance(value, (int, Decimal)):
                cell = TableCell(valuetype="float", value=str(value))
            else:
                cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            row.addElement(cell)
        for _ in range((span or 1) - 1):
            row.addElement(CoveredTableCell())
        table.addElement(row)

    add(["2023年度科研项目立项清单"], span=6)
    add(["项目编号", "项目名称", "学科领域", "承担单位", "资助经费（千元）", "执行期限（年）"])
    money, areas = [], []
    rows = []
    for i in range(48):
        money.append(Decimal(rng.randint(1000, 300000)) / 100)
        areas.append(rng.choice(["数理", "化学", "生命", "信息", "管理"]))
        rows.append([f"KY2023-{i + 1:03d}", f"{areas[-1]}方向第{i + 1}号课题", areas[-1], rng.choice(["第一研究所", "理工学院", "市农科院"]), money[-1], rng.choice([2, 3, 4])])
    rows.insert(30, rows[7][:4] + [rows[7][4] + 1] + rows[7][5:])
    for row in rows:
        add(row)
    add(["合计", "", "", "", sum(money), ""])
    book.spreadsheet.addElement(table)
    raw = io.BytesIO()
    book.write(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(FILES / "科研项目.ods", "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(zipfile.ZipInfo(entry, (2024, 12, 1, 0, 0, 0)), old.read(entry), zipfile.ZIP_DEFLATED)
    case(
        "projects-ods",
        ["科研项目.ods"],
        [{
            "records": 48,
            "duplicates": 1,
            "fields": [
                field("资助经费", amount(money), unit="千元"),
                field("学科领域", choices(areas)),
            ],
        }],
        issues=[{"code": "duplicate-conflict"}],
        excluded={"total": 1},
    )


def park_twice():
    """The same ledger twice: the second file adds, changes and drops rows."""
    rng = random.Random(11)

    def write(name, rows):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["企业编号", "企业名称", "园区", "产值（万元）"])
        for row in rows:
            sheet.append([*row[:3], float(row[3])])
        save(book, name)

    first = [[f"YQ{i + 1:03d}", f"园区企业{i + 1}号", rng.choice(["东园", "西园"]), Decimal(rng.randint(1000, 99999)) / 10] for i in range(40)]
    second = [list(r) for r in first[:37]] + [[f"YQ{i + 1:03d}", f"园区企业{i + 1}号", "东园", Decimal(i * 10)] for i in range(40, 45)]
    for i in (3, 8, 20, 31):
        second[i][3] += Decimal("0.5")
    write("园区企业_3月.xlsx", first)
    (FILES / "更正").mkdir(exist_ok=True)
    write("更正/园区企业_3月.xlsx", second)
    case("park-again", ["园区企业_3月.xlsx", "更正/园区企业_3月.xlsx"], [{
        "records": 42,
        "changes": {"added": 5, "changed": 4, "unchanged": 33, "removed": 3},
        "fields": [field("产值", amount([r[3] for r in second]), unit="万元")],
    }])


def kobo():
    """Semicolons, select_multiple as a joined column with 1/0 columns behind it."""
    rng = random.Random(12)
    needs = ["就医", "出行", "就餐", "陪护"]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["start", "end", "village", "age", "needs"] + [f"needs/{n}" for n in needs] + ["_id", "_uuid", "_submission_time"])
    ages, all_needs = [], []
    for i in range(75):
        ages.append(rng.randint(60, 95))
        all_needs.append(answers(rng, needs, 0.4))
        writer.writerow([f"2024-03-0{i % 9 + 1}T08:00:00", f"2024-03-0{i % 9 + 1}T08:20:00", rng.choice(["河东村", "河西村"]), ages[-1], " ".join(all_needs[-1])]
                        + [int(n in all_needs[-1]) for n in needs] + [1000 + i, f"uuid-{i}", "2024-03-10T00:00:00"])
    (FILES / "老人需求_kobo.csv").write_bytes(out.getvalue().encode())
    case("kobo-semicolons", ["老人需求_kobo.csv"], [{
        "records": 75, "form": "questionnaire",
        "fields": [field("age", amount(ages)), field("needs", multi(all_needs))],
    }])


def unicode_text():
    """Excel's “Unicode 文本”: UTF-16 with tabs."""
    rng = random.Random(13)
    lines = ["井号\t所在灌区\t井深（米）\t供水量（万立方米）\t投用年份"]
    depth, water, areas = [], [], []
    for i in range(33):
        depth.append(rng.randint(30, 260))
        water.append(Decimal(rng.randint(10, 9000)) / 100)
        areas.append(rng.choice(["东灌区", "西灌区"]))
        lines.append(f"J-{i + 1}\t{areas[-1]}\t{depth[-1]}\t{water[-1]}\t{1990 + i}")
    (FILES / "机井台账.txt").write_bytes(("\r\n".join(lines) + "\r\n").encode("utf-16"))
    case("wells-utf16", ["机井台账.txt"], [{
        "records": 33,
        "fields": [field("井深", amount(depth)), field("供水量", amount(water), unit="万立方米"), field("所在灌区", choices(areas))],
    }])


def formula_errors():
    """Error values where figures should be."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "门店"
    sheet.append(["门店编号", "门店名称", "销售额（万元）", "人均销售额（万元/人）"])
    sales, issues = [], []
    errors = {4: "#DIV/0!", 9: "#REF!", 15: "#N/A", 22: "#VALUE!"}
    for i in range(28):
        value = Decimal(1000 + i * 37) / 10
        sheet.append([f"MD{i + 1:02d}", f"第{i + 1}门店", float(value), float(value / 10)])
        if i in errors:
            cell = sheet.cell(i + 2, 3)
            cell.value, cell.data_type = errors[i], "e"
            issues.append({"code": "formula-error", "sheet": "门店", "row": i + 2, "column": "C"})
            value = None
        sales.append(value)
    save(book, "门店公式错误.xlsx")
    case("shops-formula-errors", ["门店公式错误.xlsx"], [{"records": 28, "fields": [field("销售额", amount(sales), unit="万元")]}], issues=issues)


def disguised():
    """Right content, wrong extension."""
    for source, name in (("旅游景区经营.xlsx", "其实是xlsx.xls"), ("社区服务设施.csv", "其实是文本.xls")):
        (FILES / name).write_bytes((FILES / source).read_bytes())
        truth = next(c for c in CASES if c["files"] == [source])
        case("disguised-" + ("xlsx" if "xlsx" in name else "csv"), [name], truth["datasets"])


def reservoirs():
    """Old binary workbook: county sections, two-row header, paired design and actual columns, subtotals, status words."""
    rng = random.Random(31)
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("小型水库")
    titles = ["序号", "水库名称", "所在县区", "工程规模", "安全类别", "总库容（万立方米）", "设计灌溉面积（亩）", "实际灌溉面积（亩）", "计划投资（万元）", "完成投资（万元）", "运行状况", "是否安装监测设施", "建成时间"]
    sheet.write_merge(0, 0, 0, 12, "澧源市2023年度小型水库工程基本情况统计表")
    sheet.write(1, 0, "填报单位：澧源市水利局")
    sheet.write(1, 10, "截至2023年12月31日")
    for c in (0, 1, 2, 3, 4, 10, 11, 12):
        sheet.write_merge(2, 3, c, c, titles[c])
    sheet.write_merge(2, 2, 5, 7, "工程能力")
    sheet.write_merge(2, 2, 8, 9, "除险加固")
    for c in range(5, 10):
        sheet.write(3, c, titles[c])
    kept = {k: [] for k in ("县", "类", "库容", "设计", "实际", "计划", "完成", "状", "监测")}
    row, number = 4, 0
    for county, count in (("桑垭县", 18), ("永定区", 13), ("慈河县", 21), ("武溪区", 9)):
        sums = [Decimal(0)] * 5
        for i in range(count):
            number += 1
            volume = Decimal(rng.randint(100, 9900)) / 10
            design = rng.randint(3, 60) * 100
            actual = int(design * rng.choice([0.2, 0.35, 0.5, 0.6, 0.9]))
            plan = Decimal(rng.randint(200, 9000)) / 10
            done = (plan * rng.choice([Decimal("0.4"), Decimal("0.7"), Decimal("0.95"), Decimal(1)])).quantize(Decimal("0.1"))
            kind = rng.choices(["一类坝", "二类坝", "三类坝"], [2, 5, 4])[0]
            state = rng.choices(["正常运行", "带病运行", "停用"], [6, 4, 1])[0]
            watched = rng.choices(["是", "否"], [5, 6])[0]
            cells = [number, f"{rng.choice('青白黑红大小上下')}{rng.choice('石龙泉林溪湾坪垭')}{number}水库", county, rng.choice(["小（1）型", "小（2）型"]), kind, float(volume), design, actual, float(plan), float(done), state, {"是": rng.choice(["是", "√"]), "否": rng.choice(["否", "×"])}[watched], f"{rng.randint(1956, 1989)}年{rng.randint(1, 12)}月"]
            shown = {"库容": volume, "设计": design, "实际": actual, "计划": plan, "完成": done}
            if number % 11 == 5:
                cells[7], shown["实际"] = "未测", None
            if number % 13 == 6:
                cells[8] = cells[9] = "—"
                shown["计划"] = shown["完成"] = None
            for c, value in enumerate(cells):
                sheet.write(row, c, value)
            for k, (key, value) in enumerate(shown.items()):
                kept[key].append(value)
                sums[k] += Decimal(value or 0)
            for key, value in (("县", county), ("类", kind), ("状", state), ("监测", watched)):
                kept[key].append(value)
            row += 1
        sheet.write_merge(row, row, 0, 1, f"{county}小计")
        for k, s in enumerate(sums):
            sheet.write(row, 5 + k, float(s))
        row += 1
    sheet.write_merge(row, row, 0, 1, "合  计")
    for k, key in enumerate(("库容", "设计", "实际", "计划", "完成")):
        sheet.write(row, 5 + k, float(sum(Decimal(v) for v in kept[key] if v is not None)))
    sheet.write(row + 1, 0, "注：1.三类坝为病险水库；2.实际灌溉面积为当年实灌。")
    sheet.write(row + 2, 0, "单位负责人：          填表人：")
    book.save(str(FILES / "小型水库统计表.xls"))
    case("reservoirs-xls", ["小型水库统计表.xls"], [{
        "records": number,
        "fields": [
            field("总库容", amount(kept["库容"])), field("设计灌溉面积", amount(kept["设计"]), unit="亩"),
            field("实际灌溉面积", amount(kept["实际"]), unit="亩"), field("计划投资", amount(kept["计划"]), unit="万元"),
            field("完成投资", amount(kept["完成"]), unit="万元"), field("安全类别", choices(kept["类"])),
            field("运行状况", choices(kept["状"])), field("是否安装监测设施", choices(kept["监测"])), field("所在县区", choices(kept["县"])),
        ],
    }], excluded={"total": 5})


def homestays():
    """GB18030 CSV with amounts in mixed units, years in the titles, rates with percent signs, full-width digits."""
    rng = random.Random(32)
    rows, kept = [], {k: [] for k in ("镇", "房", "22", "23", "率", "备案", "投诉", "等级")}
    for i in range(66):
        rooms = rng.randint(3, 40)
        a = Decimal(rng.randint(300, 20000)) / 100
        b = (a * Decimal(rng.randint(60, 160)) / 100).quantize(Decimal("0.01"))
        rate = Decimal(rng.randint(180, 760)) / 10
        town = rng.choices(["古渡镇", "桃溪镇", "云台乡", "白鹭街道"], [9, 5, 3, 2])[0]
        filed = rng.choices(["是", "否"], [4, 3])[0]
        complaints = rng.choices([0, 1, 2, 5], [6, 3, 2, 1])[0]
        level = rng.choice(["甲级", "乙级", "丙级", "未评定"])
        money = [f"{b}", f"{b}万元", f"{b * 10000:.0f}元", f" {b} "][i % 4]
        shown_rooms = full_width(str(rooms)) if i % 9 == 4 else str(rooms)
        shown_rate = f"{rate}%" if i % 2 else f"{rate}"
        kept_rate = rate
        if i % 17 == 8:
            shown_rate, kept_rate = "暂无", None
        rows.append([f"M{i + 1:03d}", f"{town[:2]}{rng.choice('云山溪竹月松')}{rng.choice('舍居隐栖庐')}{i + 1}号民宿", town, level, shown_rooms, str(a), money, shown_rate, filed, complaints if i % 8 else "", f"139{rng.randint(0, 99999999):08d}"])
        for key, value in (("镇", town), ("房", rooms), ("22", a), ("23", b), ("率", kept_rate), ("备案", filed), ("投诉", complaints if i % 8 else None), ("等级", level)):
            kept[key].append(value)
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(["2023年民宿经营情况摸底"])
    out.writerow(["编号", "民宿名称", "所在乡镇", "评定等级", "客房数（间）", "2022年营业收入（万元）", "2023年营业收入（万元）", "客房入住率（%）", "是否办理消防备案", "投诉件数", "联系电话"])
    out.writerows(rows)
    out.writerow(["合计", "", "", "", sum(kept["房"]), sum(kept["22"]), sum(kept["23"])])
    (FILES / "民宿经营情况.csv").write_bytes(text.getvalue().encode("gb18030"))
    case("homestays-gb18030", ["民宿经营情况.csv"], [{
        "records": 66,
        "fields": [
            field("客房数", amount(kept["房"]), unit="间"), field("2022年营业收入", amount(kept["22"]), year=2022, unit="万元"),
            field("2023年营业收入", amount(kept["23"]), year=2023, unit="万元"), field("客房入住率", amount(kept["率"]), unit="%"),
            field("是否办理消防备案", choices(kept["备案"])), field("投诉件数", amount(kept["投诉"]), unit="件"),
            field("所在乡镇", choices(kept["镇"])), field("评定等级", choices(kept["等级"])),
        ],
    }])


def parents():
    """问卷星 by text: scales of two lengths, open answers that hold the choice mark now and then."""
    rng = random.Random(33)
    worries = ["作业负担重", "上下学交通拥堵", "课后服务项目少", "食堂饭菜一般", "家校沟通不畅", "没有困难"]
    levels = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您孩子所在的校区:", "2、您孩子所在年级", "3、您最担心或困难的问题是【多选题】", "4、请您评价—教学质量", "4、师生关系", "4、校园环境", "5、您向亲友推荐本校的意愿（0-10分）", "6、您知道学校的课后服务安排吗", "7、您对学校工作的意见和建议"])
    kept = {k: [] for k in "12356"}
    marks = {k: [] for k in range(3)}
    written = 0
    for i in range(233):
        campus = rng.choices(["东校区", "西校区", "滨河校区"], [5, 3, 2])[0]
        grade = rng.choice(["一年级", "二年级", "三年级", "四年级", "五年级", "六年级"])
        worry = ["没有困难"] if rng.random() < 0.15 else answers(rng, worries[:-1], 0.4)
        rated = [rng.choices(range(5), w)[0] for w in ([1, 2, 6, 10, 6], [1, 1, 3, 9, 9], [3, 6, 9, 6, 2])]
        ten = rng.choices(range(11), [1, 0, 1, 1, 2, 5, 6, 9, 11, 8, 7])[0]
        know = rng.choice(["非常清楚", "知道一些", "不知道"])
        open_text = [None, f"希望{rng.choice(['增加体育课', '延长托管时间', '改善操场'])}，孩子在{grade}{i}班", f"早上校门口太堵┋第{i}次反映了"][0 if i % 3 else 1 + i % 2]
        written += open_text is not None
        sheet.append([i + 1, f"2024/05/{i % 28 + 1:02d} 19:{i % 60:02d}:07", f"{80 + i % 90}秒", "手机提交", "直接访问", f"203.0.113.{i % 250}(贵州-遵义)", campus, grade, "┋".join(worry), *[levels[m] for m in rated], ten, know, open_text or "(空)"])
        for key, value in (("1", campus), ("2", grade), ("3", worry), ("5", ten), ("6", know)):
            kept[key].append(value)
        for k in range(3):
            marks[k].append(rated[k] + 1)
    save(book, "288001122_按文本_家长满意度调查问卷_233_233.xlsx")
    case("parents-two-scales", ["288001122_按文本_家长满意度调查问卷_233_233.xlsx"], [{
        "records": 233, "form": "questionnaire",
        "fields": [
            field("1", choices(kept["1"]), question=1), field("2", choices(kept["2"]), question=2), field("3", multi(kept["3"]), question=3),
            field("5", amount(kept["5"]), question=5), field("6", choices(kept["6"]), question=6), field("7", {"filled": written}, question=7),
        ],
    }])


def insurance():
    """ODS by township with due and actual columns, a rate of its own, blanks, a total above the records."""
    import odf.opendocument
    import odf.table
    import odf.text

    rng = random.Random(34)
    doc = odf.opendocument.OpenDocumentSpreadsheet()
    table = odf.table.Table(name="参保情况")

    def add(values, span=None):
        row = odf.table.TableRow()
        for value in values:
            extra = {"numbercolumnsspanned": span} if span else {}
            if isinstance(value, (int, Decimal)):
                cell = odf.table.TableCell(valuetype="float", value=str(value), **extra)
                cell.addElement(odf.text.P(text=str(value)))
            else:
                cell = odf.table.TableCell(valuetype="string", **extra) if value != "" else odf.table.TableCell()
                if value != "":
                    cell.addElement(odf.text.P(text=value))
            row.addElement(cell)
        table.addElement(row)

    kept = {k: [] for k in ("镇", "应", "已", "率", "住院", "支付")}
    rows = []
    for i in range(74):
        town = rng.choices(["麻柳镇", "石堰镇", "双庙乡", "新店镇", "高桥街道"], [6, 5, 4, 3, 2])[0]
        due = rng.randint(300, 4200)
        paid = int(due * rng.choice([0.62, 0.71, 0.8, 0.88, 0.97]))
        rate = (Decimal(paid) * 100 / Decimal(due)).quantize(Decimal("0.01"))
        stays = rng.randint(5, 420)
        money = Decimal(rng.randint(10000, 90000000)) / 100
        shown = [i + 1, f"{town}{rng.choice('东西南北中')}{rng.choice('坝湾桥岭坪')}{i + 1}村", town, due, paid, rate, stays, money]
        kept_stays = stays
        if i % 12 == 7:
            shown[6], kept_stays = "/", None
        rows.append(shown)
        for key, value in (("镇", town), ("应", due), ("已", paid), ("率", rate), ("住院", kept_stays), ("支付", money)):
            kept[key].append(value)
    add(["开州区城乡居民医保参保与待遇情况"], span=8)
    add(["序号", "村（社区）名称", "乡镇（街道）", "应参保人数", "已参保人数", "参保率（%）", "住院人次", "统筹基金支付（元）"])
    total = [sum(Decimal(v) for v in kept[k] if v is not None) for k in ("应", "已", "住院", "支付")]
    add(["全区合计", "", "", total[0], total[1], "", total[2], total[3]])
    for row in rows:
        add(row)
    doc.spreadsheet.addElement(table)
    raw = io.BytesIO()
    doc.write(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(FILES / "城乡居民医保参保情况.ods", "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry == "meta.xml":
                continue
            kind = zipfile.ZIP_STORED if entry == "mimetype" else zipfile.ZIP_DEFLATED
            data = old.read(entry)
            if entry == "META-INF/manifest.xml":
                data = __import__("re").sub(rb"<manifest:file-entry[^>]*meta\.xml[^>]*/>", b"", data)
            new.writestr(zipfile.ZipInfo(entry, (2024, 12, 1, 0, 0, 0)), data, kind)
    case("insurance-ods", ["城乡居民医保参保情况.ods"], [{
        "records": 74,
        "fields": [
            field("应参保人数", amount(kept["应"]), unit="人"), field("已参保人数", amount(kept["已"]), unit="人"), field("参保率", amount(kept["率"]), unit="%"),
            field("住院人次", amount(kept["住院"]), unit="人次"), field("统筹基金支付", amount(kept["支付"]), unit="元"), field("乡镇（街道）", choices(kept["镇"])),
        ],
    }], excluded={"total": 1})


def machines():
    """Sheets by township; year pairs of counts, task and completion, spellings with blanks, a repeated header."""
    rng = random.Random(35)
    book = openpyxl.Workbook()
    book.remove(book.active)
    kept = {k: [] for k in ("22", "23", "任务", "完成", "类", "镇", "补贴")}
    for town, count in (("大营镇", 17), ("柳河镇", 24), ("三岔乡", 11), ("红旗街道", 8)):
        sheet = book.create_sheet(town + "上报")
        sheet.append([f"{town}农机专业户作业情况统计表（2023年）"])
        header = ["序号", "户主姓名", "经营类别", "2022年农机台数", "2023年农机台数", "作业任务数（亩）", "实际完成数（亩）", "购机补贴（元）", "备注"]
        sheet.append(header)
        for i in range(count):
            if i == 12:
                sheet.append(header)
            a = rng.randint(1, 9)
            b = max(1, a + rng.choice([-2, -1, 0, 1, 2, 3]))
            task = rng.randint(2, 80) * 50
            done = int(task * rng.choice([0.5, 0.66, 0.8, 1, 1.1]))
            kind = rng.choice(["耕整地", "收获", "植保", "综合服务"])
            money = rng.randint(0, 90) * 1000
            name = rng.choice(SURNAMES) + rng.choice(GIVEN) + rng.choice(GIVEN)
            shown = kind if i % 5 else f" {kind[0]} {kind[1:]}" if len(kind) == 2 else kind + "　"
            sheet.append([i + 1, name, shown, f"{a}台" if i % 6 == 2 else a, b, task, done, f"{money:,}" if i % 4 == 1 else money, rng.choice(["", "", "已核实"])])
            for key, value in (("22", a), ("23", b), ("任务", task), ("完成", done), ("类", kind), ("镇", town), ("补贴", money)):
                kept[key].append(value)
        sheet.append(["小计", None, None, None, None, sum(kept["任务"][-count:]), sum(kept["完成"][-count:])])
    save(book, "农机作业情况统计表（2023年）.xlsx")
    case("machines-stacked", ["农机作业情况统计表（2023年）.xlsx"], [{
        "records": 60,
        "fields": [
            field("2022年农机台数", amount(kept["22"]), year=2022, unit="台"), field("2023年农机台数", amount(kept["23"]), year=2023, unit="台"),
            field("作业任务数", amount(kept["任务"]), unit="亩"), field("实际完成数", amount(kept["完成"]), unit="亩"),
            field("购机补贴", amount(kept["补贴"]), unit="元"), field("经营类别", choices(kept["类"])),
        ],
        "by_sheet": {"大营镇": 17, "柳河镇": 24, "三岔乡": 11, "红旗街道": 8},
    }], excluded={"total": 4})


def grid_workers():
    """问卷星 by number, with codes that one question explains and the others do not."""
    rng = random.Random(36)
    tasks = ["矛盾调解", "入户走访", "数据填报", "应急值守"]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的岗位（1社区工作者 2专职网格员 3志愿者）", "2、您所在的街道", "3、您的从业年限"] + [f"4、您花费时间最多的工作({o})" for o in tasks] + ["5、您对工作强度的评价(打分)", "6、您的月收入（元）"])
    kept = {k: [] for k in ("岗", "街", "年", "事", "强", "入")}
    jobs, streets = ["社区工作者", "专职网格员", "志愿者"], ["第1项", "第2项", "第3项", "第4项"]
    for i in range(147):
        job, street, years = rng.randint(1, 3), rng.randint(1, 4), rng.randint(1, 5)
        chosen = answers(rng, tasks, 0.5)
        strain = rng.choices(range(1, 6), [1, 2, 4, 8, 7])[0]
        income = rng.randint(18, 62) * 100
        sheet.append([i + 1, f"2024/10/{i % 28 + 1:02d} 08:{i % 60:02d}:11", f"{50 + i % 40}秒", "链接", "N/A", f"192.0.2.{i % 250}(山东-泰安)", job, street, years] + [int(t in chosen) for t in tasks] + [strain, income if i % 10 else -3])
        for key, value in (("岗", jobs[job - 1]), ("街", streets[street - 1]), ("年", f"第{years}项"), ("事", chosen), ("强", strain), ("入", income if i % 10 else None)):
            kept[key].append(value)
    save(book, "基层网格员问卷_按序号.xlsx")
    case("grid-workers-wjx-number", ["基层网格员问卷_按序号.xlsx"], [{
        "records": 147, "form": "questionnaire",
        "fields": [
            field("1", choices(kept["岗"]), question=1), field("2", choices(kept["街"]), question=2), field("3", choices(kept["年"]), question=3),
            field("4", multi(kept["事"]), question=4), field("5", amount(kept["强"]), question=5), field("6", {**amount(kept["入"]), "skipped": sum(v is None for v in kept["入"])}, question=6),
        ],
    }])


def hostile():
    genuine = (FILES / "养老机构台账.xlsx").read_bytes()
    (FILES / "截断.xlsx").write_bytes(genuine[: len(genuine) * 2 // 3])
    (FILES / "其实是图片.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (FILES / "零字节.csv").write_bytes(b"")
    (FILES / "随机字节.xls").write_bytes(random.Random(14).randbytes(4096))
    save(openpyxl.Workbook(), "空表.xlsx")

    from msoffcrypto.format.ooxml import OOXMLFile

    plain = openpyxl.Workbook()
    plain.active.append(["名称", "数值"])
    raw = io.BytesIO()
    plain.save(raw)
    raw.seek(0)
    if not (FILES / "有密码.xlsx").exists():  # the salt is random: keep the committed file
        with open(FILES / "有密码.xlsx", "wb") as out:
            OOXMLFile(raw).encrypt("secret", out)

    wide = io.StringIO()
    csv.writer(wide).writerows([[f"列{i}" for i in range(10_000)], list(range(10_000))])
    (FILES / "一万列.csv").write_bytes(wide.getvalue().encode())

    # One sheet of 512 MiB of blank rows, packed into half a megabyte.
    with zipfile.ZipFile(io.BytesIO(genuine)) as old, zipfile.ZipFile(FILES / "压缩炸弹.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for entry in old.namelist():
            if not entry.endswith("sheet1.xml"):
                new.writestr(zipfile.ZipInfo(entry, (2024, 12, 1, 0, 0, 0)), old.read(entry), zipfile.ZIP_DEFLATED)
        sheet = zipfile.ZipInfo("xl/worksheets/sheet1.xml", (2024, 12, 1, 0, 0, 0))
        sheet.compress_type = zipfile.ZIP_DEFLATED
        with new.open(sheet, "w", force_zip64=True) as bomb:
            bomb.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for _ in range(512):
                bomb.write(b" " * (1 << 20))
            bomb.write(b"</sheetData></worksheet>")
    for name in ("截断.xlsx", "其实是图片.xlsx", "零字节.csv", "随机字节.xls", "空表.xlsx", "有密码.xlsx", "一万列.csv", "压缩炸弹.xlsx"):
        case("hostile-" + name.split(".")[0], [name], refused=True)


def main():
    FILES.mkdir(exist_ok=True)
    for make in (elder_care, cooperatives, schools, community_csv, residents, business_csv, tourism, stacked, gaps, projects, park_twice, kobo, unicode_text, formula_errors, disguised, reservoirs, homestays, parents, insurance, machines, grid_workers, hostile):
        make()
    (HERE / "truth.json").write_text(json.dumps({"as_of": AS_OF, "cases": CASES}, ensure_ascii=False, indent=1) + "\n")
    print(f"{len(CASES)} cases")


main()
