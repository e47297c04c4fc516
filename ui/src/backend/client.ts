import type { Commands } from "./bindings/Commands";
import type { Progress } from "./bindings/Progress";
import { asBackendError } from "./error";
import { tauri } from "./tauri";
import type { Transport } from "./transport";

export type Name = keyof Commands & string;
export type Request<N extends Name> = Commands[N]["request"];
export type Response<N extends Name> = Commands[N]["response"];

let transport: Transport = tauri;

/** Puts another transport in place, for tests. */
export function setTransport(other: Transport) {
  transport = other;
}

type Listener = (changed: string[]) => void;
const listeners = new Set<Listener>();

/** Tells `listener` the tags of every change, whoever made it. Gives the way to stop. */
export function onChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface CallOptions {
  onProgress?: (progress: Progress) => void;
}

/** Runs a command of the backend. Fails with a `BackendError`; what it changed is announced before it resolves. */
export async function call<N extends Name>(name: N, request: Request<N>, options?: CallOptions): Promise<Response<N>> {
  try {
    const reply = await transport.call(name, request, options?.onProgress ?? (() => {}));
    if (reply.changed.length > 0) for (const listener of listeners) listener(reply.changed);
    return reply.value as Response<N>;
  } catch (thrown) {
    throw asBackendError(thrown);
  }
}

/** Asks the long act under way to stop; its call then fails with code `cancelled`. */
export async function cancel(): Promise<void> {
  await call("cancel", null);
}
