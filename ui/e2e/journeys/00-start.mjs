import assert from "node:assert/strict";

export const name = "开始页、示例、每个阶段的样子";

const stages = ["项目", "数据", "现状", "问题", "对策", "成文", "核校", "导出"];

export async function journey({ start }) {
  const app = await start();
  await app.find("heading", "从报告套件新建");
  await app.shoot("start-1920");
  await app.resize(1280, 800);
  await app.shoot("start-1280");

  await app.click("button", "新建工程…");
  await app.find("dialog", "新建工程");
  await app.shoot("create");
  await app.click("button", "取消");
  await app.gone("dialog", "新建工程");

  await app.click("button", "打开示例");
  await app.waitForText("已自动保存", 90);
  for (const [index, stage] of stages.entries()) {
    await app.press("Control", String(index + 1));
    await app.until(`阶段 ${stage}`, () =>
      app.session.run("return document.querySelector('.rail-stage[aria-current=page]').innerText.trim() === arguments[0]", stage),
    );
    await app.shoot(`stage-${index + 1}-1280`);
  }
  await app.click("button", "显示排版页面");
  await app.find("listitem", "第 1 页", 60);
  await app.stage("项目");
  await app.shoot("preview-1280");
  await app.click("button", "缩略图");
  await app.fill("页码", "7\uE007");
  await app.find("listitem", "第 7 页");
  await app.resize(1920, 1080);
  await app.shoot("preview-1920");
  for (const [index, stage] of stages.entries()) {
    await app.stage(stage);
    await app.shoot(`stage-${index + 1}-1920`);
  }
  assert.ok(!(await app.has("any", "程序内部出错")));
}
