import assert from "node:assert/strict";

export const name = "现状放入图表、问题调序与改标题、对策填写责任单位，逐步撤销";

export async function journey({ start }) {
  const app = await start();
  await app.resize(1280, 800);
  // The gallery's last card has the example this journey is about; before the cards are there, another button has the name.
  await app.waitForText("科技型企业调研");
  await app.click("button", "打开示例");
  await app.waitForText("兰州市科技型企业发展现状", 90);
  await app.waitForText("已自动保存", 90);

  await app.stage("现状");
  await app.find("[role=listbox]", "指标");
  await app.shoot("status-1280");
  await app.fill("查找指标", "领域");
  await app.until("只剩找到的指标", async () => (await app.text()).includes("找到"));
  await app.click("option", "企业按高新技术领域分布");
  await app.find("heading", "企业按高新技术领域分布");
  await app.find("any", "在报告中");
  await app.shoot("status-field-1280");
  await app.click("button", "另作图表放入报告…");
  await app.click("radio", "环形图");
  await app.shoot("status-put-1280");
  await app.click("button", "放入报告");
  await app.waitForText("自己插入");

  await app.stage("问题");
  await app.find("[role=listbox]", "问题");
  await app.shoot("findings-1280");
  await app.click("button", "标题句式");
  await app.find("dialog", "标题句式");
  await app.shoot("findings-headings-1280");
  await app.press("Escape");
  await app.gone("dialog", "标题句式");
  await app.click("button", "判断依据");
  await app.find("dialog", "判断依据");
  await app.shoot("findings-criteria-1280");
  await app.press("Escape");
  await app.gone("dialog", "判断依据");
  await app.click("button", "下移");
  await app.click("button", "不采用");
  await app.find("button", "已不采用");

  await app.stage("对策");
  await app.find("[role=listbox]", "对策");
  await app.shoot("measures-1280");
  await app.click(".ant-segmented-item", "对应表");
  await app.shoot("measures-coverage-1280");
  await app.click(".ant-segmented-item", "目标");
  await app.shoot("measures-targets-1280");

  await app.resize(1920, 1080);
  await app.shoot("measures-targets-1920");
  await app.stage("现状");
  await app.shoot("status-1920");
  await app.stage("问题");
  await app.shoot("findings-1920");
  await app.press("Control", "z");
  await app.gone("button", "已不采用");
  await app.stage("对策");
  await app.shoot("measures-1920");
  assert.ok(!(await app.has("any", "程序内部出错")));
}
