import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { asBackendError, makeQueryClient } from "../backend";
import { tell } from "../components/tell";
import "./app.css";
import { Frame } from "./Frame";
import { themeOf, useLook } from "./theme";

dayjs.locale("zh-cn");

window.addEventListener("error", (event) => tell.failure(asBackendError(event.error ?? event.message)));
window.addEventListener("unhandledrejection", (event) => tell.failure(asBackendError(event.reason)));
// A file dropped beside a target must not replace the page, and the web view's own menu has nothing to offer.
window.addEventListener("dragover", (event) => event.preventDefault());
window.addEventListener("drop", (event) => event.preventDefault());

const queries = makeQueryClient(tell.failure);

function Root() {
  const look = useLook();
  return (
    <ConfigProvider
      locale={zhCN}
      theme={themeOf(look)}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      form={{ requiredMark: false }}
    >
      <App style={{ height: "100%" }} notification={{ placement: "bottomRight" }} message={{ top: 52 }}>
        <Frame />
      </App>
    </ConfigProvider>
  );
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Root />
    </QueryClientProvider>
  </StrictMode>,
);
