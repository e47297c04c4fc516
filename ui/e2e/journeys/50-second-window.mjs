import { join } from "node:path";

export const name = "同一工程的第二个窗口：同一用户的让位给第一个，别人的说明正在使用，关掉第一个后可以打开";

export async function journey({ start, folder }) {
  const project = join(folder, "共用.yance");
  const first = await start();
  await first.newProject("共用的工程", project);

  await first.startAgain(project);
  await first.waitForText("共用的工程");

  const second = await start({ project });
  await second.waitForText("正被另一个");
  await second.shoot("in-use");
  await first.close();
  await second.click("button", "重试");
  await second.waitForText("共用的工程");
  await second.waitForText("已自动保存");
}
