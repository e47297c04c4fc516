import type { Code } from "./bindings/Code";

/** A failure as the backend tells it: a code to act on, a sentence to show, lines to copy. */
export class BackendError extends Error {
  constructor(
    readonly code: Code,
    message: string,
    readonly detail: string[] = [],
  ) {
    super(message);
    this.name = "BackendError";
  }
}

/** Anything thrown, as a `BackendError`; what is not one of ours becomes code `failed` with its own words as detail. */
export function asBackendError(thrown: unknown): BackendError {
  if (thrown instanceof BackendError) return thrown;
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown) {
    const { code, message, detail } = thrown as { code: Code; message: string; detail?: string[] };
    return new BackendError(code, message, detail ?? []);
  }
  const words = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new BackendError("failed", "程序内部出错，工程没有受影响。请重试；如反复出现，请复制详情反馈。", [words]);
}
