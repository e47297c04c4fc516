import { Channel, invoke } from "@tauri-apps/api/core";
import type { Progress } from "./bindings/Progress";
import type { Reply, Transport } from "./transport";

/** The transport of the program: one Tauri command with a channel for progress. */
export const tauri: Transport = {
  call(name, request, onProgress) {
    const progress = new Channel<Progress>();
    progress.onmessage = onProgress;
    return invoke<Reply>("rpc", { name, request, progress });
  },
};
