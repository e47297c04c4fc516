import assert from "node:assert/strict";
import { join } from "node:path";

export const name = "新建工程、逐步撤销与重做";

const valueOf = (app, field) => app.find("textbox", field).then((e) => app.session.run("return arguments[0].value", e));

export async function journey({ start, folder }) {
  const app = await start();
  await app.resize(1280, 800);
  await app.newProject("养老服务调查", join(folder, "养老服务调查.yance"));
  await app.stage("项目");

  for (const [field, text] of [["报告标题", "社区养老服务调查"], ["署名单位", "市民政局"], ["撰稿人", "王某、李某"]]) {
    await app.fill(field, `${text}\uE007`);
    await app.find("button", "撤销：设置");
  }
  await app.until("三处修改", async () => (await valueOf(app, "撰稿人")) === "王某、李某");

  // In a text field the key undoes typing; elsewhere it undoes the last act.
  await app.session.run("document.activeElement.blur()");
  for (let step = 0; step < 3; step++) {
    await app.press("Control", "z");
    await app.waitForText("已撤销：设置");
    await app.settle();
  }
  await app.until("标题复原", async () => (await valueOf(app, "报告标题")) === "养老服务调查");
  assert.equal(await valueOf(app, "署名单位"), "");
  await app.press("Control", "y");
  await app.until("重做一步", async () => (await valueOf(app, "报告标题")) === "社区养老服务调查");
  await app.press("Control", "Shift", "z");
  await app.until("重做两步", async () => (await valueOf(app, "署名单位")) === "市民政局");

  await app.press("Control", "s");
  await app.waitForText("已自动保存，每一步都即时写入工程文件");

  await app.press("Control", "k");
  await app.fill("搜索操作、指标、问题、对策、正文和设置", "套件\uE007");
  await app.until("用键盘到报告套件", () =>
    app.session.run("return document.querySelector('.rail-stage[aria-current=page]').innerText.trim() === '报告套件'"),
  );
}
