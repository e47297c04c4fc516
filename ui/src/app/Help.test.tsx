import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Examination } from "../backend/bindings/Examination";
import { fakeBackend } from "../backend/testing";
import { renderPage } from "../components/testing/render";
import { About } from "./Help";

it("says which version it is, where data lie, and under which licences", async () => {
  fakeBackend({ examine: () => ({ version: "1.2.3", working_folder: "/数据/研策" }) as Examination });
  renderPage(<About project="/文档/甲.yance" onClose={() => {}} />);
  await screen.findByText("版本 1.2.3");
  expect(screen.getByText("/文档/甲.yance")).toBeTruthy();
  expect(screen.getByText("/数据/研策")).toBeTruthy();
  expect(screen.getByText(/MIT 或 Apache-2.0/)).toBeTruthy();
});
