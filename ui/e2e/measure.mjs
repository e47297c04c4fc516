/**
 * Measures the window of the newest build (or `YANCE_APP`): `node e2e/measure.mjs`. Prints the time from the start of the
 * process to the start page drawn, the memory of all its processes with the example open (PSS), the time from a typed
 * character to another picture of its page, and the time between frames while a grid of 100,000 records is scrolled.
 * Numbers for people to read: nothing passes or fails by them.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { App, newestBuild } from "./app.mjs";
import { startDisplay } from "./driver.mjs";

const here = new URL("../..", import.meta.url).pathname;
process.env.YANCE_FONTS ??= join(here, "templates/fonts/files");
process.env.YANCE_APP ??= newestBuild(here);

/** Of each process its parent and start, in hundredths of a second after the machine's. */
function processes() {
  const found = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0];
      found.set(Number(pid), { parent: Number(fields[1]), start: Number(fields[19]), command });
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

const app = () => [...processes()].find(([, p]) => p.command === process.env.YANCE_APP)?.[0];

/** Milliseconds since the epoch at which a process started. */
function started(pid) {
  const up = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return Date.now() - (up - processes().get(pid).start / 100) * 1000;
}

/** Megabytes of a process and of each that it started, a shared page counted by its share. */
function memory(pid) {
  const all = processes();
  const ours = (at) => at === pid || (all.has(at) && all.get(at).parent > 1 && ours(all.get(at).parent));
  const of = (at) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;
  return [...all.keys()].filter(ours).map((at) => ({ name: basename(all.get(at).command), size: of(at) }));
}

const middle = (list, part) => [...list].sort((a, b) => a - b)[Math.floor(list.length * part)];

/** Scrolls a grid by so many pixels a frame and keeps the times between frames. */
const SCROLL = `
  const step = arguments[0];
  const body = document.querySelector(".ag-grid-viewport, .ag-body-viewport");
  window.frames80 = [];
  let last = performance.now();
  const next = (now) => {
    window.frames80.push(now - last);
    last = now;
    body.scrollTop += step;
    if (window.frames80.length < 80) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);`;

/** Types into the open paragraph and keeps the time until the picture of a page is another one. */
const EDIT = `
  window.turned = "";
  const begun = performance.now();
  const pages = new MutationObserver(() => {
    window.turned = performance.now() - begun;
    pages.disconnect();
  });
  pages.observe(document.querySelector(".preview"), { subtree: true, attributes: true, attributeFilter: ["src"] });
  document.execCommand("insertText", false, arguments[0]);`;

const folder = mkdtempSync(join(tmpdir(), "yance-measure-"));
const screen = await startDisplay(1920, 1080);
process.env.DISPLAY = screen.display;
try {
  const paints = [];
  for (let round = 0; round < 5; round += 1) {
    const window = await App.start();
    const origin = started(app());
    // The web view tells no paints; the page is drawn while it is loaded.
    const drawn = "const [page] = performance.getEntriesByType('navigation'); return String(performance.timeOrigin + page.loadEventEnd)";
    paints.push(Number(await window.session.run(drawn)) - origin);
    await window.close();
  }
  console.log(`从启动到起始页画出：中位 ${middle(paints, 0.5).toFixed(0)} 毫秒（${paints.map((p) => p.toFixed(0)).join("、")}）`);

  const example = await App.start();
  await example.resize(1280, 800);
  await example.click("button", "打开示例");
  await example.waitForText("已自动保存", 90);
  await example.stage("现状");
  await example.settle();
  const tell = (what) => {
    const parts = memory(app());
    const words = parts.map(({ name, size }) => `${name} ${size.toFixed(0)}`).join("、");
    console.log(`${what}：全部进程 ${parts.reduce((sum, { size }) => sum + size, 0).toFixed(0)} MB（PSS：${words}）`);
  };
  tell("打开示例，看现状");
  await example.click("button", "显示排版页面");
  await example.find("listitem", "第 1 页", 90);
  await example.settle();
  tell("再显示排版页面");

  await example.stage("成文");
  await example.find("article", "报告正文", 60);
  const paragraph = "[...document.querySelectorAll('.block.paragraph')].find((b) => b.querySelector('.chip'))";
  await example.session.run(`${paragraph}.click()`);
  await example.find("textbox", "编辑段落");
  await example.settle();
  const turns = [];
  for (let round = 0; round < 12; round += 1) {
    await example.session.run(EDIT, "一二三四五六七八九十甲乙"[round]);
    turns.push(Number(await example.until("页面随之改变", () => example.session.run("return window.turned && String(window.turned)"))));
    await example.settle();
  }
  // The first fills what later ones find ready.
  console.log(`改一字到页面换新（含停顿 250 毫秒）：中位 ${middle(turns.slice(2), 0.5).toFixed(0)} 毫秒，最慢 ${Math.max(...turns.slice(2)).toFixed(0)} 毫秒`);
  await example.close();

  const lines = Array.from({ length: 100_000 }, (_, at) => `机构${at},${at % 7}号街,${at % 3 ? "民办" : "公办"},${10 + (at % 90)},${at % 40}`);
  const file = join(folder, "机构.csv");
  writeFileSync(file, ["机构名称,所在街道,举办性质,床位数（张）,入住人数（人）", ...lines].join("\n"));
  const grid = await App.start();
  await grid.resize(1920, 1080);
  await grid.newProject("十万行", join(folder, "十万行.yance"), "通用调查");
  await grid.waitForText("把台账、问卷、汇总表拖到这里");
  await grid.fill("文件路径", `${file}\uE007`);
  await grid.click("button", "确认导入");
  await grid.waitForText("共 100000 条", 120);
  await grid.settle();
  for (const rows of [3, 20]) {
    await grid.session.run(SCROLL, rows * 32);
    const told = () => grid.session.run("return window.frames80.length < 80 ? '' : window.frames80.slice(1).join()");
    const frames = (await grid.until("80 帧", told)).split(",").map(Number);
    console.log(`十万行表格，每帧滚动 ${rows} 行：中位 ${middle(frames, 0.5).toFixed(0)} 毫秒，九成五在 ${middle(frames, 0.95).toFixed(0)} 毫秒以内`);
  }
  await grid.close();
} finally {
  screen.stop();
  rmSync(folder, { recursive: true, force: true });
}
