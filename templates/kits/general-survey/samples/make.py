#!/usr/bin/env python3
"""Makes the example workbooks of the general survey kit: a ledger of community elder-care stations and a questionnaire
export. All places and figures are invented; the shapes are those of real files (stacked sheets, merged headers, total
and note rows, missing marks, multi-choice answers joined with a box-drawing bar). Same program, same values.

    pip install openpyxl && python3 make.py
"""
import datetime
import random
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

random.seed(20240930)
STREETS = {  # street: number of stations, level of resources
    "松林街道": (23, 1.35), "清河街道": (19, 1.15), "北苑街道": (15, 1.0), "东湖街道": (12, 0.9),
    "柳园街道": (9, 0.75), "石桥镇": (7, 0.5), "西岭镇": (5, 0.4),
}
KINDS = [("公建民营", 42), ("民办公助", 28), ("公办", 18), ("社会组织运营", 12)]
GROUPS = [("服务站基本情况", 6), ("服务能力", 4), ("运行情况（万元）", 6), ("服务量", 4)]
HEAD = ["序号", "服务站名称", "所在社区", "运营方式", "等级评定", "建成年份", "建筑面积（平方米）", "床位数（张）",
        "从业人员数（人）", "持证护理员数（人）", "2022年运营收入", "2023年运营收入", "2022年财政补助", "2023年财政补助",
        "2023年运营支出", "2023年人员支出", "2022年服务人次", "2023年服务人次", "助餐人次", "老年人投诉件数"]
LEVELS = [("一级", 12), ("二级", 30), ("三级", 38), ("未评定", 20)]
COMMUNITY = "和平 新华 建设 友谊 光明 东风 文化 民主 胜利 长青 花园 春晖 金桥 锦绣 望江 南湖 朝阳 向阳 安康 康乐 福源 永安 兴隆".split()


def pick(table):
    return random.choices([t[0] for t in table], [t[1] for t in table])[0]


def station(street, level, i):
    kind, grade = pick(KINDS), pick(LEVELS)
    size = level * random.uniform(0.45, 1.7) * (2.4 if random.random() < 0.08 else 1)
    area = round(260 * size + 60)
    beds = max(0, round(14 * size) - (6 if random.random() < 0.2 else 0))
    staff = max(2, round(6 * size + 1))
    nurse = min(staff, max(0, round(staff * random.uniform(0.15, 0.55))))
    income = round(38 * size * random.uniform(0.8, 1.2), 2)
    later = round(income * random.choices([0.86, 0.95, 1.04, 1.15], [30, 28, 26, 16])[0] * random.uniform(0.95, 1.04), 2)
    aid = round(12 * level * random.uniform(0.7, 1.3), 1)
    aid2 = round(aid * random.uniform(0.98, 1.18), 1)
    cost = round(later * random.uniform(0.85, 1.16) + aid2 * 0.6, 2)
    visits = round(5200 * size * random.uniform(0.8, 1.2))
    visits2 = round(visits * random.uniform(0.94, 1.24))
    meals = round(visits2 * random.uniform(0.3, 0.6))
    community = COMMUNITY[i % len(COMMUNITY)] + "社区"
    row = [i + 1, f"{street[:2]}{community[:-2]}养老服务站", community, kind, grade, random.randint(2012, 2022), area, beds,
           staff, nurse, income, later, aid, aid2, cost, round(cost * random.uniform(0.42, 0.6), 2), visits, visits2,
           meals, random.choices([0, 1, 2, 3, 5], [44, 26, 16, 10, 4])[0]]
    # What clerks leave out: the number of meals above all, and last year's figures of new stations.
    if random.random() < 0.27:
        row[18] = random.choice(["", "—", "/", "无"])
    if random.random() < 0.06:
        row[10] = row[12] = row[16] = "—"
    if random.random() < 0.05:
        row[9] = ""
    return row


def ledger():
    book = Workbook()
    book.remove(book.active)
    notes = book.create_sheet("填表说明")
    for line in ["社区养老服务站台账填表说明", "一、本表由各街道（镇）按服务站逐一填报，一站一行。",
                 "二、金额单位为万元，保留两位小数；未统计的填“—”，没有发生的填0。",
                 "三、本工作簿为示例，地名、站名和数字均系虚构。"]:
        notes.append([line])
    for street, (n, level) in STREETS.items():
        s = book.create_sheet(street)
        s.append([f"{street}社区养老服务站台账"])
        s.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEAD))
        s.append([f"填报单位：{street}办事处" + " " * 12 + "截至2023年12月31日"])
        s.append([])
        column = 1
        for title, width in GROUPS:
            s.cell(3, column, title)
            s.merge_cells(start_row=3, start_column=column, end_row=3, end_column=column + width - 1)
            column += width
        s.append([])
        for c, title in enumerate(HEAD, 1):
            s.cell(4, c, title)
        rows = [station(street, level, i) for i in range(n)]
        for r, row in enumerate(rows, 5):
            for c, v in enumerate(row, 1):
                s.cell(r, c, v)
        r = 5 + n
        s.cell(r, 2, "合计")
        for c in range(7, len(HEAD) + 1):
            s.cell(r, c, round(sum(x[c - 1] for x in rows if not isinstance(x[c - 1], str)), 2))
        s.cell(r + 1, 1, "注：助餐人次由助餐点登记，未设助餐点的不填。")
        for row in s["A1:T4"]:
            for cell in row:
                cell.font, cell.alignment = Font(bold=True), Alignment(horizontal="center")
    save(book, "社区养老服务站台账.xlsx")


