import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Button } from "antd";
import { expect, it, vi } from "vitest";
import { fakeBackend } from "../backend/testing";
import { SettingField } from "./SettingField";
import { renderPage } from "./testing/render";
import { Writes } from "./writing";

function open(isWritable: boolean) {
  const act = vi.fn();
  const commit = vi.fn();
  fakeBackend({});
  renderPage(
    <>
      <Writes>
        <Button disabled={false} onClick={act}>
          接受
        </Button>
      </Writes>
      <SettingField label="标题" value="现状" onCommit={commit} />
    </>,
    {},
    { isWritable },
  );
  return { act, commit };
}

it("lets nothing be written to a read-only project, also by controls with a state of their own", async () => {
  const { act, commit } = open(false);
  await userEvent.click(screen.getByRole("button", { name: "接受" }));
  expect(act).not.toHaveBeenCalled();
  expect(screen.getByRole("group", { name: /只读/ })).toBeTruthy();
  const field = screen.getByLabelText<HTMLInputElement>("标题");
  expect(field.readOnly).toBe(true);
  await userEvent.type(field, "问题{Enter}");
  expect(field.value).toBe("现状");
  expect(commit).not.toHaveBeenCalled();
});

it("stands in the way of nothing otherwise", async () => {
  const { act, commit } = open(true);
  await userEvent.click(screen.getByRole("button", { name: "接受" }));
  expect(act).toHaveBeenCalledOnce();
  fireEvent.change(screen.getByLabelText("标题"), { target: { value: "问题" } });
  fireEvent.blur(screen.getByLabelText("标题"));
  expect(commit).toHaveBeenCalledWith("问题");
});
