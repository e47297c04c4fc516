import { FolderOpenOutlined } from "@ant-design/icons";
import { Button, Input, Space } from "antd";

interface PathFieldProps {
  /** Name for those who do not see the field. */
  label: string;
  value: string;
  onChange: (path: string) => void;
  /** Asks the system's dialog; `null` when nothing was picked. */
  browse: () => Promise<string | null>;
  placeholder?: string;
  id?: string;
}

/** A path that can be typed, pasted, or picked with 浏览…. */
export function PathField({ label, value, onChange, browse, placeholder, id }: PathFieldProps) {
  return (
    <Space.Compact block>
      <Input
        {...(id !== undefined && { id })}
        aria-label={label}
        value={value}
        placeholder={placeholder ?? "文件夹或文件的完整路径"}
        onChange={(event) => onChange(event.target.value)}
        spellCheck={false}
      />
      <Button
        icon={<FolderOpenOutlined />}
        onClick={() =>
          void browse().then((path) => {
            if (path !== null) onChange(path);
          })
        }
      >
        浏览…
      </Button>
    </Space.Compact>
  );
}
