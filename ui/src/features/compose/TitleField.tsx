import { Input } from "antd";
import { isInputMethod } from "../../components/keys";
import { useIsWritable } from "../../components/writing";
import { type ReactNode, useState } from "react";

interface TitleFieldProps {
  label: string;
  value: string;
  children: ReactNode;
  onSave: (value: string) => void;
}

/** A title that becomes a field when clicked. Enter or leaving saves, Esc leaves it as it was. */
export function TitleField({ label, value, children, onSave }: TitleFieldProps) {
  const isWritable = useIsWritable();
  const [text, setText] = useState<string | null>(null);
  if (!isWritable) return <span>{children}</span>;
  if (text === null)
    return (
      <span
        className="title-field"
        role="button"
        tabIndex={0}
        aria-label={`${label}：${value}`}
        title="点击修改"
        onClick={(event) => {
          event.stopPropagation();
          setText(value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || isInputMethod(event)) return;
          event.preventDefault();
          event.stopPropagation();
          setText(value);
        }}
      >
        {children}
      </span>
    );
  const finish = (save: boolean) => {
    setText(null);
    if (save && text.trim() !== value) onSave(text.trim());
  };
  return (
    <Input
      className="title-input"
      autoFocus
      aria-label={label}
      value={text}
      spellCheck={false}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (isInputMethod(event)) return;
        event.stopPropagation();
        if (event.key === "Enter") finish(true);
        else if (event.key === "Escape") finish(false);
      }}
    />
  );
}
