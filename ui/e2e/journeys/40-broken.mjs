import assert from "node:assert/strict";
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "打不开的工程：说清原因，文件一字不动";

const FIELD = "工程文件的路径";

export async function journey({ start, folder, root }) {
  const foreign = join(folder, "别的文件.yance");
  writeFileSync(foreign, "这不是工程");
  const cut = join(folder, "残缺.yance");
  copyFileSync(join(root, "tests/projects/v1.yance"), cut);
  truncateSync(cut, 9000);

  // As from the file manager.
  const app = await start({ project: foreign });
  await app.waitForText("别的文件.yance");
  await app.find("button", "复制");
  await app.shoot("broken");
  assert.equal(readFileSync(foreign, "utf8"), "这不是工程");

  const before = readFileSync(cut);
  await app.fill(FIELD, `${cut}\uE007`);
  await app.waitForText("残缺.yance");
  assert.ok(before.equals(readFileSync(cut)));

  // Of a later version: the number of its schema is in the header of the file.
  const later = join(folder, "以后.yance");
  const bytes = readFileSync(join(root, "tests/projects/v2.yance"));
  bytes.writeUInt32BE(99, 60);
  writeFileSync(later, bytes);
  await app.fill(FIELD, `${later}\uE007`);
  await app.waitForText("以后.yance");
  await app.waitForText("较新版本");
  await app.shoot("broken-later");
  assert.ok(bytes.equals(readFileSync(later)));

  await app.fill(FIELD, `${join(folder, "没有.yance")}\uE007`);
  await app.waitForText("没有.yance");
  // The start page is still there to go on.
  await app.find("heading", "从报告套件新建");
}
