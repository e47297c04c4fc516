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

// antd measures scroll bars with pseudo elements, which jsdom reports as an error.
const computed = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => computed(element);
