import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "核校：自己的报告找出错处、忽略、采用、撤销，别人的文稿改好另存";

// 50 of 200 is 25 %.
const wrong = "全区共有企业200家，其中制造业企业50家，占30%。";
const right = wrong.replace("30%", "25%");
const quote = "占30%";

export async function journey({ start, folder }) {
  const home = join(folder, "home");
  let app = await start({ home });
  await app.resize(1280, 800);
  await app.waitForText("科技型企业调研");
  await app.click("button", "打开示例");
  await app.waitForText("已自动保存", 90);

  // The author writes a sentence that does not add up.
  await app.stage("成文");
  await app.find("article", "报告正文");
  const paragraph = "[...document.querySelectorAll('.block.paragraph')].find((b) => b.querySelector('.chip'))";
  await app.session.run(`${paragraph}.click()`);
  await app.find("textbox", "编辑段落");
  await app.session.run("document.execCommand('insertText', false, arguments[0])", wrong);
  await app.press("Escape");
  const written = (text) => () => app.session.run(`return ${paragraph}?.textContent.includes(arguments[0]) === true`, text);
  await app.until("改动已写入", written(wrong));

  await app.stage("核校");
  await app.find("[role=listbox]", "核校意见");
  await app.click("option", quote);
  await app.find("any", "应为 25%");
  await app.shoot("check-1280");
  await app.click("button", "未能核实");
  await app.shoot("check-numbers-1280");
  await app.click("button", "未能核实");

  // By keys: ignored with a reason.
  await app.session.run("document.querySelector('[role=listbox]').focus()");
  await app.press("i");
  await app.find("dialog", "忽略这条意见");
  await app.shoot("check-ignore-1280");
  await app.fill("忽略的原因", "引用区里的口径\uE007");
  await app.gone("dialog", "忽略这条意见");
  await app.gone("option", quote);

  await app.quit();
  await app.close();
  const project = readdirSync(home, { recursive: true }).find((path) => path.endsWith(".yance"));
  app = await start({ home, project: join(home, project) });
  await app.resize(1280, 800);
  // The project opens where it was left.
  await app.click("button", "展开已忽略的 1 条");
  await app.find("option", "已忽略：引用区里的口径");
  await app.click("option", quote);
  await app.click("button", "恢复这条意见");
  await app.gone("button", "展开已忽略");
  await app.press("Control", "z");
  await app.find("button", "已忽略的 1 条");
  // The next step back waits until this one is done.
  await app.waitForText("已撤销：恢复核校意见");
  await app.settle();
  await app.press("Control", "z");
  await app.gone("button", "已忽略的 1 条");
  // While the report is checked anew, keys that change it wait.
  await app.waitForText("已撤销：忽略");
  await app.settle();

  await app.click("option", quote);
  await app.session.run("document.querySelector('[role=listbox]').focus()");
  await app.press("a");
  await app.gone("option", quote);
  await app.resize(1920, 1080);
  await app.shoot("check-1920");
  await app.stage("成文");
  await app.until("改法写入正文", written(right));
  await app.press("Control", "z");
  await app.until("改法已撤销", written(wrong));

  // Enter leads from the finding to its paragraph.
  await app.stage("核校");
  await app.click("option", quote);
  await app.session.run("document.querySelector('[role=listbox]').focus()");
  await app.press("Enter");
  await app.until("到了成文中的那一段", () =>
    app.session.run(`return document.activeElement?.textContent.includes(arguments[0]) === true`, quote),
  );

  // The checklist before printing, in the stage and where one prints.
  await app.resize(1280, 800);
  await app.stage("核校");
  await app.click(".ant-segmented-item", "印前检查");
  await app.find("listitem", "合计等于分项之和");
  // Somebody looked; it is an act, and another word in the report asks to look again.
  const leaders = "领导姓名、职务、排序：已核对";
  await app.click("checkbox", leaders);
  await app.waitForText("1 项已核对");
  await app.shoot("check-preprint-1280");
  await app.stage("成文");
  await app.session.run(`${paragraph}.click()`);
  await app.find("textbox", "编辑段落");
  await app.session.run("document.execCommand('insertText', false, '另一句。')");
  await app.press("Escape");
  await app.until("另一句已写入", written("另一句。"));
  await app.stage("核校");
  await app.click(".ant-segmented-item", "印前检查");
  await app.waitForText("核对过，之后文稿有改动，请再看");
  await app.shoot("check-again-1280");
  await app.press("Control", "z");
  await app.waitForText("1 项已核对");
  await app.press("Control", "z");
  await app.until("核对已撤回", async () => !(await app.text()).includes("项已核对"));
  await app.stage("导出");
  await app.waitForText("不影响导出");
  await app.shoot("export-1280");
  await app.click("button", "逐项查看");
  await app.find("listitem", "合计等于分项之和");

  // Somebody else's draft.
  const draft = join(folder, "外来.txt");
  writeFileSync(draft, `一、概况\n${wrong}\n二、投入\n2023年研发经费12亿元，比上年的10亿元增长20%。\n`);
  await app.click(".ant-segmented-item", "外来文稿");
  await app.find("textbox", "要核校的文字");
  await app.shoot("check-choose-1280");
  await app.fill("文稿的路径", `${draft}\uE007`);
  await app.find("option", quote);
  await app.shoot("check-foreign-1280");
  await app.click("button", "核校意见表…");
  const sheet = join(folder, "意见.html");
  await app.fill("意见表的位置", sheet);
  await app.click("button", "保存");
  await app.waitForText("核校意见表已保存");
  assert.ok(readFileSync(sheet, "utf8").includes("应为25%"));
  await app.click("button", "采用改法");
  await app.waitForText("没有发现矛盾");
  await app.click("button", "另存改正稿…");
  const copy = join(folder, "改正.txt");
  await app.fill("改正稿的位置", copy);
  await app.click("button", "保存");
  await app.waitForText("改正稿已保存");
  assert.ok(readFileSync(copy, "utf8").includes(right));
  assert.ok(readFileSync(draft, "utf8").includes(wrong), "原稿不动");

  // A file that is no draft is refused in words.
  await app.click("button", "换一份文稿");
  await app.fill("文稿的路径", `${join(folder, "没有.docx")}\uE007`);
  await app.waitForText("没有.docx");
  await app.find("textbox", "要核校的文字");
}
