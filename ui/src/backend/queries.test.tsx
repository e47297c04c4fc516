import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderPage } from "../components/testing/render";
import { BackendError } from "./error";
import { useAct, useRead } from "./queries";
import { fakeBackend } from "./testing";

const project = (title: string) => ({ title }) as never;

function Probe() {
  const info = useRead("project", null);
  const undo = useAct("undo");
  return (
    <>
      <p>{info.data?.title}</p>
      <button onClick={() => undo.mutate(null)}>撤销</button>
    </>
  );
}

it("reads anew what an act has changed", async () => {
  let title = "一";
  fakeBackend(
    { project: () => project(title), undo: () => ((title = "二"), "改标题") },
    { changes: { undo: ["project"] } },
  );
  renderPage(<Probe />);
  await screen.findByText("一");
  await userEvent.click(screen.getByText("撤销"));
  await screen.findByText("二");
});

it("keeps what an act has not changed", async () => {
  const backend = fakeBackend({ project: () => project("一"), undo: () => null });
  renderPage(<Probe />);
  await screen.findByText("一");
  await userEvent.click(screen.getByText("撤销"));
  expect(backend.calls.filter((call) => call.name === "project")).toHaveLength(1);
});

it("tells a failure that nobody else shows, with its detail", async () => {
  fakeBackend({
    project: () => project("一"),
    undo: () => Promise.reject(new BackendError("disk-full", "磁盘已满。", ["D:\\报告"])),
  });
  renderPage(<Probe />);
  await userEvent.click(await screen.findByText("撤销"));
  await screen.findByText("磁盘已满。");
  await screen.findByText("D:\\报告");
});
