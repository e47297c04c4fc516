import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";

export const name = "断电后重新打开：确认过的都在，回到原处；正常关闭不留旁文件";

export async function journey({ start, folder }) {
  const project = join(folder, "断电.yance");
  const first = await start();
  await first.newProject("断电前的标题", project);
  await first.stage("项目");
  await first.fill("报告标题", "断电时的标题\uE007");
  await first.find("button", "撤销：设置");
  await first.stage("导出");
  await first.settle();
  await first.kill();

  const second = await start({ project });
  await second.waitForText("断电时的标题");
  await second.until("回到导出", () =>
    second.session.run("return document.querySelector('.rail-stage[aria-current=page]').innerText.trim() === '导出'"),
  );
  await second.quit();
  assert.deepEqual(readdirSync(folder), ["断电.yance"], "a project that was closed is one file");
}
