import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "只用键盘：新建、导入、取舍、改写、导出";

/** What has the focus: its name, and whether an eye can find it. */
const FOCUS = `
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const clean = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
  const name = clean(e.getAttribute("aria-label")) || clean(e.labels?.[0]?.textContent) || clean(e.textContent) || clean(e.getAttribute("placeholder"));
  const marked = (of) => {
    const style = getComputedStyle(of);
    return (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
  };
  const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
  const probe = document.createElement("i");
  probe.style.color = accent;
  document.body.append(probe);
  const red = getComputedStyle(probe).color;
  probe.remove();
  // Fields of several parts show it on the frame around them.
  let frame = e;
  let shown = false;
  for (let up = 0; up < 4 && frame; up++, frame = frame.parentElement)
    shown ||= marked(frame) || getComputedStyle(frame).borderBottomColor === red;
  // A list shows it on the entry that is chosen.
  const chosen = e.querySelector("[aria-selected=true]");
  shown ||= e.getAttribute("role") === "listbox" && chosen !== null && marked(chosen);
  const box = e.getBoundingClientRect();
  return { name, role: e.getAttribute("role") ?? e.tagName.toLowerCase(), shown, place: [box.x, box.y, box.width, box.height] };
`;

export async function journey({ start, folder }) {
  const app = await start();
  const { session } = app;
  await app.resize(1280, 800);
  const unseen = new Set();
  const focus = async () => {
    const now = await session.run(FOCUS);
    if (now && !now.shown) unseen.add(`${now.role} ${now.name.slice(0, 30)}`);
    return now;
  };
  /** Presses Tab until the thing of this name has the focus. */
  const tabTo = async (wanted, role = null) => {
    for (let steps = 0; steps < 120; steps++) {
      const now = await focus();
      if (now && now.name.includes(wanted) && (role === null || now.role === role)) return;
      await app.press("Tab");
    }
    throw new Error(`用 Tab 到不了“${wanted}”`);
  };
  const write = async (text) => session.type(await session.run("return document.activeElement"), text);
  const stage = async (key, label) => {
    await app.press("Control", key);
    await app.until(`阶段 ${label}`, () =>
      session.run("return document.querySelector('.rail-stage[aria-current=page]').innerText.trim() === arguments[0]", label),
    );
    await app.settle();
  };

  await app.press("Control", "n");
  await app.find("dialog", "新建工程");
  await app.until("光标在标题", async () => (await focus())?.name === "报告标题");
  await write("键盘试验");
  await tabTo("保存位置", "input");
  await app.press("Control", "a");
  await write(join(folder, "键盘.yance"));
  await app.press("Enter");
  await app.gone("dialog", "新建工程");
  await app.waitForText("把台账、问卷、汇总表拖到这里");

  const rows = Array.from({ length: 12 }, (_, at) => `第${at + 1}站,${["东区", "西区"][at % 2]},${100 + at},${90 + at}`);
  const file = join(folder, "站点.csv");
  writeFileSync(file, ["站名,所在区,2022年服务人次,2023年服务人次", ...rows].join("\n"));
  await tabTo("文件路径");
  await write(file);
  await app.press("Enter");
  await app.waitForText("1 个文件可以导入");
  await tabTo("确认导入");
  await app.press("Enter");
  await app.waitForText("共 12 条");

  await stage("3", "现状");
  const chosen = () => session.run("return document.activeElement.querySelector('[aria-selected=true]')?.innerText ?? ''");
  await tabTo("指标", "listbox");
  const first = await chosen();
  await app.press("ArrowDown");
  await app.until("下一项", async () => (await chosen()) !== first);

  await stage("4", "问题");
  await tabTo("问题", "listbox");
  assert.match(await chosen(), /总量有所下降/);
  await tabTo("接受");
  await app.press("Enter");
  await app.find("button", "已接受");

  await stage("5", "对策");
  await tabTo("对策", "listbox");
  assert.match(await chosen(), /稳定重点对象运行/);
  await tabTo("接受");
  await app.press("Enter");
  await app.find("button", "已接受");

  await stage("6", "成文");
  await app.find("article", "报告正文");
  await tabTo("段落", "group");
  await app.shoot("keyboard-block");
  await app.press("ArrowDown");
  await app.press("Enter");
  await app.find("textbox", "编辑段落");
  await write("键盘写的。");
  await app.press("Escape");
  await app.until("写入", async () => (await app.text()).includes("键盘写的。"));
  assert.equal((await focus()).role, "group", "back on the block");

  await stage("8", "导出");
  const pdf = join(folder, "键盘.pdf");
  await tabTo("报告 PDF的位置");
  await app.press("Control", "a");
  await write(pdf);
  await tabTo("导出 PDF");
  await app.press("Enter");
  await app.waitForText("报告 PDF 已导出", 90);
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");

  // The dialog of the export is on its way out.
  await app.gone("dialog");
  await app.press("F1");
  await app.find("dialog", "快捷键");
  await app.shoot("keyboard-shortcuts");
  await app.press("Escape");
  await app.gone("dialog", "快捷键");
  assert.deepEqual([...unseen], [], "the focus can be seen wherever it goes");
}
