import { ConfigProvider } from "antd";
import { createContext, type ReactNode, useContext } from "react";

/** Whether what the author does can be stored; the frame says so for the open project. */
export const WritableContext = createContext(true);

/** False while the open project is read-only: what writes to it stands still, what only shows goes on. */
export const useIsWritable = () => useContext(WritableContext);

/** Why something that would write stands still. */
export const readOnlyWords = "工程是只读的，改动存不进去；要修改，请先用上方的“另存为…”存到能写入的位置。";

/**
 * Controls that write to the project. While it is read-only they all stand still and say why: the fieldset stops those
 * of the page itself and those with a state of their own, the provider those that antd draws, also in pop-ups.
 */
export function Writes({ children }: { children: ReactNode }) {
  const isWritable = useIsWritable();
  return (
    <fieldset className="writes" disabled={!isWritable} title={isWritable ? undefined : readOnlyWords}>
      <ConfigProvider componentDisabled={!isWritable}>{children}</ConfigProvider>
    </fieldset>
  );
}
