import type { Inline } from "../../backend/bindings/Inline";
import type { NameOf } from "./inline";

/** What the toolbar can ask of the editor that is open. */
export interface EditorHandle {
  /** Puts content where the caret is. */
  insert(content: Inline[]): void;
  toggleStrong(): void;
  focus(): void;
  flush(): void;
}

/** What both editors, the rich one and the plain one, are given. */
export interface EditorProps {
  label: string;
  items: Inline[][];
  isList: boolean;
  nameOf: NameOf;
  /** Saves the text; rejects when it could not be saved. */
  onSave: (items: Inline[][]) => Promise<unknown>;
  /** Esc, or Ctrl+Enter to go on to the next block. */
  onLeave: (next: boolean) => void;
  /** Enter inside a paragraph: what stands before the caret stays, what stands behind becomes a paragraph of its own. */
  onSplit: (before: Inline[], after: Inline[]) => Promise<unknown>;
  onInsertNumber: () => void;
  onFootnote: (content: Inline[], replace: (content: Inline[]) => void) => void;
  handle: (handle: EditorHandle | null) => void;
}
