/** Keys as written in the registry of acts: `Ctrl+Shift+Z`. On a Mac, Ctrl stands for ⌘. */

const mac = typeof navigator !== "undefined" && navigator.platform.startsWith("Mac");

/**
 * Whether a key belongs to an input method. WebKit tells the key that confirms a word only after the composition has
 * ended, by the code 229.
 */
export function isInputMethod(event: KeyboardEvent | { nativeEvent: KeyboardEvent }): boolean {
  const key = "nativeEvent" in event ? event.nativeEvent : event;
  return key.isComposing || key.keyCode === 229;
}

/** Whether a key press is `shortcut`. Never while an input method is composing. */
export function isShortcut(event: KeyboardEvent, shortcut: string): boolean {
  if (isInputMethod(event)) return false;
  const parts = shortcut.split("+");
  const key = parts.at(-1) ?? "";
  return (
    (mac ? event.metaKey : event.ctrlKey) === parts.includes("Ctrl") &&
    event.shiftKey === parts.includes("Shift") &&
    event.altKey === parts.includes("Alt") &&
    event.key.toLowerCase() === key.toLowerCase()
  );
}

/** A shortcut as people of the system write it. */
export function showShortcut(shortcut: string): string {
  return mac ? shortcut.replace("Ctrl+", "⌘").replace("Shift+", "⇧").replace("Alt+", "⌥") : shortcut;
}

/** Whether typing goes into this element, which then has an undo and a find of its own. */
export function isTextEntry(target: EventTarget | null): boolean {
  // A field that only waits for the first letter leaves all other keys to what it lies over.
  if (!(target instanceof HTMLElement) || target.dataset.idle !== undefined) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement) return !target.readOnly;
  // The search line of a closed drop-down holds no text to undo.
  if (target instanceof HTMLInputElement) {
    const lineOfText = !["checkbox", "radio", "button", "range"].includes(target.type);
    return lineOfText && !target.readOnly && !(target.getAttribute("role") === "combobox" && target.value === "");
  }
  return false;
}
