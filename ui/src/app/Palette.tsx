import { Input } from "antd";
import { Fragment, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { ProjectInfo } from "../backend/bindings/ProjectInfo";
import { Dialog } from "../components/Dialog";
import { isInputMethod, showShortcut } from "../components/keys";
import { useNavigation } from "../components/navigation";
import type { Action } from "./actions";
import { type Hit, useSearch } from "./search";

interface PaletteProps {
  open: boolean;
  actions: Action[];
  project: ProjectInfo | null;
  onClose: () => void;
}

/** The search of the frame: type a few words, Enter does the act or goes to the place. */
export function Palette({ open, ...rest }: PaletteProps) {
  return (
    <Dialog
      open={open}
      onCancel={rest.onClose}
      footer={null}
      closable={false}
      width={620}
      style={{ top: 72 }}
      title={null}
      transitionName=""
      maskTransitionName=""
      aria-label="搜索"
    >
      <PaletteBody {...rest} />
    </Dialog>
  );
}

const label = "搜索操作、指标、问题、对策、正文和设置";

function PaletteBody({ actions, project, onClose }: Omit<PaletteProps, "open">) {
  const { navigate } = useNavigation();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = useSearch(actions, project, words);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [at, found]);

  const choose = ({ act, place }: Hit) => {
    if (act && !act.enabled) return;
    onClose();
    act?.perform();
    if (place) navigate(place);
  };

  const press = (event: KeyboardEvent) => {
    if (isInputMethod(event)) return;
    const hit = found[at];
    if (event.key === "ArrowDown") setAt((at) => Math.min(at + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt((at) => Math.max(at - 1, 0));
    else if (event.key === "Enter" && hit) choose(hit);
    else return;
    event.preventDefault();
  };

  return (
    <div onKeyDown={press}>
      <Input
        value={words}
        placeholder={label}
        aria-label={label}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={found[at] && `palette-${at}`}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
      />
      <div className="palette-list" id="palette-list" role="listbox" aria-label="找到的" ref={list}>
        {found.map((hit, index) => (
          <Fragment key={`${hit.kind} ${hit.key}`}>
            {words.trim() !== "" && hit.kind !== found[index - 1]?.kind && (
              <div className="palette-kind" aria-hidden="true">
                {hit.kind}
              </div>
            )}
            <button
              type="button"
              role="option"
              id={`palette-${index}`}
              tabIndex={-1}
              className="palette-entry"
              aria-selected={index === at}
              aria-disabled={hit.act?.enabled === false}
              onMouseMove={() => setAt(index)}
              onClick={() => choose(hit)}
            >
              {hit.act?.icon}
              <span className="palette-label">{hit.label}</span>
              {hit.note && <span className="palette-note">{hit.note}</span>}
              {hit.act?.shortcuts[0] && <kbd>{showShortcut(hit.act.shortcuts[0])}</kbd>}
            </button>
          </Fragment>
        ))}
        {found.length === 0 && <p className="palette-none quiet">没有找到“{words.trim()}”。换个说法，或少写几个字。</p>}
      </div>
    </div>
  );
}
