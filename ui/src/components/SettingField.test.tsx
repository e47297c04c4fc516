import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { SettingField } from "./SettingField";

it("shows its value again when what was typed changes nothing", async () => {
  const commit = vi.fn((text: string) => (text === "" ? (false as const) : undefined));
  render(<SettingField label="标题" value="套件的标题" onCommit={commit} />);
  const field = screen.getByLabelText<HTMLInputElement>("标题");
  await userEvent.clear(field);
  await userEvent.tab();
  expect(commit).toHaveBeenCalledWith("");
  expect(field.value).toBe("套件的标题");
  await userEvent.clear(field);
  await userEvent.type(field, "我的标题{Enter}");
  expect(commit).toHaveBeenLastCalledWith("我的标题");
});
