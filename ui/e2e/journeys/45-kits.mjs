import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "报告套件：从文件夹收入，用它新建工程，换成新版再撤销，导出为 zip 再读回，有错的说清错在哪里";

export async function journey({ start, folder, root }) {
  const kit = join(folder, "街道套件");
  cpSync(join(root, "templates/kits/general-survey"), kit, { recursive: true });
  const change = (file, from, to) => {
    const path = join(kit, file);
    const text = readFileSync(path, "utf8");
    if (!text.includes(from)) throw new Error(`${file} 里没有 ${from}`);
    writeFileSync(path, text.replace(from, to));
  };
  change("kit.toml", 'id = "general-survey"', 'id = "street"');
  change("kit.toml", /^name = .*$/m.exec(readFileSync(join(kit, "kit.toml"), "utf8"))[0], 'name = "街道调查"');

  const app = await start();
  await app.resize(1280, 800);
  const take = async (path) => {
    await app.stage("报告套件");
    await app.click("button", "导入…");
    await app.find("dialog", "导入报告套件");
    await app.fill("套件的路径", `${path}\uE007`);
  };
  await take(join(folder, "没有这个套件"));
  await app.waitForText("没有这个套件");
  await app.press("Escape");
  await app.gone("dialog", "导入报告套件");

  await take(kit);
  await app.find("dialog", "导入套件：街道调查");
  await app.shoot("kits-offer-1280");
  await app.click("button", "收入我的套件");
  await app.waitForText("“街道调查”已收入我的套件");
  await app.gone("dialog");

  await app.newProject("街道调查", join(folder, "街道.yance"), "街道调查");

  // A newer version of the kit comes along; the project takes it, and gives it back.
  change("findings/service.toml", 'title = "服务供给不优"', 'title = "服务供给不足"');
  await take(kit);
  await app.find("dialog", "导入套件：街道调查");
  await app.find("listitem", "服务供给不足");
  await app.click("button", "替换我的套件");
  await app.gone("dialog");
  await app.click("button", "查看并更新…");
  await app.find("dialog", "更新本工程的套件");
  await app.find("listitem", "服务供给不足");
  await app.shoot("kits-update-1280");
  await app.click("button", "更新");
  await app.waitForText("套件已更新，可以撤销");
  await app.gone("button", "查看并更新…");
  await app.press("Control", "z");
  await app.find("button", "查看并更新…");

  // Out as a zip, and in again: the same kit.
  const zip = join(folder, "街道.zip");
  await app.click("button", "导出…");
  await app.find("dialog", "导出套件：街道调查");
  await app.fill("导出到", zip);
  await app.shoot("kits-export-1280");
  await app.click("button", "导出");
  await app.waitForText("套件已导出");
  assert.ok(existsSync(zip));
  await take(zip);
  await app.find("dialog", "导入套件：街道调查");
  await app.waitForText("与本工程正在用的套件相同");
  await app.press("Escape");
  await app.gone("dialog");

  // What is wrong is told in words, with its place.
  change("findings/service.toml", 'title = "服务供给不足"', "title = 服务供给不足");
  await take(kit);
  await app.find("dialog", "这个套件有错，不能使用");
  await app.waitForText("文字没有放在英文引号里");
  await app.shoot("kits-faulty-1280");
}
