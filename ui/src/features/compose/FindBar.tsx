import { CloseOutlined, DownOutlined, UpOutlined } from "@ant-design/icons";
import { isInputMethod } from "../../components/keys";
import { Button, Input, type InputRef } from "antd";
import { type KeyboardEvent, useEffect, useRef } from "react";

interface FindBarProps {
  words: string;
  onWords: (words: string) => void;
  by: string;
  onBy: (by: string) => void;
  /** With the line for replacing. */
  replacing: boolean;
  /** Brings that line; `null` where nothing can be replaced. */
  onReplacing: (() => void) | null;
  /** Grows when the bar is asked for again. */
  asked: number;
  total: number;
  /** From 1; 0 when there is none. */
  current: number;
  isBusy: boolean;
  /** Whether the present place stands in what the program draws, and whether all do. */
  isFixed: boolean;
  areAllFixed: boolean;
  onStep: (direction: 1 | -1) => void;
  onReplaceOne: () => void;
  onReplaceAll: () => void;
  onClose: () => void;
}

/** Find and replace over the whole document; numbers are never touched. */
export function FindBar(props: FindBarProps) {
  const { words, by, replacing, asked, total, current, isBusy, onStep, onClose } = props;
  const field = useRef<InputRef>(null);
  useEffect(() => field.current?.focus({ cursor: "all" }), [asked]);
  const press = (event: KeyboardEvent, enter: () => void) => {
    if (isInputMethod(event)) return;
    if (event.key === "Enter") enter();
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="find-bar" role="search" aria-label="查找和替换">
      <Input
        ref={field}
        size="small"
        aria-label="查找"
        placeholder="查找"
        value={words}
        onChange={(event) => props.onWords(event.target.value)}
        onKeyDown={(event) => press(event, () => onStep(event.shiftKey ? -1 : 1))}
        suffix={<span className="quiet num">{words === "" ? "" : total === 0 ? "没有" : `${current}/${total}`}</span>}
      />
      <Button size="small" type="text" icon={<UpOutlined />} aria-label="上一个" disabled={total === 0} onClick={() => onStep(-1)} />
      <Button size="small" type="text" icon={<DownOutlined />} aria-label="下一个" disabled={total === 0} onClick={() => onStep(1)} />
      {!replacing && props.onReplacing && (
        <Button size="small" type="text" onClick={props.onReplacing}>
          替换…
        </Button>
      )}
      {replacing && (
        <>
          <Input
            size="small"
            aria-label="替换为"
            placeholder="替换为"
            value={by}
            onChange={(event) => props.onBy(event.target.value)}
            onKeyDown={(event) => press(event, props.onReplaceOne)}
          />
          <Button
            size="small"
            disabled={total === 0 || isBusy || props.isFixed}
            title={props.isFixed ? "这一处在程序生成的图表里，随数据更新，不能替换" : undefined}
            onClick={props.onReplaceOne}
          >
            替换
          </Button>
          <Button size="small" disabled={total === 0 || isBusy || props.areAllFixed} onClick={props.onReplaceAll}>
            全部替换
          </Button>
        </>
      )}
      {replacing && props.isFixed && <span className="quiet find-fixed">在生成的图表里，不替换</span>}
      <Button size="small" type="text" icon={<CloseOutlined />} aria-label="关闭查找" onClick={onClose} />
    </div>
  );
}
