import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { fakeBackend } from "../../backend/testing";
import type { FilesEvent } from "../../backend/host";
import type { ImportPreview } from "../../backend/bindings/ImportPreview";
import type { ProjectInfo } from "../../backend/bindings/ProjectInfo";
import { renderPage } from "../../components/testing/render";
import DataPage from ".";

// Looking for elements that do not take the pointer costs seconds in a page without layout.
const user = userEvent.setup({ pointerEventsCheck: 0 });

const nothing = {
  datasets: () => [],
  issues: () => [],
  entry_tables: () => [],
  free_tables: () => null,
  files: () => ({ files: [], mappings: [], choices: [] }),
  data_files: ({ paths }: { paths: string[] }) => ({ files: paths, remarks: [] as string[] }),
};

const column = (letter: string, header: string, field: string | null, confidence: number) => ({
  column: letter,
  header: [header],
  field,
  type: "decimal",
  unit: "万元",
  confidence,
});

const preview = (): ImportPreview => ({
  report: {
    dry_run: true,
    files: [
      {
        file: "台账.csv",
        kind: "csv",
        sha256: "00",
        status: "new",
        version: null,
        tables: [
          {
            sheet: "台账",
            dataset: "d",
            reason: null,
            title: null,
            unit: "万元",
            header_rows: [1],
            data_rows: 2,
            excluded_rows: [{ row: 4, reason: "total" }],
            columns: [column("A", "营业收入", "revenue", 1), column("B", "不知道什么", null, 0)],
            issues: [
              {
                row: 2,
                column: "A",
                field: "revenue",
                raw: "约二十",
                code: "not-a-number",
                title: "不是数值",
                severity: "error",
                message: "营业收入：不是数值，按缺失处理",
                suggestion: null,
              },
            ],
          },
        ],
      },
    ],
    datasets: [
      {
        id: "d",
        title: "企业台账",
        records: 2,
        added: 1,
        changed: 1,
        unchanged: 0,
        removed: 0,
        duplicates: 0,
        rejected: 0,
        changes: [{ record: "甲", fields: ["revenue"] }],
        new: ["乙"],
        gone: [],
      },
    ],
  },
  refused: [{ source: 1, name: "坏.xlsx", code: "unreadable-file", message: "文件“坏.xlsx”已损坏。" }],
  looks: [
    {
      file: "台账.csv",
      table: 0,
      width: 2,
      rows: [
        { row: 1, role: "header", cells: ["营业收入", "不知道什么"] },
        { row: 2, role: "data", cells: ["约二十", ""] },
      ],
    },
  ],
  choices: [
    {
      id: "d",
      title: "企业台账",
      declared: true,
      fields: [{ id: "revenue", title: "营业收入", unit: "万元", kind: "decimal", required: false, inferred: false }],
    },
  ],
  newest_year: 2023,
});

it("says what to do while there is no data", async () => {
  fakeBackend(nothing);
  renderPage(<DataPage />);
  expect(await screen.findByText("把台账、问卷、汇总表拖到这里")).toBeTruthy();
});

it("shows what was recognised in dropped files, names the broken one and imports the others", async () => {
  let drop: (event: FilesEvent) => void = () => {};
  const backend = fakeBackend(
    { ...nothing, preview_import: preview, import: () => preview().report! },
    {
      host: {
        onFiles: (listener) => {
          drop = listener;
          return () => {};
        },
      },
    },
  );
  renderPage(<DataPage />);
  await screen.findByText("把台账、问卷、汇总表拖到这里");
  drop({ kind: "drop", paths: ["/数据/台账.csv", "/数据/坏.xlsx"] });
  expect(await screen.findByText("坏.xlsx：不能导入")).toBeTruthy();
  expect(screen.getByText("不是数值")).toBeTruthy();
  expect(screen.getByLabelText("B 列对应字段")).toBeTruthy();
  await user.click(screen.getByText("变动一览"));
  await user.click(screen.getByText("企业台账：新增的记录"));
  expect(screen.getByText("乙")).toBeTruthy();
  expect(screen.queryByText("企业台账：移除的记录")).toBeNull();
  await user.click(screen.getByText("确认导入"));
  await waitFor(() => expect(backend.calls.some((call) => call.name === "import")).toBe(true));
  const sent = backend.calls.find((call) => call.name === "import")?.request;
  expect(sent).toEqual({ sources: [{ kind: "file", path: "/数据/台账.csv", sheets: [] }], mappings: [], replaces: [] });
});

it("offers the year of the data where the project says another one", async () => {
  let asOf = "2025-12-31";
  const backend = fakeBackend(
    {
      ...nothing,
      project: () => ({ as_of: asOf }) as ProjectInfo,
      preview_import: preview,
      set: ({ values }) => {
        asOf = values["as-of"] ?? "";
        return null;
      },
    },
    { changes: { set: ["project"] } },
  );
  renderPage(<DataPage />);
  await user.type(await screen.findByLabelText("文件路径"), "/数据/台账.csv{Enter}");
  await screen.findByText(/最新到 2023 年.*2025年12月31日/);
  await user.click(screen.getByText("改为 2023年12月31日"));
  await waitFor(() => expect(screen.queryByText(/最新到 2023 年/)).toBeNull());
  expect(backend.calls.filter((call) => call.name === "preview_import")).toHaveLength(2);
});

