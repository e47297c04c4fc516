import { ImportOutlined } from "@ant-design/icons";
import { Button, Spin } from "antd";
import type { ReactNode } from "react";
import type { BackendError } from "../backend/error";
import { Empty } from "./Empty";
import { Failure } from "./Failure";
import { useNavigation } from "./navigation";

interface NotYetProps {
  error: BackendError | null;
  icon: ReactNode;
  /** What will stand here once there are data. */
  children: string;
  onRetry: () => void;
}

/** Stands in for a page that waits for its answer, has failed, or has no data to work on. */
export function NotYet({ error, icon, children, onRetry }: NotYetProps) {
  const { navigate } = useNavigation();
  if (error === null) {
    return (
      <div className="page-wait">
        <Spin />
      </div>
    );
  }
  if (error.code !== "no-data") return <Failure error={error} onRetry={onRetry} />;
  return (
    <Empty
      icon={icon}
      title="还没有数据"
      actions={
        <Button type="primary" icon={<ImportOutlined />} onClick={() => navigate({ stage: "data" })}>
          去导入数据
        </Button>
      }
    >
      {children}
    </Empty>
  );
}
