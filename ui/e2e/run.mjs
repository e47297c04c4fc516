/**
 * Runs the journeys on the real program: `node e2e/run.mjs [part of a journey's name…]`. `YANCE_APP` names the program
 * (else the newest build). Each file of `journeys/` exports `name` and `journey(tools)`.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { App, newestBuild } from "./app.mjs";
import { startDisplay } from "./driver.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");

process.env.E2E_OUT ??= join(root, "out/e2e");
process.env.YANCE_FONTS ??= join(root, "templates/fonts/files");
process.env.YANCE_APP ??= newestBuild(root);

const wanted = process.argv.slice(2);
const files = readdirSync(join(here, "journeys"))
  .filter((file) => file.endsWith(".mjs"))
  .sort();
mkdirSync(process.env.E2E_OUT, { recursive: true });

const screen = process.env.E2E_SHOW ? null : await startDisplay(1920, 1080);
if (screen) process.env.DISPLAY = screen.display;

let failed = 0;
for (const file of files) {
  const { name, journey } = await import(pathToFileURL(join(here, "journeys", file)).href);
  if (wanted.length > 0 && !wanted.some((part) => file.includes(part) || name.includes(part))) continue;
  const folder = mkdtempSync(join(tmpdir(), "yance-journey-"));
  const apps = [];
  const start = async (options) => {
    const app = await App.start(options);
    apps.push(app);
    return app;
  };
  const begun = Date.now();
  try {
    await journey({ start, folder, root });
    console.log(`通过　${name}（${((Date.now() - begun) / 1000).toFixed(1)} 秒）`);
  } catch (error) {
    failed += 1;
    console.error(`失败　${name}：${error.stack}`);
    for (const [index, app] of apps.entries()) {
      const stem = join(process.env.E2E_OUT, `failed-${file.replace(".mjs", "")}-${index + 1}`);
      await app.session.screenshot().then((png) => writeFileSync(`${stem}.png`, png), () => {});
      await app.text().then((text) => writeFileSync(`${stem}.txt`, text), () => {});
    }
  } finally {
    for (const app of apps) await app.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
screen?.stop();
if (failed > 0) {
  console.error(`${failed} 段没有走通，截图在 ${process.env.E2E_OUT}`);
  process.exitCode = 1;
}
