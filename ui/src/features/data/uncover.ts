/** Scrolls on by what the vertical scroll bar hides of a column: the grid does not reckon with bars that lie over its cells. */
export function uncover(grid: HTMLElement | null, column: string) {
  const scroller = grid?.querySelector<HTMLElement>(".ag-grid-viewport");
  const bar = grid?.querySelector(".ag-body-vertical-scroll")?.getBoundingClientRect();
  const cell = scroller?.querySelector(`.ag-grid-scrolling-cells [col-id=${JSON.stringify(column)}]`);
  if (!scroller || !bar || bar.width === 0 || !cell) return;
  const hidden = cell.getBoundingClientRect().right - bar.left;
  if (hidden > 0) scroller.scrollLeft += hidden;
}
