import type { ProjectInfo } from "./ProjectInfo";

export type Tag = "project";

export interface Commands {
  project: { request: Record<string, never>; response: ProjectInfo | null };
  open: { request: { path: string }; response: ProjectInfo };
  undo: { request: Record<string, never>; response: string | null };
  redo: { request: Record<string, never>; response: string | null };
  close: { request: Record<string, never>; response: null };
}

export const reads: Partial<Record<keyof Commands, Tag[]>> = { project: ["project"] };
