import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const name = "选择版式，填写发文字号，采纳建议，拼成小册子";

export async function journey({ start, folder }) {
  const app = await start();
  await app.resize(1280, 800);
  await app.click("button", "打开示例");
  await app.waitForText("已自动保存", 90);
  await app.press("Control", "e");
  await app.find("button", "导出 PDF");
  await app.waitForText("年度发展报告");
  await app.shoot("formats-1280");

  // The official document asks for its fields; wrong brackets are told and mended with one click.
  await app.click("radio", "公文");
  await app.click("summary", "公文的填写项");
  await app.fill("发文字号", "某科发[2026]第05号");
  await app.press("Tab");
  await app.waitForText("年份四位，用六角括号");
  await app.shoot("formats-doubt-1280");
  await app.click("button", "改为“某科发〔2026〕5号”");
  await app.gone("button", "改为“某科发〔2026〕5号”");

  // The pages beside follow, and a booklet is made of them.
  await app.click("radio", "骑马订小册子");
  await app.shoot("formats-booklet-1280");
  const pdf = join(folder, "小册子.pdf");
  await app.fill("报告 PDF的位置", pdf);
  await app.click("button", "导出 PDF");
  await app.waitForText("张纸", 120);
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");
}
