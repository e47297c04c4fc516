import { QueryClientProvider } from "@tanstack/react-query";
import { render, type RenderResult } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import type { ReactElement } from "react";
import { makeQueryClient } from "../../backend/queries";
import { HandlersProvider } from "../handlers";
import { type Navigation, NavigationContext } from "../navigation";
import { tell, Teller } from "../tell";
import { WritableContext } from "../writing";

/** Renders a page as the frame would, over the backend put in place with `fakeBackend`. */
export function renderPage(
  page: ReactElement,
  navigation: Partial<Navigation> = {},
  { isWritable = true }: { isWritable?: boolean } = {},
): RenderResult {
  const value: Navigation = { place: { stage: "project" }, moves: 0, navigate: () => {}, ...navigation };
  return render(
    <ConfigProvider locale={zhCN} button={{ autoInsertSpace: false }} wave={{ disabled: true }}>
      <App>
        <QueryClientProvider client={makeQueryClient(tell.failure)}>
          <NavigationContext value={value}>
            <WritableContext value={isWritable}>
              <HandlersProvider>{page}</HandlersProvider>
            </WritableContext>
          </NavigationContext>
        </QueryClientProvider>
        <Teller />
      </App>
    </ConfigProvider>,
  );
}
