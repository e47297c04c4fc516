import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "表格：粘贴录入、打字即更正、输入法、复制粘贴、勾选筛选";

const ledger = `名称,乡镇,经营方式,2023年收入（万元）
甲合作社,城关镇,自营,12.5
乙合作社,河西镇,托管,8
丙合作社,城关镇,托管,9.5
丁合作社,南山乡,自营,20
戊合作社,河西镇,入股,6
`;

export async function journey({ start, folder }) {
  const app = await start();
  const { session } = app;
  await app.resize(1280, 800);
  const create = async (title, kit) => {
    await app.newProject(title, join(folder, `${title}.yance`), kit);
    await app.waitForText("把台账、问卷、汇总表拖到这里");
  };

  // A block as Excel puts it on the clipboard, with its header; one number is in words.
  await create("录入", "科技型企业调研");
  await app.click("button", "手工录入…");
  const first = await app.find("textbox", "第 1 行 指标名称");
  await session.run(
    `const [field, text] = arguments;
     field.focus();
     const data = new DataTransfer();
     data.setData("text/plain", text);
     field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));`,
    first,
    "指标名称\t数值\t单位\r\n科技型企业数\t681\t家\r\n高新技术企业数\t四百\t家\r\n",
  );
  await app.click("button", "保存");
  await app.waitForText("“四百”不是数值");
  await app.shoot("cells-refused");
  // What was typed is still there after a look elsewhere.
  await app.stage("项目");
  await app.stage("数据");
  await app.click("button", "手工录入…");
  await app.fill("第 2 行 数值", "400");
  await app.click("button", "保存");
  await app.waitForText("主要指标汇总表已保存");

  await create("表格", "通用调查");
  // A table with columns of one's own, where the kit names none.
  await app.click("button", "手工录入…");
  await app.fill("表名", "合作社社员");
  const cells = [["编号", "村", "社员数（户）"], ["H1", "上川村", "42"], ["H2", "下川村", "35"], ["H3", "上川村", "18"]];
  await app.fill("第 1 列的列名", "编号");
  await session.run(
    `const [field, text] = arguments;
     const data = new DataTransfer();
     data.setData("text/plain", text);
     field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));`,
    await app.find("textbox", "第 1 列的列名"),
    cells.map((row) => row.join("\t")).join("\n"),
  );
  await app.shoot("cells-own-table");
  await app.click("button", "保存");
  await app.waitForText("合作社社员已保存");
  await app.press("Control", "z");
  await app.waitForText("已撤销：录入合作社社员");
  await app.stage("项目");
  await app.stage("数据");
  await app.waitForText("把台账、问卷、汇总表拖到这里");
  const file = join(folder, "合作社.csv");
  writeFileSync(file, ledger);
  await app.fill("文件路径", `${file}\uE007`);
  await app.click("button", "确认导入");
  await app.waitForText("共 5 条");

  const cell = (text) => `[...document.querySelectorAll(".ag-cell")].find((cell) => cell.innerText === "${text}")`;
  const goTo = async (text) => {
    await app.until(`单元格 ${text}`, () => session.run(`return ${cell(text)} !== undefined`));
    await session.click(await session.run(`return ${cell(text)}`));
  };
  const clear = async (field) => {
    await session.run("arguments[0].focus(); arguments[0].select()", await app.find("textbox", field));
    await app.press("Delete");
  };
  const value = () => session.run("return document.activeElement.value ?? null");

  // A letter opens the cell with that letter in it.
  await goTo("乙合作社");
  await app.press("z");
  await app.until("编辑框打开", async () => (await value()) === "z");
  // Enter confirms a word of the input method; the key comes once while composing and, in WebKit, once after.
  await session.run(`
    const field = document.activeElement;
    field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true, data: "" }));
    for (const isComposing of [true, false])
      field.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, key: "Enter", keyCode: 229, isComposing }));
    field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "" }));
    field.select();
  `);
  assert.equal(await value(), "z", "still open");
  await session.run("document.execCommand('insertText', false, '庚合作社')");
  await app.press("Enter");
  await app.find("dialog", "更正原因");
  await app.fill("更正原因", "工商登记名\uE007");
  await app.gone("dialog", "更正原因");
  await app.until("已更正", () => session.run(`return ${cell("庚合作社")}?.classList.contains("cell-corrected")`));
  await app.shoot("cells-corrected");

  // Two rows of two cells go out and come in again, one row further down.
  await goTo("甲合作社");
  await app.press("Shift", "ArrowRight");
  await app.press("Shift", "ArrowDown");
  await app.until("选了四格", () => session.run("return document.querySelectorAll('.cell-chosen').length === 4"));
  await app.press("Control", "c");
  await app.settle();
  await app.until("剪贴板里是这四格", async () => {
    await clear("查找");
    await app.press("Control", "v");
    return (await value())?.replace(/\s/g, "") === "甲合作社城关镇庚合作社河西镇";
  });
  await clear("查找");
  await app.waitForText("共 5 条");
  await goTo("丙合作社");
  await app.press("Control", "v");
  // One of the four is as it was.
  await app.find("dialog", "更正 3 个单元格");
  await app.fill("更正原因", "试粘贴\uE007");
  await app.until("三格已更正", () => session.run("return document.querySelectorAll('.ag-cell.cell-corrected').length === 4"));
  await app.shoot("cells-pasted");

  // Ticking values.
  await session.click(
    await session.run(
      "return [...document.querySelectorAll('.ag-header-cell')].find((c) => c.innerText.includes('经营方式')).querySelector('.ag-header-cell-filter-button, .ag-icon')",
    ),
  );
  await app.click(".choice-filter-list label", "自营");
  await app.waitForText("2 条，共 5 条");
  await app.click(".choice-filter-list label", "入股");
  await app.waitForText("3 条，共 5 条");
  await app.shoot("cells-filter");
  assert.ok(!(await app.has("any", "程序内部出错")));
}
