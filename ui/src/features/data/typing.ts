import { isInputMethod } from "../../components/keys";

/** Where typing in a cell goes: into a line of text, or to the cell's own list of choices. */
export interface Target<P> {
  place: P;
  isList: boolean;
}

interface Options<P> {
  /** `null` for a cell that cannot be corrected. */
  targetOf: (cell: HTMLElement) => Target<P> | null;
  /** A typed value was confirmed. */
  commit: (place: P, value: string) => void;
  /** Something was typed in a cell that has a list of choices. */
  openList: (place: P) => void;
}

/**
 * A line of text that lies unseen in the focused cell: an input method composes only where text can be entered, so the
 * line must have the focus before the first key. With the first character, or the first letter of a composition, it
 * shows and is the cell's editor. Until then all keys are the grid's.
 */
export function makeTyping<P>({ targetOf, commit, openList }: Options<P>) {
  const line = document.createElement("input");
  line.className = "cell-typing";
  line.tabIndex = -1;
  line.autocomplete = "off";
  line.spellcheck = false;
  let target: Target<P> | null = null;
  let isOpen = false;

  const rest = () => {
    isOpen = false;
    line.value = "";
    line.classList.remove("open");
    line.dataset.idle = "";
  };
  rest();

  const begin = () => {
    if (isOpen || !target || target.isList) return;
    isOpen = true;
    line.classList.add("open");
    delete line.dataset.idle;
  };
  const end = (keeps: boolean) => {
    if (!isOpen) return;
    const [value, place] = [line.value, target?.place];
    rest();
    if (keeps && place !== undefined) commit(place, value);
  };

  line.addEventListener("compositionstart", begin);
  line.addEventListener("input", (event) => {
    if (target?.isList) {
      // A word being composed is let come to its end, so that the input method is done with it.
      if (event instanceof InputEvent && event.isComposing) return;
      rest();
      openList(target.place);
    } else if (line.value !== "") begin();
  });
  line.addEventListener("keydown", (event) => {
    if (!isOpen) return;
    if (isInputMethod(event)) event.stopPropagation();
    else if (event.key === "Enter" || event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      end(event.key === "Enter");
    } else if (event.key === "Tab") end(true);
    else if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  // A click into the text moves the caret and is no click on the cell.
  for (const name of ["mousedown", "click", "dblclick"])
    line.addEventListener(name, (event) => isOpen && event.stopPropagation());
  line.addEventListener("blur", () => end(true));

  return {
    line,
    /** To be told of whatever gets the focus in the grid. */
    focused(element: EventTarget | null) {
      if (!(element instanceof HTMLElement) || !element.matches(".ag-cell:not(.ag-cell-inline-editing)")) return;
      target = targetOf(element);
      if (!target) return;
      rest();
      line.setAttribute("aria-label", element.innerText || "空单元格");
      element.append(line);
      line.focus({ preventScroll: true });
    },
  };
}
