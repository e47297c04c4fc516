import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

export const name = "打开示例，导出 PDF、图片、数据与依据";

export async function journey({ start, folder }) {
  const app = await start();
  await app.resize(1280, 800);
  await app.click("button", "打开示例");
  await app.waitForText("已自动保存", 90);
  await app.press("Control", "e");
  await app.find("button", "导出 PDF");
  await app.shoot("export-1280");

  const pdf = join(folder, "报告.pdf");
  await app.fill("报告 PDF的位置", pdf);
  await app.click("button", "导出 PDF");
  await app.waitForText("报告 PDF 已导出", 90);
  assert.equal(readFileSync(pdf).subarray(0, 5).toString(), "%PDF-");
  await app.shoot("export-done-1280");

  // Without a printer it says so; with one the system's viewer has the PDF.
  await app.click("button", "打印…");
  await app.until("打印有交代", async () => /没有装打印机|已用系统的 PDF 程序打开/.test(await app.text()), 90);
  if (await app.has("dialog", "这台电脑上没有装打印机")) {
    await app.shoot("export-no-printer-1280");
    await app.click("button", "关闭");
    await app.gone("dialog");
  }

  // The ending is added, and a folder that is not there is told with its name; work goes on.
  await app.fill("数据附件的位置", join(folder, "数据"));
  await app.click("button", "导出数据");
  await app.waitForText("数据附件已导出", 60);
  assert.ok(existsSync(join(folder, "数据.xlsx")));
  await app.fill("依据附件的位置", join(folder, "没有这个文件夹", "依据.xlsx"));
  await app.click("button", "导出依据");
  await app.waitForText("没有这个文件夹", 60);
  await app.fill("依据附件的位置", join(folder, "依据.xlsx"));
  await app.click("button", "导出依据");
  await app.waitForText("依据附件已导出", 60);

  const images = join(folder, "图片");
  await app.fill("页面图片的位置", images);
  await app.click("button", "导出图片");
  await app.waitForText("页面图片已导出", 120);
  assert.ok(readdirSync(images).length > 20, "one picture a page");
  // Never over the project itself.
  await app.fill("报告 PDF的位置", "报告.pdf");
  await app.click("button", "导出 PDF");
  await app.waitForText("请写完整的路径");
}
