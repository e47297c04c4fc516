import { Tooltip } from "antd";
import { useNavigation } from "./navigation";

interface FactLinkProps {
  fact: string;
  children: string;
  /** Number of rows behind it; without rows it is plain text. */
  rows?: number | null;
}

/** A number that leads to the records it was computed from. */
export function FactLink({ fact, children, rows }: FactLinkProps) {
  const { navigate } = useNavigation();
  if (rows === null) return <span className="num">{children}</span>;
  return (
    <Tooltip title={rows === undefined ? "查看对应的记录" : `查看对应的 ${rows} 条记录`} mouseEnterDelay={0.5}>
      <button type="button" className="fact-link num" onClick={() => navigate({ stage: "data", focus: fact })}>
        {children}
      </button>
    </Tooltip>
  );
}
