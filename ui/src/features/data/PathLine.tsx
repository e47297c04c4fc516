import { useState } from "react";

/** A line into which paths of files are pasted, for those who have them in writing or no file dialog. */
export function PathLine({ placeholder, onPaths }: { placeholder: string; onPaths: (paths: string[]) => void }) {
  const [paths, setPaths] = useState("");
  return (
    <form
      className="path-line"
      onSubmit={(event) => {
        event.preventDefault();
        const list = pathsOf(paths);
        if (list.length > 0) onPaths(list);
      }}
    >
      <input
        aria-label="文件路径"
        placeholder={placeholder}
        value={paths}
        spellCheck={false}
        onChange={(event) => setPaths(event.target.value)}
      />
    </form>
  );
}

/** Paths separated by semicolons or lines, with or without quotation marks. */
const pathsOf = (text: string) =>
  text
    .split(/[;；\n]/)
    .map((path) => path.trim().replace(/^"(.*)"$/, "$1"))
    .filter((path) => path !== "");
