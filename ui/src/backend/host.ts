import { convertFileSrc, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { Menu, MenuItem, PredefinedMenuItem, Submenu } from "@tauri-apps/api/menu";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { open, save } from "@tauri-apps/plugin-dialog";

export interface FileFilter {
  name: string;
  /** Without dots. */
  extensions: string[];
}

export interface MenuEntry {
  id: string;
  text: string;
  enabled: boolean;
}

export interface MenuGroup {
  title: string;
  /** `null` is a line between entries. */
  entries: (MenuEntry | null)[];
}

/** The machine and the window around the page: everything that is neither project nor report. */
export interface Host {
  /** The picked file, or `null` when the author changed their mind. */
  pickFile(options: { title: string; filters?: FileFilter[]; folder?: string }): Promise<string | null>;
  pickFiles(options: { title: string; filters?: FileFilter[]; folder?: string }): Promise<string[]>;
  pickFolder(options: { title: string; folder?: string }): Promise<string | null>;
  pickTarget(options: { title: string; filters?: FileFilter[]; path?: string }): Promise<string | null>;
  /** Opens a document or a folder with the system's program for it. */
  openPath(path: string): Promise<void>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): Promise<void>;
  /** Closes the window and so the program. */
  quit(): Promise<void>;
  setTitle(title: string): Promise<void>;
  /** Shows the window, hidden until there is something to see. */
  ready(): Promise<void>;
  /** The project named on the command line, told once. */
  launchPath(): Promise<string | null>;
  /** Brings another window that shows a project to the front; false when there is none. */
  showElsewhere(project: string): Promise<boolean>;
  /** Where new projects go unless the author says otherwise; `null` when the system has no such folder. */
  documentsFolder(): Promise<string | null>;
  /** A place for a PDF that is only made to be printed. */
  printPath(name: string): Promise<string>;
  /** Whether the system knows a printer; `null` where that cannot be told. */
  hasPrinter(): Promise<boolean | null>;
  /** A project the system asks this program to open while it runs. */
  onOpenRequest(listener: (path: string) => void): () => void;
  setMenu(groups: MenuGroup[], onPick: (id: string) => void): Promise<void>;
  /** Files held over or dropped on the window. */
  onFiles(listener: (event: FilesEvent) => void): () => void;
  /** Address of the picture of a page; `version` makes a changed page a different address. */
  pageAddress(page: number, width: number, version: string): string;
}

export type FilesEvent = { kind: "over" } | { kind: "leave" } | { kind: "drop"; paths: string[] };

/** Turns a promised "stop listening" into one that can be called at once. */
function stopper(started: Promise<() => void>): () => void {
  return () => void started.then((stop) => stop());
}

/**
 * Who is told of files. The window itself is listened to once, from the first on: to listen takes a while, and what is
 * let go meanwhile would be lost for a page that has just come.
 */
const takers = new Set<(event: FilesEvent) => void>();
let isListening = false;

function listenForFiles() {
  if (isListening) return;
  isListening = true;
  void getCurrentWebview().onDragDropEvent(({ payload }) => {
    const event: FilesEvent =
      payload.type === "drop" ? { kind: "drop", paths: payload.paths } : { kind: payload.type === "leave" ? "leave" : "over" };
    for (const taker of [...takers]) taker(event);
  });
}

/** What the menu in the window was made from, so that only what differs is changed. */
const menu: { shape: string; entries: Map<string, { item: MenuItem; text: string; enabled: boolean }> } = {
  shape: "",
  entries: new Map(),
};
let pick: (id: string) => void = () => {};
let menuMade: Promise<void> = Promise.resolve();
/** How long the window waits for its menu, which would push the page down when it came later. */
const menuPatience = 1_000;

async function makeMenu(groups: MenuGroup[]) {
  menu.entries.clear();
  const submenus = groups.map(async ({ title, entries }) => {
    const items = entries.map(async (entry) => {
      if (entry === null) return PredefinedMenuItem.new({ item: "Separator" });
      const item = await MenuItem.new({ ...entry, action: () => pick(entry.id) });
      menu.entries.set(entry.id, { item, text: entry.text, enabled: entry.enabled });
      return item;
    });
    return Submenu.new({ text: title, items: await Promise.all(items) });
  });
  const bar = await Menu.new({ items: await Promise.all(submenus) });
  await bar.setAsWindowMenu();
}

const tauriHost: Host = {
  async pickFile({ title, filters, folder }) {
    return open({ title, multiple: false, directory: false, ...(filters && { filters }), ...(folder && { defaultPath: folder }) });
  },
  async pickFiles({ title, filters, folder }) {
    const paths = await open({
      title,
      multiple: true,
      directory: false,
      ...(filters && { filters }),
      ...(folder && { defaultPath: folder }),
    });
    return paths ?? [];
  },
  async pickFolder({ title, folder }) {
    return open({ title, directory: true, multiple: false, ...(folder && { defaultPath: folder }) });
  },
  async pickTarget({ title, filters, path }) {
    return save({ title, ...(filters && { filters }), ...(path && { defaultPath: path }) });
  },
  openPath: (path) => invoke("open_path", { path }),
  reveal: (path) => invoke("reveal", { path }),
  quit: () => getCurrentWindow().close(),
  setTitle: (title) => getCurrentWindow().setTitle(title),
  async ready() {
    await Promise.race([menuMade.catch(() => {}), new Promise((late) => setTimeout(late, menuPatience))]);
    await getCurrentWindow().show();
  },
  launchPath: () => invoke<string | null>("launch_path"),
  showElsewhere: (path) => invoke<boolean>("show_elsewhere", { path }),
  documentsFolder: () => invoke<string | null>("documents_folder"),
  printPath: (name) => invoke<string>("print_path", { name }),
  hasPrinter: () => invoke<boolean | null>("has_printer"),
  onOpenRequest: (listener) => stopper(listen<string>("open-request", ({ payload }) => listener(payload))),
  async setMenu(groups, onPick) {
    pick = onPick;
    const shape = JSON.stringify(groups.map((group) => [group.title, ...group.entries.map((entry) => entry?.id ?? "")]));
    if (shape !== menu.shape) {
      menu.shape = shape;
      return (menuMade = makeMenu(groups));
    }
    for (const entry of groups.flatMap((group) => group.entries)) {
      const known = entry && menu.entries.get(entry.id);
      if (!known) continue;
      if (known.text !== entry.text) await known.item.setText((known.text = entry.text));
      if (known.enabled !== entry.enabled) await known.item.setEnabled((known.enabled = entry.enabled));
    }
  },
  onFiles: (listener) => {
    listenForFiles();
    takers.add(listener);
    return () => void takers.delete(listener);
  },
  pageAddress: (page, width, version) => `${convertFileSrc(`${page}`, "preview")}?width=${width}&v=${version}`,
};

export let host: Host = tauriHost;

/** Puts another machine in place, for tests. */
export function setHost(other: Host) {
  host = other;
}
