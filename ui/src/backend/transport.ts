import type { Progress } from "./bindings/Progress";

/** What a command answers: its value, and the kinds of state it has changed. */
export interface Reply {
  value: unknown;
  changed: string[];
}

/** The way to the backend. The program has one over Tauri; component tests put another in its place. */
export interface Transport {
  /** Rejects with what the backend gave as its error. */
  call(name: string, request: unknown, onProgress: (progress: Progress) => void): Promise<Reply>;
}
