import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "导入杂乱的台账，逐个核对，更正并撤销";

const ledger = `2023年科技型企业基本情况表,,,,,,
填报单位：某市科技局,,,,,单位：万元,
企业基本情况,,,经营情况,,,备注
统一社会信用代码,企业名称,区县,2023年营业收入,2023年研发费用,从业人员期末数,
91350100M000100Y43,甲公司（集团）,东山区,"1,200.5",８０,30人,
91350100M000100Y44,乙公司,西山,约800,#DIV/0!,约二十,电话不通
,丙公司,东山区,400,—,12,
91350100M000100Y43,甲公司,东山区,1200.5,80,31,重复
小计,,,1600.5,80,42,
91350100MA0000XX1O,丁公司,不知道,12000000,无,5.5,
合计,,,2400.5,80,47,
注：本表由各区县填报。,,,,,,
`;

export async function journey({ start, folder }) {
  const file = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const app = await start();
  await app.resize(1280, 800);
  await app.newProject("数据阶段", join(folder, "数据阶段.yance"));
  await app.stage("数据");
  await app.waitForText("把台账、问卷、汇总表拖到这里");
  await app.shoot("data-empty-1280");

  const broken = file("坏文件.xlsx", "PK\u0003\u0004不是表格");
  await app.fill("文件路径", `${file("企业台账.csv", ledger)};${broken}\uE007`);
  await app.waitForText("坏文件.xlsx：不能导入", 30);
  await app.shoot("data-wizard-1280");
  await app.click("tab", "变动一览");
  await app.shoot("data-wizard-changes-1280");
  await app.click("button", "确认导入");
  await app.waitForText("共 4 条", 30);
  await app.shoot("data-grid-1280");

  await app.click("tab", "问题单元格");
  await app.waitForText("去更正");
  await app.shoot("data-issues-1280");
  await app.click("option", "校验位不符");
  await app.click("button", "去更正");
  await app.waitForText("校验位");
  await app.waitForText("91350100M000100Y44");
  // The grid takes the focus to the cell once its rows are drawn.
  await app.until("单元格已选中", () =>
    app.session.run("return document.activeElement?.closest('.ag-cell') !== null && document.activeElement !== document.body"),
  );
  await app.settle();
  await app.fill("更正为", "91350100M000100Y43\uE007");
  await app.find("dialog", "更正原因");
  await app.shoot("data-reason-1280");
  await app.fill("更正原因", "对照营业执照\uE007");
  await app.waitForText("撤回更正");
  await app.shoot("data-corrected-1280");
  // Ctrl+Z would be the field's own as long as it has the focus.
  await app.click("button", "撤销：");
  await app.until("更正已撤销", async () => !(await app.text()).includes("撤回更正"));

  await app.click("tab", "数据质量");
  await app.shoot("data-quality-1280");
  await app.click("tab", "文件");
  await app.waitForText("企业台账.csv");
  await app.shoot("data-files-1280");
  assert.ok(!(await app.text()).includes("程序内部出错"));
}
