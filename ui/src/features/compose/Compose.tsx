import { BoldOutlined, CloseOutlined, LinkOutlined, NumberOutlined, SearchOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Badge, Button, Dropdown, type MenuProps, Switch, Tooltip } from "antd";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { keyOf, useAct } from "../../backend";
import type { DocumentView } from "../../backend/bindings/DocumentView";
import type { Inline } from "../../backend/bindings/Inline";
import type { OwnBlock } from "../../backend/bindings/OwnBlock";
import { useHandle } from "../../components/handlers";
import { isInputMethod } from "../../components/keys";
import { useNavigation } from "../../components/navigation";
import { Page } from "../../components/Page";
import { tell } from "../../components/tell";
import { useIsWritable, Writes } from "../../components/writing";
import { BlockView, blockNames } from "./BlockView";
import { CoverForm } from "./CoverForm";
import type { EditorHandle } from "./editor";
import { FactCard } from "./FactCard";
import { FactSearch } from "./FactSearch";
import { emptyFigure, type Figure, FigureDialog } from "./FigureDialog";
import { chartNames, kindsFor } from "./Figures";
import { FindBar } from "./FindBar";
import { findAll, replaceOne } from "./find";
import { FootnoteDialog } from "./FootnoteDialog";
import { wordsOf } from "./inline";
import { MarkedText } from "./Inlines";
import { Outline } from "./Outline";
import { entriesOf, namesOf, numberOf, placeBeside, type Row, rowsOf } from "./outline";
import { itemsOf, withText } from "./patch";
import { PlainEditor } from "./PlainEditor";
import { Reviews } from "./Reviews";
import { RichEditor } from "./RichEditor";
import { TitleField } from "./TitleField";

const plainKey = "compose-plain";

type Panel = "reviews" | "gaps" | "cover" | null;
const panelTitles = { reviews: "需复核", gaps: "待补", cover: "封面与基本信息" };

