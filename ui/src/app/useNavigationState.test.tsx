import { act, renderHook, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import type { ProjectInfo } from "../backend/bindings/ProjectInfo";
import { fakeBackend } from "../backend/testing";
import { useNavigationState } from "./useNavigationState";

const project = (path: string, place: string | null = null) => ({ path, place }) as ProjectInfo;

let backend: ReturnType<typeof fakeBackend>;
beforeEach(() => {
  backend = fakeBackend({ set_place: () => null });
});

const shown = (first: ProjectInfo | null) =>
  renderHook(({ open }: { open: ProjectInfo | null }) => useNavigationState(open), { initialProps: { open: first } });

it("leads back to the place a project remembers", () => {
  const { result, rerender } = shown(null);
  expect(result.current.place).toEqual({ stage: "project" });
  rerender({ open: project("/a.yance", JSON.stringify({ stage: "compose", focus: "a/p" })) });
  expect(result.current.place).toEqual({ stage: "compose", focus: "a/p" });
  const leaving = { stage: "project", params: { start: "create" } } as const;
  act(() => result.current.navigate(leaving));
  expect(backend.calls).toEqual([]);
  rerender({ open: project("/c.yance", JSON.stringify(leaving)) });
  expect(result.current.place).toEqual({ stage: "project" });
  rerender({ open: project("/b.yance", "不是位置") });
  expect(result.current.place).toEqual({ stage: "project" });
});

it("begins a new project where its maker wished, whether the wish or the project comes first", async () => {
  const wishFirst = shown(null);
  act(() => wishFirst.result.current.navigate({ stage: "data" }, "/new.yance"));
  expect(wishFirst.result.current.place.stage).toBe("project");
  wishFirst.rerender({ open: project("/new.yance") });
  expect(wishFirst.result.current.place.stage).toBe("data");

  const projectFirst = shown(null);
  const early = projectFirst.result.current.navigate;
  projectFirst.rerender({ open: project("/new.yance") });
  act(() => early({ stage: "data" }, "/new.yance"));
  expect(projectFirst.result.current.place.stage).toBe("data");
  await waitFor(() => expect(backend.calls.at(-1)).toEqual({ name: "set_place", request: { place: '{"stage":"data"}' } }));
});
