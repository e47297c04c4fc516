/** Brings the entry of an id into view within its list. */
export function showEntry(list: HTMLElement, id: string): void {
  for (const entry of list.querySelectorAll<HTMLElement>("[data-id]")) {
    if (entry.dataset.id === id) entry.scrollIntoView?.({ block: "nearest" });
  }
}

/** Id of an entry's element, for `aria-activedescendant`. */
export const entryId = (id: string) => `entry-${id}`;
