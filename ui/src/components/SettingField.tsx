import { Input } from "antd";
import { isInputMethod } from "./keys";
import { useEffect, useRef, useState } from "react";
import { readOnlyWords, useIsWritable } from "./writing";

interface SettingFieldProps {
  id?: string;
  label: string;
  value: string;
  placeholder?: string;
  rows?: number;
  /**
   * Called when the author has finished with another value: on Enter or when leaving the field. `false` says that it
   * changes nothing: the field shows its value again.
   */
  onCommit: (value: string) => void | false;
}

/**
 * A line that is saved when left. While it has the focus nothing from outside replaces what is being typed; else it
 * shows the value as it is, also after undo.
 */
export function SettingField({ id, label, value, placeholder, rows, onCommit }: SettingFieldProps) {
  const isWritable = useIsWritable();
  const [text, setText] = useState(value);
  const isFocused = useRef(false);
  useEffect(() => {
    if (!isFocused.current) setText(value);
  }, [value]);
  const commit = () => {
    if (text.trim() !== value.trim() && onCommit(text.trim()) === false) setText(value);
  };
  const shared = {
    ...(id !== undefined && { id }),
    "aria-label": label,
    value: text,
    ...(!isWritable && { readOnly: true, title: readOnlyWords }),
    ...(placeholder !== undefined && { placeholder }),
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    onFocus: () => {
      isFocused.current = true;
    },
    onBlur: () => {
      isFocused.current = false;
      commit();
    },
  };
  return rows === undefined ? (
    <Input
      {...shared}
      onPressEnter={(event) => {
        if (!isInputMethod(event)) commit();
      }}
    />
  ) : (
    <Input.TextArea {...shared} autoSize={{ minRows: rows, maxRows: 10 }} />
  );
}
