import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { BackendError } from "../backend/error";
import { fakeBackend } from "../backend/testing";
import { renderPage } from "./testing/render";
import { useOpenProject } from "./useOpenProject";

function Probe() {
  const open = useOpenProject();
  return <button onClick={() => open.mutate({ path: "/甲.yance" })}>打开</button>;
}

const taken = () => Promise.reject(new BackendError("in-use", "工程正被另一个程序使用。"));

it("shows a project where another window has it open", async () => {
  fakeBackend({ open_project: taken }, { host: { showElsewhere: async (path) => path === "/甲.yance" } });
  renderPage(<Probe />);
  await userEvent.click(screen.getByText("打开"));
  await screen.findByText(/已切换到那里/);
  expect(screen.queryByText("工程正被另一个程序使用。")).toBeNull();
});

it("offers to try again where nobody answers", async () => {
  const backend = fakeBackend({ open_project: taken });
  renderPage(<Probe />);
  await userEvent.click(screen.getByText("打开"));
  await screen.findByText("工程正被另一个程序使用。");
  await userEvent.click(screen.getByRole("button", { name: "重试" }));
  expect(backend.calls.filter(({ name }) => name === "open_project")).toHaveLength(2);
});
