import { MoreOutlined } from "@ant-design/icons";
import { memo, type ReactNode } from "react";
import type { Block } from "../../backend/bindings/Block";
import type { BlockState } from "../../backend/bindings/BlockState";
import { isInputMethod } from "../../components/keys";
import { ChartBody, TableBody } from "./Figures";
import { Inlines, type Marked, MarkedText } from "./Inlines";
import { TitleField } from "./TitleField";

export const stateNames: Record<BlockState, string> = { edited: "已改", stale: "需复核", own: "自写" };
export const blockNames: Record<Block["type"], string> = {
  paragraph: "段落",
  note: "说明框",
  list: "列表",
  table: "表格",
  chart: "图",
  remark: "附注",
};

interface BlockViewProps {
  block: Block;
  state?: BlockState | undefined;
  names: ReadonlyMap<string, string>;
  marked?: Marked | undefined;
  isCurrent: boolean;
  /** The editor, while the author is in this block. */
  editor?: ReactNode;
  onEnter: (id: string) => void;
  onMenu: (id: string, at: { x: number; y: number }) => void;
  onTitle: (id: string, title: string) => void;
}

/** One block of the document: text until it is entered. */
export const BlockView = memo(function BlockView(props: BlockViewProps) {
  const { block, state, names, marked, isCurrent, editor, onEnter, onMenu, onTitle } = props;
  const { id } = block;
  const counter = { n: 0 };
  const name = names.get(id);
  const label = `${name ?? blockNames[block.type]}${state ? `，${stateNames[state]}` : ""}`;

  const body = (): ReactNode => {
    switch (block.type) {
      case "paragraph":
        return editor ?? <p><Inlines content={block.content} names={names} marked={marked} counter={counter} />{block.content.length === 0 && <span className="quiet">（空段落）</span>}</p>;
      case "remark":
        return editor ?? <p className="remark"><Inlines content={block.content} names={names} marked={marked} counter={counter} /></p>;
      case "note":
        return (
          <div className="note">
            <TitleField label="说明框标题" value={block.title} onSave={(title) => onTitle(id, title)}>
              <strong><MarkedText text={block.title} marked={marked} counter={counter} /></strong>
            </TitleField>
            {editor ?? <p><Inlines content={block.content} names={names} marked={marked} counter={counter} /></p>}
          </div>
        );
      case "list": {
        const items = block.items.map((item, at) => (
          <li key={at}>
            <Inlines content={item} names={names} marked={marked} counter={counter} />
          </li>
        ));
        return editor ?? (block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>);
      }
      case "table":
      case "chart":
        return (
          <figure>
            <figcaption>
              <span className="figure-name">{name}</span>
              <TitleField label={block.type === "table" ? "表题" : "图题"} value={block.caption} onSave={(title) => onTitle(id, title)}>
                {block.caption ? <MarkedText text={block.caption} marked={marked} counter={counter} /> : <span className="quiet">（无题，点击填写）</span>}
              </TitleField>
            </figcaption>
            {block.type === "table" ? (
              <TableBody table={block} {...(marked && { marked, counter })} />
            ) : (
              <ChartBody chart={block} {...(marked && { marked, counter })} />
            )}
          </figure>
        );
    }
  };

  return (
    <div
      className={`block ${block.type}${isCurrent ? " current" : ""}${editor ? " open" : ""}${state ? ` ${state}` : ""}`}
      data-block={id}
      role="group"
      aria-label={label}
      tabIndex={editor ? -1 : 0}
      onClick={() => {
        // Selecting text to copy is no wish to edit.
        if (!editor && window.getSelection()?.isCollapsed !== false) onEnter(id);
      }}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget || isInputMethod(event)) return;
        if (event.key === "Enter") {
          event.preventDefault();
          onEnter(id);
        } else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) {
          event.preventDefault();
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          onMenu(id, { x: left, y: bottom });
        }
      }}
      onContextMenu={(event) => {
        if (editor) return;
        event.preventDefault();
        onMenu(id, { x: event.clientX, y: event.clientY });
      }}
    >
      {state && <span className={`block-state ${state}`}>{stateNames[state]}</span>}
      {body()}
      <button
        type="button"
        className="block-menu"
        aria-label={`${label}的操作`}
        aria-haspopup="menu"
        tabIndex={-1}
        onMouseDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.stopPropagation();
          const { right, bottom } = event.currentTarget.getBoundingClientRect();
          onMenu(id, { x: right - 160, y: bottom });
        }}
      >
        <MoreOutlined />
      </button>
    </div>
  );
});
