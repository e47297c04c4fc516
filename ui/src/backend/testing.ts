/** A backend and a machine made of plain functions, so that component tests run without Tauri. */
import { setTransport } from "./client";
import { BackendError } from "./error";
import { type Host, setHost } from "./host";
import type { Commands } from "./bindings/Commands";

/** Answers by command name. An answer may be a promise; `changed` gives the tags a write announces. */
export type Answers = {
  [N in keyof Commands]?: (
    request: Commands[N]["request"],
  ) => Commands[N]["response"] | Promise<Commands[N]["response"]>;
};

export interface FakeOptions {
  /** Tags each write announces. */
  changes?: Partial<Record<keyof Commands, string[]>>;
  host?: Partial<Host>;
}

/** Every call made, in order. */
export interface FakeBackend {
  calls: { name: string; request: unknown }[];
}

/** Puts `answers` behind `call`, `useRead` and `useAct`. An unexpected command fails the test with its name. */
export function fakeBackend(answers: Answers, options: FakeOptions = {}): FakeBackend {
  const calls: FakeBackend["calls"] = [];
  setTransport({
    async call(name, request) {
      calls.push({ name, request });
      const answer = answers[name as keyof Commands] as ((request: unknown) => unknown) | undefined;
      if (!answer) throw new BackendError("invalid-argument", `测试没有准备命令 ${name} 的回答`);
      const value = await answer(request);
      return { value, changed: options.changes?.[name as keyof Commands] ?? [] };
    },
  });
  const nothing: Host = {
    pickFile: async () => null,
    pickFiles: async () => [],
    pickFolder: async () => null,
    pickTarget: async () => null,
    openPath: async () => {},
    reveal: async () => {},
    quit: async () => {},
    setTitle: async () => {},
    ready: async () => {},
    showElsewhere: async () => false,
    documentsFolder: async () => "/文档",
    printPath: async (name) => `/临时/${name}.pdf`,
    hasPrinter: async () => true,
    launchPath: async () => null,
    onOpenRequest: () => () => {},
    setMenu: async () => {},
    onFiles: () => () => {},
    pageAddress: (page, width, version) => `about:blank#${page}-${width}-${version}`,
  };
  setHost({ ...nothing, ...options.host });
  return { calls };
}
