/** What to do with files let go over the window: every one is taken in somewhere or refused in words. */

import { type FilesEvent, host } from "../backend";
import type { Stage } from "./navigation";

/** Stages whose pages are there and take files themselves. */
const answering = new Set<Stage>();

/** Has a page hear of files let go over it. */
export function takeFiles(stage: Stage, listener: (event: FilesEvent) => void): () => void {
  answering.add(stage);
  const stop = host.onFiles(listener);
  return () => {
    answering.delete(stage);
    stop();
  };
}

/** Whether the page of a stage is there; one that is still being fetched takes what was kept for it when it comes. */
export const isAnswering = (stage: Stage) => answering.has(stage);

/** A project, to be opened wherever it is let go. */
export const isProject = (paths: readonly string[]) => paths.length === 1 && /\.yance$/i.test(paths[0] ?? "");

/** What is data, a draft or a project by its name. */
const others = /\.(xlsx|xls|xlsm|xlsb|et|ods|csv|tsv|txt|html?|xml|json|md|markdown|docx?|wps|pdf|yance)$/i;

/**
 * What may be a kit for the workshop: a zip, or a folder, whose name may have dots (`套件.v2`); only the program can
 * tell a folder from a file.
 */
export const isKit = (paths: readonly string[]) => paths.length === 1 && !others.test(paths[0] ?? "");

/** A draft for 核校. */
export const isDraft = (paths: readonly string[]) => paths.length === 1 && /\.(txt|md|markdown|docx|pdf|doc|wps)$/i.test(paths[0] ?? "");

let waiting: string[] = [];
let waitingKit: string | null = null;
let waitingDraft: string | null = null;

/** Keeps a draft for 核校, until it is there. */
export function keepForCheck(path: string) {
  waitingDraft = path;
}

/** The draft that was kept; it is taken once. */
export function takeForCheck(): string | null {
  const taken = waitingDraft;
  waitingDraft = null;
  return taken;
}

/** Keeps a kit for the workshop, until it is there. */
export function keepForWorkshop(path: string) {
  waitingKit = path;
}

/** The kit that was kept; it is taken once. */
export function takeForWorkshop(): string | null {
  const taken = waitingKit;
  waitingKit = null;
  return taken;
}

/** Keeps files for the page that imports them, until it is there. */
export function keepForImport(paths: string[]) {
  waiting = paths;
}

/** The files that were kept; they are taken once. */
export function takeForImport(): string[] {
  const taken = waiting;
  waiting = [];
  return taken;
}
