import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "一格多填了万倍：现状标出，印前检查列出，按原值、采用建议都消去，可撤销";

/** Nine lines of 20, 22 … 36 万元 (252), and one of 240000: 24 万元 given in 元. */
const money = [20, 22, 24, 26, 28, 30, 32, 34, 36, 240000];
const ledger = ["线路名称,所在片区,客运量（万人次）,运营补贴（万元）", ...money.map((sum, at) => `${at + 1}路公交,${at % 2 ? "城东" : "城西"},${30 + at},${sum}`)].join("\n");

export async function journey({ start, folder }) {
  const app = await start();
  const { session } = app;
  await app.resize(1280, 800);
  await app.newProject("公交线路调查", join(folder, "公交.yance"), "通用调查");
  await app.waitForText("把台账、问卷、汇总表拖到这里");
  const file = join(folder, "公交线路.csv");
  writeFileSync(file, ledger);
  await app.fill("文件路径", `${file}\uE007`);
  await app.click("button", "确认导入");
  await app.waitForText("共 10 条");

  const total = async (shown) => {
    await app.stage("现状");
    await app.until(`补贴合计${shown}`, async () => (await app.text()).replace(/\s+/g, "").includes(`运营补贴合计${shown}`));
    await app.click(".judge-entry", "运营补贴合计");
    await app.find("article", "运营补贴合计");
  };
  const marks = () => session.run("return document.querySelectorAll('.doubt-mark').length");
  // 252 + 240000 = 240252.
  await total("24.03亿元");
  assert.ok((await marks()) > 0);
  const others = "return [...document.querySelectorAll('.judge-entry')].filter((e) => e.innerText.includes('客运量') && e.querySelector('.doubt-mark'))";
  assert.deepEqual(await session.run(others), [], "what holds no doubt is not marked");
  await app.find("section.doubts", "存疑数值");
  await app.shoot("doubts-status");

  // The list before printing names it and leads to its cell.
  await app.stage("核校");
  await app.click(".ant-segmented-item", "印前检查");
  await app.waitForText("存疑数值已核实");
  await app.shoot("doubts-preprint");
  await app.click("button", "10路公交");
  await app.find("button", "采用建议");
  await app.shoot("doubts-cell");

  // Looked at and right: the figure stays, the marks go, and come back with undo.
  await app.click("button", "按原值");
  await app.waitForText("已按原值确认");
  await total("24.03亿元");
  await app.until("标记消去", async () => (await marks()) === 0);
  await app.click("button", "撤销：按原值");
  await app.until("标记回来", async () => (await marks()) > 0);
  // 240000 元 = 24 万元: 252 + 24 = 276.
  await app.click("button", "采用建议");
  await app.waitForText("已采用建议");
  await total("276万元");
  assert.equal(await marks(), 0);
  await app.shoot("doubts-settled");
}
