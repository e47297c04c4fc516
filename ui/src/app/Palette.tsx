import { Input } from "antd";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { Dialog } from "../components/Dialog";
import { isInputMethod, showShortcut } from "../components/keys";
import type { Action } from "./actions";

interface PaletteProps {
  open: boolean;
  actions: Action[];
  onClose: () => void;
}

/** The search of the frame: type a few characters of an act or a stage, Enter does it. */
export function Palette({ open, actions, onClose }: PaletteProps) {
  return (
    <Dialog
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={520}
      style={{ top: 72 }}
      title={null}
      transitionName=""
      maskTransitionName=""
      aria-label="搜索"
    >
      <PaletteBody actions={actions} onClose={onClose} />
    </Dialog>
  );
}

function PaletteBody({ actions, onClose }: Omit<PaletteProps, "open">) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);

  const found = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    return wanted === "" ? actions : actions.filter((action) => action.label.toLowerCase().includes(wanted));
  }, [actions, words]);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at, found]);

  const choose = (action: Action | undefined) => {
    if (!action?.enabled) return;
    onClose();
    action.perform();
  };

  const press = (event: KeyboardEvent) => {
    if (isInputMethod(event)) return;
    if (event.key === "ArrowDown") setAt((at) => Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt((at) => Math.max(at - 1, 0));
    else if (event.key === "Enter") choose(found[at]);
    else return;
    event.preventDefault();
  };

  return (
    <div onKeyDown={press}>
      <Input
        value={words}
        placeholder="搜索操作与页面"
        aria-label="搜索操作与页面"
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
      />
      <div className="palette-list" id="palette-list" role="listbox" ref={list}>
        {found.map((action, index) => (
          <button
            type="button"
            key={action.id}
            role="option"
            tabIndex={-1}
            className="palette-entry"
            aria-selected={index === at}
            aria-disabled={!action.enabled}
            onMouseMove={() => setAt(index)}
            onClick={() => choose(action)}
          >
            {action.icon}
            <span>{action.label}</span>
            {action.shortcuts[0] && <kbd>{showShortcut(action.shortcuts[0])}</kbd>}
          </button>
        ))}
        {found.length === 0 && <p className="quiet" style={{ padding: 10 }}>没有名称含“{words.trim()}”的操作。</p>}
      </div>
    </div>
  );
}
