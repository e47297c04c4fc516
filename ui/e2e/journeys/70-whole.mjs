import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "从杂乱的台账到报告：更正、取舍、改写，数据变了再复核，PDF 里都对";

const towns = ["城关镇", "河西镇", "南山乡", "北塬乡"];

/**
 * A ledger as townships send it in: title, unit line, two rows of headers, subtotals, odd values. Books: 1500 to 2450
 * by tens of villages and by town, 67,000 in all; `gift` more in the first village.
 */
function ledger(gift) {
  const rows = towns.flatMap((town, t) => [
    ...Array.from({ length: 10 }, (_, at) => {
      const n = at + 1;
      const isFirst = t === 0 && n === 1;
      const books = 900 + 100 * n + 150 * t + (isFirst ? gift : 0);
      const readers = 400 - 60 * t + 10 * n;
      const money = t === 1 && n === 2 ? "#DIV/0!" : (1.2 - 0.2 * t + 0.05 * n).toFixed(2);
      const cells = [`${town}${n}村书屋`, town, 2012 + (n % 6), t === 0 && n === 3 ? `"1,200册"` : books, readers];
      return [...cells, readers - 20 - 5 * t, money, ""].join(",");
    }),
    "小计,,,,,,,",
  ]);
  return [
    "2023年农家书屋运行情况统计表,,,,,,,",
    "填报单位：某县文旅局,,,,,,单位：万元,",
    "基本情况,,,运行情况,,,,备注",
    "书屋名称,所在乡镇,建成年份,藏书量（册）,2022年借阅人次,2023年借阅人次,2023年运行经费,",
    ...rows,
    `合计,,,${67000 + gift},,,,`,
    "注：本表由各乡镇填报。,,,,,,,",
  ].join("\n");
}

export async function journey({ start, folder }) {
  const file = (round, gift) => {
    mkdirSync(join(folder, round));
    const path = join(folder, round, "书屋台账.csv");
    writeFileSync(path, ledger(gift));
    return path;
  };
  const app = await start();
  const { session } = app;
  await app.resize(1280, 800);

  // A survey no kit has heard of.
  await app.newProject("农家书屋运行情况调查", join(folder, "书屋.yance"), "通用调查");

  await app.waitForText("把台账、问卷、汇总表拖到这里");
  await app.fill("文件路径", `${file("一", 0)}\uE007`);
  await app.waitForText("2023年农家书屋运行情况统计表");
  await app.shoot("whole-import");
  await app.click("button", "确认导入");
  await app.waitForText("共 40 条");

  // One value was a formula that failed; the author knows it.
  await app.click("tab", "问题单元格");
  await app.click("option", "公式出错");
  await app.click("button", "去更正");
  await app.waitForText("#DIV/0!");
  await app.until("单元格已选中", () => session.run("return document.activeElement?.closest('.ag-cell') !== null"));
  await app.settle();
  await app.fill("更正为", "1.10\uE007");
  await app.fill("更正原因", "对照经费台账\uE007");
  await app.waitForText("撤回更正");
  await app.shoot("whole-corrected");

  await app.stage("问题");
  await app.find("article", "总量有所下降");
  await app.click("button", "接受");
  await app.find("button", "已接受");
  await app.shoot("whole-findings");

  await app.stage("对策");
  await app.click("option", "稳定重点对象运行");
  await app.find("article", "稳定重点对象运行");
  await app.click("button", "接受");
  await app.find("button", "已接受");
  await app.fill("考核目标", "借阅人次比上年增长5%");
  await app.click("option", "挖掘新的增长来源");
  await app.find("article", "挖掘新的增长来源");
  await app.click("button", "不采用");
  await app.find("button", "已不采用");
  await app.shoot("whole-measures");

  await app.stage("成文");
  await app.find("article", "报告正文");
  const paragraph = "[...document.querySelectorAll('.block.paragraph')].find((b) => b.textContent.includes('藏书量合计'))";
  await app.until("写藏书量的一段", () => session.run(`return ${paragraph} !== undefined`));
  assert.match(await session.run(`return ${paragraph}.textContent`), /藏书量合计67000册/);
  await session.run(`${paragraph}.click()`);
  await app.find("textbox", "编辑段落");
  // A click by script says no place in the text: the words go to its end.
  await session.run("getSelection().selectAllChildren(document.activeElement); getSelection().collapseToEnd()");
  await session.run("document.execCommand('insertText', false, '以上均为普查数。')");
  await app.press("Escape");
  await app.until("改动已写入", () => session.run(`return ${paragraph}.classList.contains('edited')`));

  // The townships send a better list.
  await app.stage("数据");
  await app.find("button", "导入文件…");
  await app.click("tab", "文件");
  await app.shoot("whole-files");
  await app.fill("文件路径", `${file("二", 5000)}\uE007`);
  await app.waitForText("替换旧版");
  await app.click("tab", "变动一览");
  await app.shoot("whole-changes");
  await app.click("button", "确认导入");
  await app.gone("button", "确认导入");

  await app.stage("成文");
  await app.until("需复核", () => session.run(`return ${paragraph}?.classList.contains('stale')`));
  await app.click("button", "需复核");
  const card = await app.find("article", "复核：");
  const words = await session.run("return arguments[0].textContent", card);
  assert.match(words, /修改时的原文.*67000册.*现在生成的.*72000册.*我的.*72000册.*以上均为普查数。/);
  await app.shoot("whole-review");
  await app.click("button", "保留我的");
  await app.gone("article", "复核：");
  await app.until("已复核", () => session.run(`return ${paragraph}.classList.contains('edited')`));

  await app.stage("导出");
  const pdf = join(folder, "报告.pdf");
  await app.fill("报告 PDF的位置", pdf);
  await app.click("button", "导出 PDF");
  await app.waitForText("报告 PDF 已导出", 90);
  const text = execFileSync("pdftotext", [pdf, "-"], { encoding: "utf8" }).replace(/\s+/g, "");
  for (const there of ["农家书屋运行情况调查", "藏书量合计72000册", "以上均为普查数。", "借阅人次比上年增长5%"])
    assert.ok(text.includes(there), `the PDF says “${there}”`);
  for (const gone of ["藏书量合计67000册", "挖掘新的增长来源"]) assert.ok(!text.includes(gone), `the PDF does not say “${gone}”`);
}