it("asks whether a file that seems to be a new version takes the place of the old one", async () => {
  const backend = fakeBackend({
    ...nothing,
    preview_import: ({ replaces }) => {
      const answer = preview();
      answer.report!.files[0]!.version = { of: "台账2023.csv", dataset: "企业台账", records: 9, shared: 8, replaces: replaces.length > 0 };
      return answer;
    },
    import: () => preview().report!,
  });
  renderPage(<DataPage />);
  await user.type(await screen.findByLabelText("文件路径"), "/数据/台账.csv{Enter}");
  expect(await screen.findByText("“台账.csv”像是“台账2023.csv”的更新版")).toBeTruthy();
  expect(screen.getByText("确认导入").closest("button")!.disabled).toBe(true);
  await user.click(screen.getByLabelText("替换“台账2023.csv”"));
  await waitFor(() => expect(screen.getByText("确认导入").closest("button")!.disabled).toBe(false));
  await user.click(screen.getByText("确认导入"));
  await waitFor(() => expect(backend.calls.some((call) => call.name === "import")).toBe(true));
  expect(backend.calls.find((call) => call.name === "import")?.request).toMatchObject({ replaces: ["台账2023.csv"] });
});

it("lists the tables of a dropped folder, and says when there are none", async () => {
  let drop: (event: FilesEvent) => void = () => {};
  const backend = fakeBackend(
    {
      ...nothing,
      data_files: ({ paths }) =>
        paths[0] === "/空" ? { files: [], remarks: ["文件夹“空”里没有可以导入的表格。"] } : { files: ["/数据/台账.csv"], remarks: [] },
      preview_import: preview,
    },
    {
      host: {
        onFiles: (listener) => {
          drop = listener;
          return () => {};
        },
      },
    },
  );
  renderPage(<DataPage />);
  await screen.findByText("把台账、问卷、汇总表拖到这里");
  drop({ kind: "drop", paths: ["/空"] });
  await screen.findByText("文件夹“空”里没有可以导入的表格。");
  expect(screen.getByText("把台账、问卷、汇总表拖到这里")).toBeTruthy();
  drop({ kind: "drop", paths: ["/数据"] });
  await screen.findByText("不是数值");
  const sent = backend.calls.find((call) => call.name === "preview_import")?.request;
  expect(sent).toEqual({ sources: [{ kind: "file", path: "/数据/台账.csv", sheets: [] }], mappings: [], replaces: [] });
});

it("enters a pasted block of cells and keeps what the backend refuses", async () => {
  const entered = vi.fn();
  fakeBackend({
    ...nothing,
    entry_tables: () => [
      {
        dataset: "i",
        title: "汇总表",
        form: "indicators" as const,
        columns: ["指标名称", "数值"].map((title) => ({ field: title, title, unit: null, kind: "text", required: false, choices: [] })),
        rows: [],
        imported: [],
      },
    ],
    enter_table: (request) => {
      entered(request);
      return null;
    },
  });
  renderPage(<DataPage />);
  await user.click(await screen.findByText("手工录入…"));
  const first = await screen.findByLabelText("第 1 行 指标名称");
  await user.click(first);
  await user.paste("指标名称\t数值\n企业数\t12\n营收\t3");
  await user.click(screen.getByText("保存"));
  await waitFor(() => expect(entered).toHaveBeenCalled());
  const { rows } = entered.mock.calls[0]?.[0] as { rows: string[][] };
  expect(rows.slice(0, 3)).toEqual([
    ["企业数", "12"],
    ["营收", "3"],
    ["", ""],
  ]);
});

it("takes a table whose columns the author names, where the kit is open", async () => {
  const entered = vi.fn();
  fakeBackend({
    ...nothing,
    free_tables: () => [],
    enter_free_table: (request) => {
      entered(request);
      return null;
    },
  });
  renderPage(<DataPage />);
  await user.click(await screen.findByText("手工录入…"));
  await user.click(await screen.findByLabelText("第 1 列的列名"));
  await user.paste("编号\t人数（人）\nA1\t12\nA2\t8");
  await user.clear(screen.getByLabelText("表名"));
  await user.type(screen.getByLabelText("表名"), "工厂");
  expect(await screen.findByLabelText("第 2 行 人数（人）")).toBeTruthy();
  await user.click(screen.getByText("保存"));
  await waitFor(() => expect(entered).toHaveBeenCalled());
  const { name, rows } = entered.mock.calls[0]?.[0] as { name: string; rows: string[][] };
  expect(name).toBe("工厂");
  expect(rows.slice(0, 3).map((row) => row.slice(0, 2))).toEqual([
    ["编号", "人数（人）"],
    ["A1", "12"],
    ["A2", "8"],
  ]);
});

it("of an empty project begins at choosing files, so that Tab goes on from there", async () => {
  fakeBackend(nothing);
  renderPage(<DataPage />, { place: { stage: "data" } });
  const choose = await screen.findByRole("button", { name: "选择文件…" });
  await waitFor(() => expect(document.activeElement).toBe(choose));
  await user.tab();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "选择文件夹…" }));
});
