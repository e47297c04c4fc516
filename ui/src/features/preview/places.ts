import type { PlaceOnPage } from "../../backend/bindings/PlaceOnPage";

/** A spot on a page: page from 1, points from its upper edge. */
export interface PointOnPage {
  page: number;
  y: number;
}

/** A block begins a little above the first ink of it, in points. */
const tolerance = 4;

/** The block a point lies in: the last one that begins at or before it. `null` before the first block, as on a cover. */
export function blockAt(places: readonly PlaceOnPage[], point: PointOnPage): string | null {
  let best: PlaceOnPage | null = null;
  for (const place of places) {
    const isBefore = place.page < point.page || (place.page === point.page && place.y <= point.y + tolerance);
    const isLater = best === null || place.page > best.page || (place.page === best.page && place.y >= best.y);
    if (isBefore && isLater) best = place;
  }
  return best?.id ?? null;
}
