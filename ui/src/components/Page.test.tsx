import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { Page } from "./Page";

const page = (isThere: boolean) => (
  <>
    <button>别处</button>
    <Page title="页" actions={<button>操作</button>}>
      {isThere && <button data-first>开始</button>}
    </Page>
  </>
);

it("begins at what is marked, also when that comes later", () => {
  const { rerender } = render(page(false));
  expect(document.activeElement).toBe(document.body);
  rerender(page(true));
  expect(document.activeElement).toBe(screen.getByText("开始"));
});

it("takes the focus from nothing that has it, and only on arrival", () => {
  const { rerender } = render(<button>别处</button>);
  screen.getByText("别处").focus();
  rerender(page(true));
  screen.getByText("别处").focus();
  rerender(page(true));
  expect(document.activeElement).toBe(screen.getByText("别处"));
  screen.getByText("别处").blur();
  rerender(page(true));
  expect(document.activeElement).toBe(document.body);
});
