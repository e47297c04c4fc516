/** The program as an author meets it: things are found by role and name, and waited for. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Session } from "./driver.mjs";

/** In the page: where an element stands and how large it is. */
const PLACE = "const r = arguments[0].getBoundingClientRect(); return [r.x, r.y, r.width, r.height].join()";

/** In the page: visible elements of a role whose name is, or else contains, a text. The last is the topmost dialog's. */
const FIND = `
  const [role, name] = arguments;
  const kinds = {
    button: "button, [role=button], a[href]",
    textbox: "input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]",
    checkbox: "input[type=checkbox], [role=checkbox]",
    radio: "input[type=radio], [role=radio]",
    combobox: "[role=combobox]",
    option: "[role=option], .ant-select-item-option",
    tab: "[role=tab]",
    menuitem: "[role=menuitem]",
    row: "tr, [role=row]",
    listitem: "li, [role=listitem]",
    heading: "h1, h2, h3",
    dialog: "[role=dialog]",
    any: "*",
  };
  const clean = (text) => (text ?? "").replace(/\\s+/g, " ").trim();
  const nameOf = (element) => {
    const label = element.getAttribute("aria-label");
    if (label) return clean(label);
    if (element.labels?.length) return clean(element.labels[0].textContent);
    return clean(element.textContent) || clean(element.getAttribute("placeholder")) || clean(element.title);
  };
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
  };
  const found = [...document.querySelectorAll(kinds[role] ?? role)].filter((e) => seen(e) || e.type === "checkbox" || e.type === "radio");
  if (name === null) return found.at(-1) ?? null;
  const exact = found.filter((element) => nameOf(element) === name);
  if (exact.length > 0) return exact.at(-1);
  const part = found.filter((element) => nameOf(element).includes(name));
  if (role === "any") return part.at(-1) ?? null;
  return part.sort((a, b) => nameOf(b).length - nameOf(a).length).at(-1) ?? null;
`;

/** Seconds anything is waited for: generous, since a busy machine typesets the example in many seconds. */
const PATIENCE = 60;