SCALE = ["很不满意", "不满意", "一般", "满意", "很满意"]
SERVICES = [("助餐服务", [4, 14, 34, 34, 14]), ("日间照料", [3, 8, 27, 42, 20]), ("上门护理", [7, 19, 36, 28, 10]),
            ("文化活动", [2, 5, 22, 45, 26]), ("服务态度", [1, 4, 18, 45, 32])]
DIFFICULTIES = [("费用偏高、补贴偏少", 47), ("护理人员不足", 43), ("助餐品种单一、口味不合", 34), ("站点距离较远", 22),
                ("场地狭小、设施陈旧", 29), ("不了解有哪些服务", 31), ("申请手续繁琐", 14)]
NEEDS = [("助餐送餐", 58), ("健康体检与慢病管理", 49), ("上门护理", 41), ("紧急呼叫", 27), ("日间照料", 25),
         ("文化娱乐", 33), ("心理慰藉", 16)]
CHANNELS = [("社区宣传栏", 44), ("网格员上门", 35), ("亲友邻居", 38), ("微信群", 29), ("电视报纸", 12)]


def several(options, extra=None, most=9):
    chosen = [o for o, p in options if random.random() * 100 < p][:most]
    if extra and random.random() < 0.05:
        chosen.append(extra)
    return "┋".join(chosen)


def questionnaire():
    book = Workbook()
    s = book.active
    s.title = "Sheet1"
    s.append(["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、您的性别", "2、您的年龄段", "3、您居住的街道（镇）",
              "4、您的居住方式", "5、您每月用于养老服务的支出（元）", "6、您是否了解本社区养老服务站的服务内容", "7、您使用社区养老服务的频率",
              "8、您从哪些渠道了解社区养老服务（多选）", "9、您在使用社区养老服务中遇到的主要困难（多选）", "10、您最需要的养老服务项目（多选）"]
             + [f"第11题({name})" for name, _ in SERVICES] + ["12、您对社区养老服务的总体满意度", "13、您对改进社区养老服务的意见建议"])
    start = datetime.datetime(2024, 5, 6, 8, 30)
    for i in range(412):
        start += datetime.timedelta(minutes=random.randint(3, 55))
        used = random.choices(["每周多次", "每周一次", "每月一两次", "很少使用", "从未使用"], [16, 19, 23, 24, 18])[0]
        never = used == "从未使用"
        row = [i + 1, start.strftime("%Y/%m/%d %H:%M:%S"), f"{random.randint(70, 640)}秒", random.choice(["微信", "链接", "手机提交"]),
               "直接访问", f"10.{random.randint(1, 99)}.{random.randint(1, 250)}.{random.randint(1, 250)}",
               random.choices(["男", "女"], [45, 55])[0],
               random.choices(["60岁以下", "60—69岁", "70—79岁", "80岁及以上"], [9, 41, 34, 16])[0],
               random.choices(list(STREETS), [22, 19, 15, 14, 12, 10, 8])[0],
               random.choices(["与配偶同住", "与子女同住", "独居", "其他"], [46, 29, 21, 4])[0],
               random.choice([0, 50, 100, 100, 150, 200, 200, 300, 500, 800]) if random.random() > 0.07 else "(空)",
               random.choices(["非常了解", "比较了解", "不太了解", "完全不了解"], [11, 33, 38, 18])[0], used,
               several(CHANNELS, "其他〖单位老干部处、活动中心〗") or "(空)",
               "(跳过)" if never else (several(DIFFICULTIES, "其他〖希望周末也开放〗", 5) or "没有困难"),
               several(NEEDS, None, 4) or "(空)"]
        row += ["(跳过)" if never else random.choices(SCALE, w)[0] for _, w in SERVICES]
        row.append("(跳过)" if never else random.choices(SCALE, [3, 10, 31, 40, 16])[0])
        row.append(random.choice(["希望增加助餐点", "护理员多一些", "价格再便宜点", "请多组织体检"]) if random.random() < 0.22 else "(空)")
        s.append(row)
    save(book, "老年人服务需求问卷_问卷星导出.xlsx")


def save(book, name):
    stamp = datetime.datetime(2024, 6, 1)
    book.properties.created = book.properties.modified = stamp
    book.properties.creator = "示例"
    book.save(name)


ledger()
questionnaire()
