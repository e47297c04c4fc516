/** The way to the backend and to the machine: the only folder that knows about Tauri. */
export { call, cancel, type Name, type Request, type Response } from "./client";
export { asBackendError, BackendError } from "./error";
export { type FileFilter, type FilesEvent, host, type MenuEntry, type MenuGroup } from "./host";
export { keyOf, makeQueryClient, useAct, useRead } from "./queries";
