import assert from "node:assert/strict";

export const name = "套件的句子：按句子看和改，条件按项选，不认识的名称说清楚";

export async function journey({ start }) {
  const app = await start();
  const { session } = app;
  await app.resize(1280, 800);
  await app.click("button", "打开示例");
  await app.waitForText("已自动保存", 90);
  await app.stage("报告套件");
  await app.click("option", "研发投入不足");
  await app.find("heading", "研发投入不足");
  await app.find("textbox", "第 1 句的写法 1");

  // Nothing of the language of patterns is seen before somebody asks for it.
  const code = () =>
    session.run(`return [...document.querySelectorAll('.kit-part input, .kit-part textarea')].map((e) => e.value)
      .concat(document.querySelector('.kit-part').innerText).filter((text) => /\\{\\{|\\{%|\\$\\{/.test(text))`);
  assert.deepEqual(await code(), []);
  await session.run("document.querySelector('.kit-sentence').scrollIntoView()");
  await app.shoot("sentences-rule-1280");

  // A sentence is typed in, its marks stay whole, and what it says now is seen beside it.
  const box = "document.querySelector('.kit-sentence-box .ProseMirror')";
  const marks = await session.run(`return ${box}.querySelectorAll('.kit-chip').length`);
  assert.ok(marks > 0);
  await session.run(`${box}.focus(); getSelection().selectAllChildren(${box}); getSelection().collapseToStart()`);
  await session.run("document.execCommand('insertText', false, '总的看，')");
  await app.until("照数据印出的句子", () =>
    session.run("return [...document.querySelectorAll('.kit-says')].some((e) => e.innerText.includes('总的看，'))"),
  );
  assert.equal(await session.run(`return ${box}.querySelectorAll('.kit-chip').length`), marks);
  await app.click(".kit-chip");
  await app.find("[role=group]", "选中的标记");
  await app.shoot("sentences-mark-1280");

  // A condition is chosen, not written.
  await app.click("button", "改写这句的条件");
  await app.click("button", "加一项");
  await app.until("条件的行", () => session.run("return document.querySelectorAll('.kit-term').length === 1"));
  await app.shoot("sentences-condition-1280");
  await app.press("Escape");
  await app.click("button", "放弃");

  // A measure's text with an alternative; as it is written only when asked for.
  await app.click(".kit-sections button", "对策");
  await app.find("textbox", "正文");
  await app.waitForText("【如果有“");
  assert.deepEqual(await code(), []);
  await app.find(".ant-select-selection-item", "市科学技术局");
  await app.shoot("sentences-measure-1280");
  await app.click("button", "高级：看原文");
  await app.until("原文", async () => (await code()).length > 0);
  await app.fill("正文", "在{{ regoin }}推进。");
  await app.waitForText("这里没有叫“regoin”的内容，用到它的这句不会印出。可用的有：");
  await app.waitForText("region（地区）");
  await app.shoot("sentences-unknown-1280");
  await app.click("button", "放弃");
}
