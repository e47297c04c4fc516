/** What antd and virtual lists expect of a browser and jsdom does not have. */
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

afterEach(cleanup);

// Rendering antd in jsdom is slow on a busy machine; what never comes still fails.
configure({ asyncUtilTimeout: 15_000 });

window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
  }) as unknown as MediaQueryList;

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

// jsdom works out a style by matching every rule of antd's sheets, for each element asked about and its parents, which is
// most of the time of a test; the style set on the element itself is all that these tests depend on.
window.getComputedStyle = (element) => (element as HTMLElement).style;
