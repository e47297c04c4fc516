import { screen, waitFor } from "@testing-library/react";
import { act } from "react";
import { beforeEach, expect, it } from "vitest";
import { BackendError, type FilesEvent } from "../backend";
import { fakeBackend, type FakeBackend } from "../backend/testing";
import { takeFiles, takeForCheck, takeForImport, takeForWorkshop } from "../components/drops";
import type { Place, Stage } from "../components/navigation";
import { renderPage } from "../components/testing/render";
import { useDrops } from "./useDrops";

let backend: FakeBackend;
let listener: (event: FilesEvent) => void;
let went: Place[];

beforeEach(() => {
  went = [];
  backend = fakeBackend(
    {
      open_project: () => ({}) as never,
      preview_kit: ({ path }) => {
        if (!path.includes("套件")) throw new BackendError("invalid-argument", "不是套件");
        return {} as never;
      },
    },
    {
      host: {
        onFiles: (of) => {
          listener = of;
          return () => {};
        },
      },
    },
  );
});

function Window({ stage, hasProject }: { stage: Stage; hasProject: boolean }) {
  const isOver = useDrops(hasProject, { place: { stage }, moves: 0, navigate: (place) => went.push(place) });
  return isOver ? "松开" : null;
}

const drop = (...paths: string[]) => act(() => listener({ kind: "drop", paths }));

it("opens a project wherever it is let go", async () => {
  renderPage(<Window stage="compose" hasProject />);
  drop("/文档/报告.yance");
  await waitFor(() => expect(backend.calls).toEqual([{ name: "open_project", request: { path: "/文档/报告.yance" } }]));
  expect(went).toEqual([]);
});

it("shows that it takes files while they are held over it, but not on pages that say so themselves", () => {
  const { unmount } = renderPage(<Window stage="findings" hasProject />);
  act(() => listener({ kind: "over" }));
  expect(screen.queryByText("松开")).not.toBeNull();
  act(() => listener({ kind: "leave" }));
  expect(screen.queryByText("松开")).toBeNull();
  unmount();
  renderPage(<Window stage="data" hasProject />);
  act(() => listener({ kind: "over" }));
  expect(screen.queryByText("松开")).toBeNull();
});

it("takes other files to the import from any page", () => {
  renderPage(<Window stage="findings" hasProject />);
  drop("/数据/照片.png", "/数据/台账.xlsx");
  expect(went).toEqual([{ stage: "data" }]);
  expect(takeForImport()).toEqual(["/数据/照片.png", "/数据/台账.xlsx"]);
  expect(takeForImport()).toEqual([]);
});

it("takes a kit to the workshop, also a folder named with a dot, and what is none to the import", async () => {
  renderPage(<Window stage="findings" hasProject />);
  drop("/我的/套件.v2");
  await waitFor(() => expect(went).toEqual([{ stage: "kits" }]));
  expect(takeForWorkshop()).toBe("/我的/套件.v2");
  drop("/我的/片子.mp4");
  await waitFor(() => expect(went.at(-1)).toEqual({ stage: "data" }));
  expect([takeForWorkshop(), takeForImport()]).toEqual([null, ["/我的/片子.mp4"]]);
});

it("leaves to 数据, 核校 and 报告套件 what they take themselves", () => {
  for (const [stage, path] of [["data", "/数据/台账.xlsx"], ["kits", "/套件/我的.zip"], ["check", "/文稿/别人的.docx"]] as const) {
    const leave = takeFiles(stage, () => {});
    const { unmount } = renderPage(<Window stage={stage} hasProject />);
    drop(path);
    unmount();
    leave();
  }
  expect([went, takeForImport(), takeForWorkshop(), takeForCheck(), backend.calls]).toEqual([[], [], null, null, []]);
});

it("keeps what is let go while the page that takes it is still being fetched", () => {
  for (const [stage, path] of [["data", "/数据/台账"], ["kits", "/套件/我的.zip"], ["check", "/文稿/别人的.docx"]] as const) {
    const { unmount } = renderPage(<Window stage={stage} hasProject />);
    drop(path);
    unmount();
  }
  expect([takeForImport(), takeForWorkshop(), takeForCheck()]).toEqual([["/数据/台账"], "/套件/我的.zip", "/文稿/别人的.docx"]);
  expect(went).toEqual([]);
});

it("says what to do when no project is open", async () => {
  renderPage(<Window stage="project" hasProject={false} />);
  drop("/数据/台账.xlsx");
  expect(await screen.findByText(/请先新建或打开一个工程/)).toBeTruthy();
});
