import { CopyOutlined } from "@ant-design/icons";
import { Alert, Button, Space } from "antd";
import type { BackendError } from "../backend/error";
import { copyText } from "./copy";
import { wordsOf } from "./tell";

/** A failure in the place where its answer would stand. */
export function Failure({ error, onRetry }: { error: BackendError; onRetry?: () => void }) {
  return (
    <Alert
      type="error"
      showIcon
      title={error.message}
      description={error.detail.length > 0 && <pre className="detail">{error.detail.join("\n")}</pre>}
      action={
        <Space orientation="vertical">
          {onRetry && (
            <Button size="small" onClick={onRetry}>
              重试
            </Button>
          )}
          <Button size="small" type="text" icon={<CopyOutlined />} onClick={() => void copyText(wordsOf(error))}>
            复制
          </Button>
        </Space>
      }
    />
  );
}
