import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const name = "更新后的台账换了文件名：问是否替换，看变动，数随之改，可撤销";

const header = "机构名称,所在街道,举办性质,托位数（个）,在托人数（人）";

/** Places 20, 30 … by nursery: 390 in all. */
const first = Array.from({ length: 10 }, (_, at) => [`${"甲乙丙丁戊己庚辛壬癸"[at]}托育园`, at % 2 ? "东街" : "西街", at % 3 ? "民办" : "公办", 12 + 6 * at, 10 + 5 * at]);

/** One closed (12 places), one has 10 places more, two are new (25 and 35): 390 − 12 + 10 + 60 = 448 in 11. */
const second = [
  ...first.slice(1).map((row) => (row[0] === "丙托育园" ? row.with(3, row[3] + 10) : row)),
  ["新芽托育园", "东街", "民办", 25, 20],
  ["晨光托育园", "西街", "公办", 35, 30],
];

export async function journey({ start, folder }) {
  const file = (name, rows) => {
    const path = join(folder, name);
    writeFileSync(path, [header, ...rows.map((row) => row.join(","))].join("\n"));
    return path;
  };
  const app = await start();
  const { session } = app;
  await app.resize(1280, 800);
  await app.newProject("托育机构调查", join(folder, "托育.yance"), "通用调查");
  await app.waitForText("把台账、问卷、汇总表拖到这里");
  await app.fill("文件路径", `${file("托育机构3月.csv", first)}\uE007`);
  await app.click("button", "确认导入");
  await app.waitForText("共 10 条");

  /** The figure that 现状 shows for an indicator. */
  const figure = async (title, wanted) => {
    await app.stage("现状");
    await app.until(`${title}为${wanted}`, async () => {
      const lines = (await app.text()).replace(/\s+/g, "");
      return lines.includes(`${title}${wanted}`);
    });
  };
  await figure("托位数合计", "390个");

  // Nothing is decided for the author: until an answer is given the import waits.
  await app.stage("数据");
  await app.click("tab", "文件");
  await app.fill("文件路径", `${file("托育机构更新.csv", second)}\uE007`);
  await app.waitForText("“托育机构更新.csv”像是“托育机构3月.csv”的更新版");
  const waits = () => session.run("return [...document.querySelectorAll('button')].find((b) => b.innerText.trim() === '确认导入').disabled");
  assert.equal(await waits(), true, "an answer is needed");
  await app.shoot("versions-asked");
  const counts = async () => {
    await app.click("tab", "变动一览");
    await app.settle();
    return session.run("return [...document.querySelectorAll('.changes tbody td')].map((cell) => Number(cell.innerText))");
  };
  // Added, changed, unchanged, removed, merged, left out, in all.
  await app.click("radio", "两份都保留");
  await app.until("两份并存：关停的一家也还在", async () => (await counts())[6] === 12);
  await app.click("radio", "替换“托育机构3月.csv”");
  await app.until("替换后的变动", async () => (await counts()).join() === "2,1,8,1,0,0,11");
  await app.shoot("versions-changes");
  await app.click("button", "确认导入");
  await app.find("tab", "托育机构 11");
  await figure("托位数合计", "448个");
  await app.shoot("versions-after");

  await app.click("button", "撤销：");
  await figure("托位数合计", "390个");
  await app.stage("数据");
  await app.find("tab", "托育机构 10");
  await app.click("tab", "文件");
  await app.waitForText("托育机构 10 行");
  assert.ok(!(await app.text()).includes("托育机构 11 行"), "the file came and went with the import");
}
