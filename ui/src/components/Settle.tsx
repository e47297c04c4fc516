import { Button, Tooltip } from "antd";
import { useAct } from "../backend";
import type { SettleRequest } from "../backend/bindings/SettleRequest";
import { tell } from "./tell";
import { Writes } from "./writing";

interface SettleProps {
  cell: Omit<SettleRequest, "by">;
  /** Value the program suggests. */
  fix: string | null;
  /** Whether the value is used, so that it may be kept or left out. */
  keep: boolean;
}

const said = { suggested: "已采用建议", kept: "已按原值确认", missing: "已作缺失" } as const;

/** Decides about a doubted cell with one press; each can be undone. */
export function Settle({ cell, fix, keep }: SettleProps) {
  const settle = useAct("settle", { onSuccess: (_, { by }) => tell.done(`${said[by]}，可撤销。`) });
  if (fix === null && !keep) return null;
  const button = (by: SettleRequest["by"], words: string, hint: string) => (
    <Tooltip title={hint}>
      <Button size="small" loading={settle.isPending && settle.variables.by === by} disabled={settle.isPending} onClick={() => settle.mutate({ ...cell, by })}>
        {words}
      </Button>
    </Tooltip>
  );
  return (
    <Writes>
      <span className="settle" role="group" aria-label="处理这个单元格">
        {fix !== null && button("suggested", "采用建议", `改为 ${fix}`)}
        {keep && button("kept", "按原值", "已核实，原值无误")}
        {keep && button("missing", "作缺失", "无法核实，不计入")}
      </span>
    </Writes>
  );
}
