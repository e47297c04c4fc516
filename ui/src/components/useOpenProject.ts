import { type BackendError, host, useAct } from "../backend";
import { tell } from "./tell";

/** Tells why a project was not opened. One that another window shows is shown there; then the answer is `false`. */
export async function tellUnopened(error: BackendError, path: string, retry: () => void): Promise<boolean> {
  if (error.code !== "in-use") tell.failure(error);
  else if (await host.showElsewhere(path).catch(() => false)) {
    tell.done("这个工程已在另一个窗口中打开，已切换到那里。");
    return false;
  } else tell.failure(error, { label: "重试", perform: retry });
  return true;
}

/** Opens a project in place of the one before. */
export function useOpenProject() {
  const act = useAct("open_project", {
    onError: (error, { path }) => void tellUnopened(error, path, () => act.mutate({ path })),
  });
  return act;
}
