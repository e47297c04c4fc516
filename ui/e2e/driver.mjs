/** A W3C WebDriver client of the few commands the journeys need, and the programs behind it. No dependency. */
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** A port nobody listens on. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts Xvfb on a display of its own choosing and gives the display and the way to stop it. */
export async function startDisplay(width, height) {
  const child = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", `${width}x${height}x24`], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
    child.stdio[3].once("data", (number) => resolve(`:${String(number).trim()}`));
  });
  return { display, stop: () => child.kill() };
}

function alive(id) {
  try {
    // A zombie still answers to signals; its state tells.
    return !execFileSync("ps", ["-o", "stat=", "-p", String(id)], { encoding: "utf8" }).startsWith("Z");
  } catch {
    return false;
  }
}

/** One session with a WebDriver server. */
export class Session {
  #base;
  #server;

  /** Starts WebKitWebDriver, and through it the program. */
  static async start({ binary, args, env }) {
    const port = await freePort();
    const server = spawn("WebKitWebDriver", [`--port=${port}`], {
      env: { ...env, TAURI_WEBVIEW_AUTOMATION: "true" },
      stdio: ["ignore", "ignore", process.env.E2E_VERBOSE ? "inherit" : "ignore"],
    });
    const session = new Session();
    session.#server = server;
    session.#base = `http://127.0.0.1:${port}`;
    for (let tries = 0; ; tries++) {
      try {
        await session.#send("GET", "/status");
        break;
      } catch (error) {
        if (tries > 100) throw error;
        await sleep(50);
      }
    }
    try {
      const { sessionId } = await session.#send("POST", "/session", {
        capabilities: { alwaysMatch: { "webkitgtk:browserOptions": { binary, args } } },
      });
      session.#base += `/session/${sessionId}`;
    } catch (error) {
      server.kill();
      throw error;
    }
    return session;
  }

  async #send(method, path, body) {
    const answer = await fetch(this.#base + path, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  /** Runs the body of a function in the page; elements go in and come out as references. */
  run(script, ...args) {
    return this.#send("POST", "/execute/sync", { script, args });
  }

  click(element) {
    return this.#send("POST", `/element/${element[ELEMENT]}/click`, {});
  }

  type(element, text) {
    return this.#send("POST", `/element/${element[ELEMENT]}/value`, { text });
  }

  /** Presses keys together where the focus is, such as `["Control", "z"]`. */
  async press(keys) {
    const codes = { Control: "\uE009", Shift: "\uE008", Alt: "\uE00A", Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004" };
    Object.assign(codes, { ArrowDown: "\uE015", ArrowUp: "\uE013", ArrowLeft: "\uE012", ArrowRight: "\uE014" });
    Object.assign(codes, { F1: "\uE031", F2: "\uE032", PageDown: "\uE00F", PageUp: "\uE00E" });
    Object.assign(codes, { Backspace: "\uE003", Delete: "\uE017", Home: "\uE011", End: "\uE010" });
    const values = keys.map((key) => codes[key] ?? key);
    const actions = [
      ...values.map((value) => ({ type: "keyDown", value })),
      ...values.reverse().map((value) => ({ type: "keyUp", value })),
    ];
    await this.#send("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
    await this.#send("DELETE", "/actions");
  }

  resize(width, height) {
    return this.#send("POST", "/window/rect", { x: 0, y: 0, width, height });
  }

  async screenshot() {
    return Buffer.from(await this.#send("GET", "/screenshot"), "base64");
  }

  /** Processes of the program: the server started them. */
  programs() {
    try {
      const ids = execFileSync("ps", ["-o", "pid=", "--ppid", String(this.#server.pid)], { encoding: "utf8" });
      return ids.split(/\s+/).filter(Boolean).map(Number);
    } catch {
      return []; // `ps` fails when there is none.
    }
  }

  /** Waits until the program has ended by itself. */
  async ended() {
    const programs = this.programs();
    for (let tries = 0; tries < 200 && programs.some(alive); tries += 1) await sleep(100);
    if (programs.some(alive)) throw new Error("程序没有退出");
  }

  /** Ends the session, and with it the program, and waits until it is gone. */
  async close() {
    const programs = this.programs();
    try {
      await this.#send("DELETE", "");
      for (let tries = 0; tries < 200 && programs.some(alive); tries += 1) await sleep(100);
    } finally {
      this.#server.kill();
    }
  }
}