/** Outline, the text as a page, and the panels beside it. */
export function Compose({ view }: { view: DocumentView }) {
  const { place, moves, navigate } = useNavigation();
  const { modal } = App.useApp();
  const queries = useQueryClient();
  const isWritable = useIsWritable();
  const edit = useAct("edit");
  const saveText = useAct("edit").mutateAsync;
  const insert = useAct("insert");
  const split = useAct("split").mutateAsync;
  const remove = useAct("remove");
  const revert = useAct("revert");
  const move = useAct("move_block");
  const replaceAll = useAct("replace_text", {
    onSuccess: (n) => tell.done(n > 0 ? `已替换 ${n} 处，可撤销。` : "没有找到可替换的文字。"),
  });

  const [open, setOpen] = useState<{ id: string; visit: string } | null>(null);
  const [isPlain, setPlain] = useState(() => localStorage.getItem(plainKey) === "on");
  const [panel, setPanel] = useState<Panel>(null);
  const [menu, setMenu] = useState<{ id: string; x: number; y: number } | null>(null);
  const [figure, setFigure] = useState<{ figure: Figure; after: string | null; id: string | null } | null>(null);
  const [isPicking, setPicking] = useState(false);
  const [note, setNote] = useState<{ content: Inline[]; save: (content: Inline[]) => void } | null>(null);
  const [find, setFind] = useState<{ replacing: boolean; asked: number } | null>(null);
  const [words, setWords] = useState("");
  const [by, setBy] = useState("");
  const [at, setAt] = useState(0);
  const column = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorHandle | null>(null);
  const visits = useRef(0);
  const ownMoves = useRef(new Set<number>());

  const { document, states, reviews, own, gaps } = view;
  const rows = useMemo(() => rowsOf({ document, hidden: view.hidden }), [document, view.hidden]);
  const names = useMemo(() => namesOf(document), [document]);
  const entries = useMemo(() => entriesOf(rows, states), [rows, states]);
  const latest = useRef({ rows, names, moves });
  useEffect(() => {
    latest.current = { rows, names, moves };
  });
  const nameOf = useCallback((target: string) => latest.current.names.get(target) ?? "", []);

  const titleOf = (id: string): string => {
    const row = rows.find((row) => row.id === id);
    if (row?.kind === "heading") return numberOf(row) + row.title;
    if (row?.kind !== "block") return id.startsWith("own/") ? "自写段块" : "已不再生成的一处";
    const { block } = row;
    if (block.type === "table" || block.type === "chart") return `${names.get(id) ?? ""} ${block.caption}`;
    const text = wordsOf(itemsOf(block)?.[0] ?? [], nameOf);
    return text === "" ? blockNames[block.type] : text.length > 24 ? `${text.slice(0, 24)}…` : text;
  };

  const elementOf = (id: string) => column.current?.querySelector<HTMLElement>(`[data-block=${JSON.stringify(id)}]`) ?? null;
  const show = useCallback((id: string, block: ScrollLogicalPosition = "center") => {
    elementOf(id)?.scrollIntoView({ block });
  }, []);

  // The pages beside follow the block that is looked at.
  const look = useCallback(
    (id: string) => {
      ownMoves.current.add(latest.current.moves + 1);
      navigate({ stage: "compose", focus: id });
    },
    [navigate],
  );
  useEffect(() => {
    const { focus } = place;
    if (place.stage !== "compose" || focus === undefined || ownMoves.current.delete(moves)) return;
    show(focus, "center");
    elementOf(focus)?.focus({ preventScroll: true });
  }, [place, moves, show]);

  const enter = useCallback(
    (id: string) => {
      const row = latest.current.rows.find((row) => row.id === id);
      if (isWritable && row?.kind === "block" && itemsOf(row.block)) {
        visits.current += 1;
        setOpen({ id, visit: `${Date.now()}-${visits.current}` });
      } else setOpen(null);
      look(id);
    },
    [look, isWritable],
  );
  const leave = useCallback(
    (id: string, next: boolean) => {
      const { rows } = latest.current;
      const here = rows.findIndex((row) => row.id === id);
      const following = rows.slice(here + 1).find((row) => row.kind === "block" && itemsOf(row.block));
      if (next && following) enter(following.id);
      else {
        setOpen(null);
        // The block's own element is there again once the editor is gone.
        requestAnimationFrame(() => elementOf(id)?.focus({ preventScroll: true }));
      }
    },
    [enter],
  );

  // A paragraph of the author's own that was left empty would print as a gap.
  const before = useRef<string | null>(null);
  useEffect(() => {
    const left = before.current;
    before.current = open?.id ?? null;
    if (left === null || left === open?.id) return;
    const row = latest.current.rows.find((row) => row.id === left);
    const items = row?.kind === "block" && left.startsWith("own/") ? itemsOf(row.block) : null;
    if (items?.every((item) => item.length === 0)) remove.mutate({ target: left });
  }, [open]);

  // Keeps the caret's block in view and opens a block that was just inserted, as soon as it is there.
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null || !rows.some((row) => row.id === wanted)) return;
    setWanted(null);
    enter(wanted);
    requestAnimationFrame(() => show(wanted, "nearest"));
  }, [wanted, rows, enter, show]);

  const addBlock = (after: string, block: OwnBlock) =>
    insert.mutate(
      { after, block },
      {
        onSuccess: (id) => setWanted(id),
      },
    );
  const onTitle = useCallback(
    (id: string, value: string) => edit.mutate({ target: id, change: { aspect: "title", value } }),
    [edit.mutate],
  );
  const onMenu = useCallback((id: string, { x, y }: { x: number; y: number }) => setMenu({ id, x, y }), []);

  // ------------------------------------------------------------ finding
  const matches = useMemo(() => (find ? findAll(rows, words, own) : []), [rows, words, own, find !== null]);
  const fixed = matches.filter((one) => one.isFixed).length;
  const current = matches.length === 0 ? -1 : Math.min(at, matches.length - 1);
  const match = matches[current];
  useEffect(() => {
    if (match) show(match.id, "center");
  }, [match?.id, match?.nth, show]);
  const ask = (replacing: boolean) => {
    editor.current?.flush();
    setOpen(null);
    setFind((before) => ({ replacing: replacing && isWritable, asked: (before?.asked ?? 0) + 1 }));
  };
  useHandle("find", () => ask(false));
  useHandle("replace", () => ask(true));
  const stepTo = (direction: 1 | -1) =>
    matches.length > 0 && setAt((((current + direction) % matches.length) + matches.length) % matches.length);
  const replaceNow = () => {
    const change = match && replaceOne(rows, match, words, by, own);
    if (match && change) edit.mutate({ target: match.id, change });
  };
  const found = useMemo(() => new Set(matches.map((match) => match.id)), [matches]);
  const markedOf = (id: string) =>
    find && words !== "" && found.has(id) ? { words, current: match?.id === id ? match.nth : -1 } : undefined;

  // ------------------------------------------------------------ menu of a block
  const menuItems = (id: string): NonNullable<MenuProps["items"]> => {
    if (!isWritable) return [{ key: "read-only", label: "工程是只读的，不能修改", disabled: true }];
    const row = rows.find((row) => row.id === id);
    const state = states[id];
    const ownBlock = own[id]?.block;
    const block = row?.kind === "block" ? row.block : null;
    const items: NonNullable<MenuProps["items"]> = [];
    const act = (key: string, label: ReactNode, perform: () => void, danger = false) =>
      items.push({ key, label, danger, onClick: perform });
    if (block && itemsOf(block)) act("edit", "编辑文字", () => enter(id));
    if (ownBlock && (ownBlock.type === "table" || ownBlock.type === "chart" || ownBlock.type === "drawing"))
      act("figure", ownBlock.type === "table" ? "编辑表格…" : ownBlock.type === "chart" ? "编辑图…" : "编辑指标图表…", () =>
        setFigure({ figure: ownBlock, after: null, id }),
      );
    if (state === "stale") act("review", "查看复核", () => setPanel("reviews"));
    if (state && !ownBlock) act("revert", "恢复为生成的文字", () => revert.mutate({ target: id }));
    if (block?.type === "chart" && !ownBlock && kindsFor(block).length > 1)
      items.push({
        key: "form",
        label: "更换图形",
        children: kindsFor(block).map((kind) => ({
          key: `form-${kind}`,
          label: chartNames[kind],
          disabled: kind === block.kind,
          onClick: () => edit.mutate({ target: id, change: { aspect: "form", value: kind } }),
        })),
      });
    items.push({
      key: "insert",
      label: row?.kind === "heading" ? "在本节开头插入" : "在其后插入",
      children: [
        { key: "in-p", label: "段落", onClick: () => addBlock(id, { type: "paragraph", content: [] }) },
        { key: "in-l", label: "列表", onClick: () => addBlock(id, { type: "list", ordered: true, items: [[]] }) },
        { key: "in-t", label: "表格…", onClick: () => setFigure({ figure: emptyFigure.table(), after: id, id: null }) },
        { key: "in-c", label: "图…", onClick: () => setFigure({ figure: emptyFigure.chart(), after: id, id: null }) },
        { key: "in-d", label: "指标图表…", onClick: () => setFigure({ figure: emptyFigure.drawing(null), after: id, id: null }) },
      ],
    });
    if (ownBlock) {
      items.push({ type: "divider" });
      for (const [label, direction] of [["上移", -1], ["下移", 1]] as const) {
        const after = placeBeside(rows, id, direction);
        items.push({
          key: label,
          label,
          disabled: after === null,
          onClick: () => after !== null && move.mutate({ target: id, after }, { onSuccess: () => requestAnimationFrame(() => show(id, "nearest")) }),
        });
      }
      act("delete", "删除", () => remove.mutate({ target: id }), true);
    } else if (id !== "summary") {
      items.push({ type: "divider" });
      act("hide", row?.kind === "heading" ? "整节不放入报告" : "不放入报告", () => {
        setOpen(null);
        remove.mutate({ target: id });
      });
    }
    return items;
  };

  // The menu goes at once: keys go on working at what it was about, and a dialog leads back there.
  const closeMenu = () => {
    if (menu) elementOf(menu.id)?.focus({ preventScroll: true });
    setMenu(null);
  };

  // ------------------------------------------------------------ the text
  const references = useMemo<NonNullable<MenuProps["items"]>>(
    () => [...names].filter(([, name]) => name !== "").map(([target, name]) => {
      const row = rows.find((row) => row.id === target);
      const title = row?.kind === "block" && (row.block.type === "table" || row.block.type === "chart") ? row.block.caption : row?.kind === "heading" ? row.title : "";
      return { key: target, label: `${name}　${title}` };
    }),
    [names, rows],
  );

  const editorOf = (row: Extract<Row, { kind: "block" }>): ReactNode => {
    const items = itemsOf(row.block);
    if (!open || open.id !== row.id || !items) return undefined;
    const { id, visit } = open;
    const isList = row.block.type === "list";
    const Editor = isPlain ? PlainEditor : RichEditor;
    return (
      <Editor
        key={`${visit}${isPlain}`}
        label={`编辑${blockNames[row.block.type]}`}
        items={items}
        isList={isList}
        nameOf={nameOf}
        onSave={(items) => {
          queries.setQueryData<DocumentView>(keyOf("document", null), (view) => view && withText(view, id, items));
          const change = isList
            ? ({ aspect: "items", value: items } as const)
            : ({ aspect: "content", value: items[0] ?? [] } as const);
          return saveText({ target: id, change, visit });
        }}
        onLeave={(next) => leave(id, next)}
        onSplit={(content, rest) => split({ target: id, content, rest }).then(setWanted)}
        onInsertNumber={() => setPicking(true)}
        onFootnote={(content, save) => setNote({ content, save })}
        handle={(handle) => {
          editor.current = handle;
        }}
      />
    );
  };

  const setPlainMode = (on: boolean) => {
    editor.current?.flush();
    localStorage.setItem(plainKey, on ? "on" : "off");
    setPlain(on);
  };

  const keepFocus = (event: { preventDefault(): void }) => event.preventDefault();
  const tool = (label: string, icon: ReactNode, perform: () => void, key?: string) => (
    <Tooltip title={key ? `${label}（${key}）` : label} mouseEnterDelay={0.4}>
      <Button size="small" type="text" icon={icon} aria-label={label} disabled={!open} onMouseDown={keepFocus} onClick={perform} />
    </Tooltip>
  );

  /** The records behind a number, from where one finds back to the block it stands in. */
  const goToRows = (fact: string, chip: Element | null) => {
    const back = chip?.closest<HTMLElement>("[data-block]")?.dataset.block;
    navigate({ stage: "data", focus: fact, params: { fact, ...(back !== undefined && { back }) } });
  };
  const edited = Object.values(states).filter((state) => state === "edited").length;
  const owns = Object.values(states).filter((state) => state === "own").length;
  const goFromPanel = (id: string) => {
    show(id);
    look(id);
  };

  return (
    <Page
      flush
      title="成文"
      note={
        <span className="num">
          已改 {edited}　自写 {owns}
        </span>
      }
      actions={
        <>
          <Badge count={reviews.length} size="small" offset={[-4, 2]}>
            <Button size="small" aria-expanded={panel === "reviews"} onClick={() => setPanel(panel === "reviews" ? null : "reviews")}>需复核</Button>
          </Badge>
          <Badge count={gaps.length} size="small" offset={[-4, 2]} color="#b8860b">
            <Button size="small" aria-expanded={panel === "gaps"} onClick={() => setPanel(panel === "gaps" ? null : "gaps")}>待补</Button>
          </Badge>
          <Button size="small" aria-expanded={panel === "cover"} onClick={() => setPanel(panel === "cover" ? null : "cover")}>封面与基本信息</Button>
        </>
      }
    >
      <div className="compose">
        <Outline
          entries={entries}
          current={place.focus === undefined ? null : (entries.find((entry) => entry.id === place.focus)?.id ?? sectionOf(rows, place.focus))}
          onGo={(id) => {
            show(id, "start");
            look(id);
          }}
        />
        <div className="compose-main">
          <div className="compose-tools" role="toolbar" aria-label="编辑工具">
            <Button size="small" type="text" icon={<NumberOutlined />} disabled={!open} onMouseDown={keepFocus} onClick={() => setPicking(true)} title="Ctrl+/">
              插入数字
            </Button>
            <Dropdown
              trigger={["click"]}
              disabled={!open}
              menu={{
                className: "reference-menu",
                items: references,
                onClick: ({ key }) => editor.current?.insert([{ t: "ref", target: key }]),
              }}
            >
              <Button size="small" type="text" icon={<LinkOutlined />} disabled={!open} onMouseDown={keepFocus}>
                引用
              </Button>
            </Dropdown>
            <Button
              size="small"
              type="text"
              disabled={!open}
              onMouseDown={keepFocus}
              onClick={() =>
                setNote({
                  content: [],
                  save: (content) => content.length > 0 && editor.current?.insert([{ t: "footnote", content }]),
                })
              }
            >
              脚注
            </Button>
            {tool("加粗", <BoldOutlined />, () => editor.current?.toggleStrong(), "Ctrl+B")}
            <span className="compose-space" />
            <Tooltip title="查找和替换（Ctrl+F、Ctrl+H）" mouseEnterDelay={0.4}>
              <Button size="small" type="text" icon={<SearchOutlined />} aria-label="查找和替换" onClick={() => ask(true)} />
            </Tooltip>
            <label className="compose-plain" title="输入法在编辑框里出错时改用：数字显示为〔〕标记">
              <Switch size="small" checked={isPlain} onChange={setPlainMode} aria-label="纯文本模式" /> 纯文本模式
            </label>
          </div>
          {find && (
            <FindBar
              words={words}
              onWords={(words) => {
                setWords(words);
                setAt(0);
              }}
              by={by}
              onBy={setBy}
              replacing={find.replacing}
              onReplacing={isWritable ? () => ask(true) : null}
              asked={find.asked}
              total={matches.length}
              current={current + 1}
              isBusy={edit.isPending || replaceAll.isPending}
              isFixed={match?.isFixed ?? false}
              areAllFixed={fixed === matches.length}
              onStep={stepTo}
              onReplaceOne={replaceNow}
              onReplaceAll={() =>
                modal.confirm({
                  title: `全部替换“${words}”？`,
                  content: `共 ${matches.length - fixed} 处，换成“${by}”。数字不受影响，可以撤销。${fixed > 0 ? `另有 ${fixed} 处在生成的图表里，随数据更新，不替换。` : ""}`,
                  okText: "全部替换",
                  cancelText: "取消",
                  onOk: () => replaceAll.mutate({ find: words, with: by }),
                })
              }
              onClose={() => setFind(null)}
            />
          )}
          <div
            className="compose-scroll"
            ref={column}
            onClick={(event) => {
              const chip = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-fact]") : null;
              if (chip && !chip.closest(".open")) return;
              if (event.target === event.currentTarget) setOpen(null);
            }}
            onClickCapture={(event) => {
              const target = event.target instanceof Element ? event.target : null;
              if (target?.closest(".open, .fact-card")) return;
              const chip = target?.closest<HTMLElement>("[data-fact]");
              if (chip?.dataset.fact) {
                event.stopPropagation();
                goToRows(chip.dataset.fact, chip);
                return;
              }
              const ref = target?.closest<HTMLElement>("[data-ref]")?.dataset.ref;
              if (ref) {
                event.stopPropagation();
                goFromPanel(ref);
              }
            }}
            onKeyDown={(event) => {
              const target = event.target as HTMLElement;
              if (isInputMethod(event) || !target.matches("[data-block]")) return;
              if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
              const list = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-block]")];
              list[list.indexOf(target) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
              event.preventDefault();
            }}
          >
            <article className="sheet" aria-label="报告正文">
              {rows.map((row) => {
                if (row.kind === "block")
                  return (
                    <BlockView
                      key={row.id}
                      block={row.block}
                      state={states[row.id]}
                      names={names}
                      marked={markedOf(row.id)}
                      isCurrent={place.focus === row.id}
                      editor={editorOf(row)}
                      onEnter={enter}
                      onMenu={onMenu}
                      onTitle={onTitle}
                    />
                  );
                if (row.kind === "hidden")
                  return (
                    <details key={row.id} className="hidden-list">
                      <summary>
                        {row.areSections ? "未放入报告的章节" : "未放入报告"}（{row.hidden.length}）
                      </summary>
                      {row.hidden.map((entry) => (
                        <div key={entry.id}>
                          <span>{entry.text || "（无题）"}</span>
                          <Writes>
                            <Button size="small" type="link" onClick={() => revert.mutate({ target: entry.id, aspect: "hidden" })}>
                              放回
                            </Button>
                          </Writes>
                        </div>
                      ))}
                    </details>
                  );
                const Heading = row.level === 1 ? "h2" : row.level === 2 ? "h3" : "h4";
                const state = states[row.id];
                return (
                  <Heading
                    key={row.id}
                    data-block={row.id}
                    tabIndex={-1}
                    className={place.focus === row.id ? "current" : undefined}
                    onContextMenu={(event) => {
                      event.preventDefault();
                      onMenu(row.id, { x: event.clientX, y: event.clientY });
                    }}
                  >
                    <span className="heading-number">{numberOf(row)}</span>
                    <TitleField label="标题" value={row.title} onSave={(title) => onTitle(row.id, title)}>
                      <MarkedText text={row.title} marked={markedOf(row.id)} counter={{ n: 0 }} />
                    </TitleField>
                    {state && <span className={`heading-state ${state}`}>{state === "stale" ? "需复核" : "已改"}</span>}
                    <button
                      type="button"
                      className="heading-menu"
                      aria-label={`${row.number}${row.title}的操作`}
                      aria-haspopup="menu"
                      onClick={(event) => {
                        const { left, bottom } = event.currentTarget.getBoundingClientRect();
                        onMenu(row.id, { x: left, y: bottom });
                      }}
                    >
                      ⋯
                    </button>
                  </Heading>
                );
              })}
            </article>
            <FactCard within={column} facts={document.facts} onRows={goToRows} />
          </div>
        </div>
        {panel && (
          <aside className={`compose-panel ${panel}`} aria-label={panelTitles[panel]}>
            <header>
              <h2>{panelTitles[panel]}</h2>
              <Button size="small" type="text" icon={<CloseOutlined />} aria-label={`关闭${panelTitles[panel]}`} onClick={() => setPanel(null)} />
            </header>
            <div className="compose-panel-body">
              {panel === "reviews" && (
                <Reviews
                  reviews={reviews}
                  nameOf={nameOf}
                  titleOf={titleOf}
                  onGo={goFromPanel}
                  onEdit={(id) => {
                    enter(id);
                    requestAnimationFrame(() => show(id));
                  }}
                />
              )}
              {panel === "gaps" &&
                (gaps.length === 0 ? (
                  <p className="quiet">没有待补的内容。</p>
                ) : (
                  <ul className="gaps">
                    {gaps.map((gap) => (
                      <li key={gap}>{gap}</li>
                    ))}
                  </ul>
                ))}
              {panel === "cover" && <CoverForm />}
            </div>
          </aside>
        )}
      </div>

      {menu && (
        <Dropdown
          open
          trigger={["click"]}
          menu={{
            items: menuItems(menu.id),
            autoFocus: true,
            onClick: ({ domEvent }) => {
              // Enter must not go on to press what has the focus next, such as the closing cross of a dialog.
              domEvent.preventDefault();
              closeMenu();
            },
          }}
          autoFocus
          onOpenChange={(isOpen) => !isOpen && closeMenu()}
        >
          <span className="menu-anchor" style={{ left: menu.x, top: menu.y }} />
        </Dropdown>
      )}
      <FactSearch
        open={isPicking}
        onPick={(content) => editor.current?.insert(content)}
        onClose={() => {
          setPicking(false);
          editor.current?.focus();
        }}
      />
      {note && (
        <FootnoteDialog
          content={note.content}
          nameOf={nameOf}
          onSave={note.save}
          onClose={() => {
            setNote(null);
            editor.current?.focus();
          }}
        />
      )}
      {figure && (
        <FigureDialog
          figure={figure.figure}
          isNew={figure.id === null}
          onClose={() => setFigure(null)}
          onSave={(block) => {
            setFigure(null);
            if (figure.id !== null)
              edit.mutate({ target: figure.id, change: { aspect: "own", value: { after: "", rank: 0, block } } });
            else if (figure.after !== null) addBlock(figure.after, block);
          }}
        />
      )}
    </Page>
  );
}

/** The heading under which a block stands. */
function sectionOf(rows: readonly Row[], id: string): string | null {
  const row = rows.find((row) => row.id === id);
  return row?.kind === "block" ? row.section : null;
}
