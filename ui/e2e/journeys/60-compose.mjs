import assert from "node:assert/strict";

export const name = "成文：改一段带数字的话，页面随之改变";

export async function journey({ start }) {
  const app = await start();
  await app.resize(1280, 800);
  await app.click("button", "打开示例");
  await app.waitForText("已自动保存", 90);
  await app.stage("成文");
  await app.find("article", "报告正文", 60);
  await app.shoot("compose-1280");

  const { session } = app;
  const paragraph = "[...document.querySelectorAll('.block.paragraph')].find((b) => b.querySelector('.chip'))";
  const chips = await session.run(`return ${paragraph}.querySelectorAll('.chip').length`);
  await session.run(`${paragraph}.click()`);
  await app.find("textbox", "编辑段落");
  // As an input method does: letters first, then the characters chosen, without one key of its own being acted on.
  await session.run(`
    const field = document.querySelector('.ProseMirror');
    field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true, data: '' }));
    field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, key: 'Enter', keyCode: 229, isComposing: true }));
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: '' }));
  `);
  await app.find("textbox", "编辑段落");
  await session.run("document.execCommand('insertText', false, '总体向好。')");
  await app.shoot("compose-editing-1280");
  await app.press("Escape");
  await app.until("改动已写入", () => session.run(`return ${paragraph}.textContent.includes('总体向好。') && ${paragraph}.classList.contains('edited')`));
  assert.equal(await session.run(`return ${paragraph}.querySelectorAll('.chip').length`), chips);

  // Words in the cells of tables are found; in those the program draws they are not replaced.
  const cell = await session.run("return [...document.querySelectorAll('.figure-table td:first-child')].find((td) => td.textContent.length >= 4).textContent");
  await app.press("Control", "h");
  await app.fill("查找", cell);
  await app.until("格中找到的字", () => session.run("return document.querySelector('.figure-table mark') !== null"));
  for (let steps = 0; steps < 40 && !(await session.run("return document.querySelector('.figure-table mark.now') !== null")); steps += 1)
    await app.click("button", "下一个");
  assert.ok(await session.run("return document.querySelector('.figure-table mark.now') !== null"));
  assert.ok(await session.run("return [...document.querySelectorAll('.find-bar button')].find((b) => b.innerText.trim() === '替换').disabled"));
  await app.shoot("compose-find-1280");
  await app.click("button", "关闭查找");

  await app.click("button", "显示排版页面");
  await app.find("listitem", "第 1 页", 60);
  await app.resize(1920, 1080);
  await app.shoot("compose-1920");

  await app.press("Control", "z");
  await app.until("撤销成一步", () => session.run(`return !${paragraph}.textContent.includes('总体向好。')`));
}