/** The program that was built last in a checkout. */
export function newestBuild(root) {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const built = ["debug", "release"].map((profile) => join(target, profile, "yance-desktop")).filter((p) => existsSync(p));
  if (built.length === 0) throw new Error("还没有编译桌面程序：cargo build");
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

export class App {
  #session;
  #home;
  #own;

  /**
   * Starts the program. `home` is the folder of its own files, a fresh one when not given; `project` is opened as from
   * the file manager.
   */
  static async start({ project, home } = {}) {
    const app = new App();
    app.#own = home === undefined;
    app.#home = home ?? mkdtempSync(join(tmpdir(), "yance-e2e-"));
    app.#session = await Session.start({
      binary: process.env.YANCE_APP,
      args: project ? [project] : [],
      env: App.#environment(app.#home),
    });
    await app.find("any", "报告套件");
    return app;
  }

  static #environment(home) {
    const at = (name) => {
      const folder = join(home, name);
      mkdirSync(folder, { recursive: true });
      return folder;
    };
    return {
      ...process.env,
      HOME: home,
      XDG_DATA_HOME: at("data"),
      XDG_CONFIG_HOME: at("config"),
      XDG_CACHE_HOME: at("cache"),
      MESA_SHADER_CACHE_DISABLE: "true",
      XDG_DOCUMENTS_DIR: at("documents"),
    };
  }

  /** Starts the program once more for the same author, and waits until it has ended by itself. */
  startAgain(project, seconds = PATIENCE) {
    return new Promise((resolve, reject) => {
      const other = spawn(process.env.YANCE_APP, [project], { env: App.#environment(this.#home), stdio: "ignore" });
      const late = setTimeout(() => {
        other.kill();
        reject(new Error(`等了 ${seconds} 秒，第二个程序没有退出`));
      }, seconds * 1000);
      other.on("error", reject);
      other.on("exit", () => resolve(clearTimeout(late)));
    });
  }

  get home() {
    return this.#home;
  }

  get session() {
    return this.#session;
  }

  /** Waits until `probe` gives something. */
  async until(what, probe, seconds = PATIENCE) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const result = await probe().catch((error) => {
        // What was found went away before it could be handed over.
        if (!/stale/.test(error.message)) throw error;
      });
      if (result) return result;
      if (Date.now() > end) throw new Error(`等了 ${seconds} 秒没有等到：${what}`);
      await sleep(60);
    }
  }

  /** The element of a role with a name; waits for it. */
  find(role, name = null, seconds = PATIENCE) {
    return this.until(`${role} “${name}”`, () => this.#session.run(FIND, role, name), seconds);
  }

  /** Whether there is such an element now. */
  async has(role, name = null) {
    return (await this.#session.run(FIND, role, name)) !== null;
  }

  /** Waits until there is no such element. */
  gone(role, name = null, seconds = PATIENCE) {
    return this.until(`没有 ${role} “${name}”`, async () => !(await this.has(role, name)), seconds);
  }

  /** Clicks a thing by role and name once it can be clicked. */
  async click(role, name = null, seconds = PATIENCE) {
    let last = null;
    await this.until(
      `点击 ${role} “${name}”`,
      async () => {
        const element = await this.#session.run(FIND, role, name);
        if (!element) return false;
        try {
          if (await this.#session.run("return arguments[0].disabled === true", element)) return false;
          // A dialog grows into its place: a click that is under way meanwhile would land beside it and close it.
          const place = await this.#session.run(PLACE, element);
          if (place !== last) {
            last = place;
            return false;
          }
          await this.#session.click(element);
          return true;
        } catch (error) {
          // Moving or covered for the moment.
          if (/intercepted|interactable|stale/.test(error.message)) return false;
          throw error;
        }
      },
      seconds,
    );
  }

  /**
   * Replaces what a field holds; a final Enter (`\uE007`) is pressed when the text stands. Something that takes the
   * focus away meanwhile, such as a dialog that closes, makes it type again.
   */
  async fill(name, text) {
    const enter = text.endsWith("\uE007");
    const wanted = enter ? text.slice(0, -1) : text;
    await this.until(`填写 ${name}`, async () => {
      const field = await this.find("textbox", name);
      await this.#session.run("arguments[0].focus(); arguments[0].select?.()", field);
      await this.#session.type(field, wanted);
      return (await this.#session.run("return arguments[0].value ?? arguments[0].innerText", field)) === wanted;
    });
    if (enter) await this.press("Enter");
  }

  press(...keys) {
    return this.#session.press(keys);
  }

  /** Text of the whole page. */
  text() {
    return this.#session.run("return document.body.innerText");
  }

  waitForText(text, seconds = PATIENCE) {
    return this.until(`文字“${text}”`, async () => (await this.text()).includes(text), seconds);
  }

  /** Makes a project by the dialog 新建工程; without a kit, of the one that the dialog proposes. */
  async newProject(title, path, kit) {
    await this.press("Control", "n");
    await this.find("dialog", "新建工程");
    if (kit) {
      await this.click("combobox", "报告套件");
      await this.click(".ant-select-item-option", kit);
    }
    await this.fill("报告标题", title);
    await this.fill("保存位置", path);
    await this.click("button", "新建");
    await this.gone("dialog", "新建工程");
  }

  /** Goes to a stage of the rail. */
  async stage(label) {
    await this.click("button.rail-stage", label);
    await this.until(`阶段 ${label}`, () =>
      this.#session.run("return document.querySelector('[aria-current=page].rail-stage')?.innerText.trim() === arguments[0]", label),
    );
  }

  /** Pictures and pages that were asked for are there. */
  async settle(seconds = 30) {
    const quiet = `return !document.querySelector('.ant-spin-spinning, .preview-work.on, .ant-skeleton-active')
      && [...document.images].every((image) => image.complete)`;
    await this.until("界面安静下来", () => this.#session.run(quiet), seconds);
    await sleep(250);
    await this.until("界面安静下来", () => this.#session.run(quiet), seconds);
  }

  /** Keeps a picture of the window in `out/e2e`. */
  async shoot(name) {
    await this.settle().catch(() => {});
    // Messages slide in; a picture of them half-way shows nothing.
    await sleep(400);
    mkdirSync(process.env.E2E_OUT, { recursive: true });
    writeFileSync(join(process.env.E2E_OUT, `${name}.png`), await this.#session.screenshot());
  }

  resize(width, height) {
    return this.#session.resize(width, height);
  }

  /** Ends the program as a power cut would. */
  async kill() {
    for (const id of this.#session.programs()) process.kill(id, "SIGKILL");
    await this.#session.close().catch(() => {});
  }

  /** Leaves the program as an author does, with 退出, and waits until it has put its project away. */
  async quit() {
    const ended = this.#session.ended();
    await this.press("Control", "q").catch(() => {}); // The program may be gone before it answers.
    await ended;
  }

  /** Ends the session and the program; the folder of its own files goes unless it was given. */
  async close() {
    await this.#session.close().catch(() => {});
    try {
      if (this.#own) rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    } catch {
      // Helpers of the web view may still be writing their caches; the system clears its temporary folder.
    }
  }
}
