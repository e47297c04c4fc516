/** Paths as the system writes them, taken apart without knowing which system it is. */

const separatorOf = (path: string) => (path.includes("\\") ? "\\" : "/");

export const fileName = (path: string) => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

export const folderOf = (path: string) =>
  path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"), 0)) || (path.startsWith("/") ? "/" : "");

export const joinPath = (folder: string, name: string) => {
  const separator = separatorOf(folder);
  return folder === "" || folder.endsWith(separator) ? folder + name : folder + separator + name;
};

/** A title as a file name that every system takes. */
export const asFileName = (title: string) =>
  title.replace(/[\u0000-\u001f\\/:*?"<>|]/g, "_").trim().replace(/^\.+|\.+$/g, "").slice(0, 60);

/** `name` with another ending. */
export const withEnding = (path: string, ending: string) => {
  const name = fileName(path);
  const dot = name.lastIndexOf(".");
  return path.slice(0, path.length - name.length) + (dot > 0 ? name.slice(0, dot) : name) + ending;
};
