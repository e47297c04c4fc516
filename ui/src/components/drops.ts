/** What to do with files let go over the window: every one is taken in somewhere or refused in words. */

/** A project, to be opened wherever it is let go. */
export const isProject = (paths: readonly string[]) => paths.length === 1 && /\.yance$/i.test(paths[0] ?? "");

/** A kit for the workshop: a zip, or a folder, whose name has no ending. */
export const isKit = (paths: readonly string[]) => paths.length === 1 && /(\.zip|[\\/][^.\\/]+)$/i.test(paths[0] ?? "");

/** A draft for 核校. */
export const isDraft = (paths: readonly string[]) => paths.length === 1 && /\.(txt|md|markdown|docx|pdf|doc|wps)$/i.test(paths[0] ?? "");

let waiting: string[] = [];

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
