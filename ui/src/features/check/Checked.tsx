import { CheckOutlined, CopyOutlined, EyeInvisibleOutlined, EyeOutlined, FormOutlined } from "@ant-design/icons";
import { Button, Select, Space } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { CheckFinding } from "../../backend/bindings/CheckFinding";
import type { CheckSpan } from "../../backend/bindings/CheckSpan";
import type { CheckView } from "../../backend/bindings/CheckView";
import { copyText } from "../../components/copy";
import { isInputMethod } from "../../components/keys";
import { entryId, showEntry } from "../../components/listbox";
import { tell } from "../../components/tell";
import { readOnlyWords } from "../../components/writing";
import { DraftText } from "./DraftText";
import { Ledger } from "./Ledger";
import {
  counts,
  listed,
  type NumberClass,
  severities,
  type Severity,
  severityWords,
  suggested,
} from "./marks";
import { useIgnoring } from "./useIgnoring";

interface CheckedProps {
  view: CheckView;
  /** Whether the text is being checked again; the list stays usable meanwhile. */
  isChecking?: boolean;
  /** Nothing can be applied or set aside, since the project is read-only. */
  isReadOnly?: boolean;
  onApply: (finding: CheckFinding) => void;
  onIgnore: (finding: CheckFinding, reason: string) => void;
  onHeed: (finding: CheckFinding) => void;
  /** Goes to a block of the project's own report. */
  onBlock: ((block: string) => void) | null;
  /** What is said when the check found nothing. */
  clean: ReactNode;
  /** How long a finding set aside is remembered. */
  memory: string;
}

/** What a check found: the list at the left, the text with its marks at the right, the chosen finding below it. */
export function Checked({ view, isChecking = false, isReadOnly = false, onApply, onIgnore, onHeed, onBlock, clean, memory }: CheckedProps) {
  const [without, setWithout] = useState<ReadonlySet<Severity>>(new Set());
  const [kinds, setKinds] = useState<string[]>([]);
  const [showIgnored, setShowIgnored] = useState(false);
  const [classes, setClasses] = useState<ReadonlySet<NumberClass>>(new Set());
  const [chosen, setChosen] = useState<string | null>(null);
  const [wanted, setWanted] = useState<{ place: CheckSpan; at: number } | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const place = useRef(0);

  const chars = useMemo(() => Array.from(view.text), [view.text]);
  const { open, ignored } = useMemo(() => listed(view.findings, { without, kinds }), [view, without, kinds]);
  const shown = useMemo(() => (showIgnored ? [...open, ...ignored] : open), [open, ignored, showIgnored]);
  const heeded = view.findings.filter((f) => f.ignored === null);
  const bySeverity = counts(heeded.map((f) => f.severity));
  const byKind = counts(heeded.map((f) => f.kind));

  // When the chosen one is dealt with, the next takes its place.
  const found = shown.findIndex((f) => f.key === chosen);
  const at = found >= 0 ? found : Math.min(place.current, shown.length - 1);
  const current = shown[at] ?? null;
  useEffect(() => {
    place.current = Math.max(at, 0);
  });

  // What is to be written in the draft by hand where it cannot be applied.
  const remedy = current && current.ignored === null ? (suggested(chars, current)?.after ?? current.expected) : null;

  const show = (span: CheckSpan) => setWanted((before) => ({ place: span, at: (before?.at ?? 0) + 1 }));
  const choose = (finding: CheckFinding) => {
    setChosen(finding.key);
    show(finding);
    if (list.current) showEntry(list.current, finding.key);
  };
  const chooseInText = (finding: CheckFinding) => {
    setChosen(finding.key);
    if (finding.ignored !== null) setShowIgnored(true);
    if (list.current) showEntry(list.current, finding.key);
    list.current?.focus({ preventScroll: true });
  };
  const goTo = (finding: CheckFinding) => (onBlock && finding.block !== null ? onBlock(finding.block) : show(finding));
  const { ask, dialog } = useIgnoring(memory);
  const isApplicable = view.findings.some(canApply);
  const why = isReadOnly ? { title: readOnlyWords } : {};
  const act = {
    apply: (finding: CheckFinding) => {
      if (isReadOnly) return;
      if (canApply(finding)) onApply(finding);
      else if (finding.ignored === null) tell.refused(finding.obstacle ?? "这条意见没有现成的改法，请在文稿中改。");
    },
    ignore: (finding: CheckFinding) => {
      if (isReadOnly) return;
      if (finding.ignored !== null) onHeed(finding);
      else void ask(finding.quote).then((reason) => reason !== null && onIgnore(finding, reason));
    },
  };

  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!current || isInputMethod(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: shown.length - 1 }[event.key];
    const next = step === undefined ? undefined : shown[step];
    if (next) choose(next);
    else if (event.key === "Enter") goTo(current);
    else if (event.key === "a") act.apply(current);
    else if (event.key === "i") act.ignore(current);
    else if (step === undefined) return;
    event.preventDefault();
  };

  const entry = (finding: CheckFinding) => (
    <Entry key={finding.key} finding={finding} isCurrent={finding.key === current?.key} onSelect={() => choose(finding)} />
  );

  return (
    <div className="judge check">
      <div className="judge-side">
        <div className="check-filter">
          <div role="group" aria-label="程度" className="check-severities">
            {severities.map((severity) => (
              <button
                type="button"
                key={severity}
                className={`check-severity ${severity}`}
                aria-pressed={!without.has(severity)}
                onClick={() => setWithout(toggled(without, severity))}
              >
                {severityWords[severity]} <b className="num">{bySeverity.get(severity) ?? 0}</b>
              </button>
            ))}
          </div>
          <Select
            mode="multiple"
            allowClear
            maxTagCount="responsive"
            value={kinds}
            onChange={setKinds}
            placeholder="全部类别"
            aria-label="类别"
            options={[...byKind].map(([kind, count]) => ({ value: kind, label: `${kind}（${count}）` }))}
          />
        </div>
        <div
          className="judge-list"
          role="listbox"
          aria-label="核校意见"
          tabIndex={0}
          data-first
          ref={list}
          aria-activedescendant={current ? entryId(current.key) : undefined}
          onKeyDown={press}
        >
          {open.map(entry)}
          {open.length === 0 && (
            <p className="check-clean">{heeded.length === 0 ? clean : "所选程度和类别没有意见。"}</p>
          )}
          {ignored.length > 0 && (
            <button
              type="button"
              className="check-more"
              aria-expanded={showIgnored}
              onClick={() => setShowIgnored(!showIgnored)}
            >
              {showIgnored ? "收起" : "展开"}已忽略的 {ignored.length} 条
            </button>
          )}
          {showIgnored && ignored.map(entry)}
        </div>
        <div className="judge-note check-foot">
          ↑↓ 选择　Enter {onBlock ? "去成文" : "看原文"}　{isApplicable && "a 采用　"}i 忽略
          <span role="status">{isChecking && "　正在重新核校…"}</span>
        </div>
      </div>
      <div className="check-main">
        <Ledger numbers={view.numbers} classes={classes} onClasses={setClasses} onShow={show} />
        <DraftText
          view={view}
          chars={chars}
          findings={shown}
          current={current}
          classes={classes}
          wanted={wanted}
          onSelect={chooseInText}
          onBlock={onBlock}
        />
        {current && (
          <Detail finding={current} chars={chars} onShow={show}>
            {current.suggestion && (
              <Button
                type="primary"
                icon={<CheckOutlined />}
                title={isReadOnly ? readOnlyWords : (current.obstacle ?? undefined)}
                disabled={isReadOnly || !canApply(current)}
                onClick={() => act.apply(current)}
              >
                采用改法
              </Button>
            )}
            {remedy !== null && !canApply(current) && (
              <Button icon={<CopyOutlined />} onClick={() => void copyText(remedy).then(() => tell.done("改法已复制。"))}>
                复制改法
              </Button>
            )}
            <Button
              icon={current.ignored === null ? <EyeInvisibleOutlined /> : <EyeOutlined />}
              {...why}
              disabled={isReadOnly}
              onClick={() => act.ignore(current)}
            >
              {current.ignored === null ? "忽略…" : "恢复这条意见"}
            </Button>
            {onBlock && current.block !== null && (
              <Button icon={<FormOutlined />} onClick={() => goTo(current)}>
                去成文
              </Button>
            )}
          </Detail>
        )}
      </div>
      {dialog}
    </div>
  );
}

const canApply = (finding: CheckFinding) =>
  finding.suggestion !== null && finding.obstacle === null && finding.ignored === null;

function toggled<T>(set: ReadonlySet<T>, item: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

interface EntryProps {
  finding: CheckFinding;
  isCurrent: boolean;
  onSelect: () => void;
}

function Entry({ finding: f, isCurrent, onSelect }: EntryProps) {
  return (
    <div
      role="option"
      aria-selected={isCurrent}
      id={entryId(f.key)}
      data-id={f.key}
      className={f.ignored === null ? "judge-entry check-entry" : "judge-entry check-entry ignored"}
      onClick={onSelect}
    >
      <span className={`check-dot ${f.severity}`} title={severityWords[f.severity]} aria-label={severityWords[f.severity]} />
      <span className="check-quote">{f.quote}</span>
      <span className="tag">{f.kind}</span>
      <span className="check-why">{f.ignored === null ? f.reason : `已忽略：${f.ignored}`}</span>
    </div>
  );
}

interface DetailProps {
  finding: CheckFinding;
  chars: readonly string[];
  onShow: (place: CheckSpan) => void;
  children: ReactNode;
}

/** One finding: what is wrong, the arithmetic, the other places, and what to do. */
function Detail({ finding: f, chars, onShow, children }: DetailProps) {
  const change = suggested(chars, f);
  return (
    <section className="check-detail" aria-label="这条意见">
      <div className="check-head">
        <span className={`check-grade ${f.severity}`}>{severityWords[f.severity]}</span>
        <b>{f.kind}</b>
        {f.expected !== null && (
          <span>
            应为 <b className="check-expected selectable">{f.expected}</b>
          </span>
        )}
        <Space size={6} className="check-acts">
          {children}
        </Space>
      </div>
      <p className="selectable">{f.reason}</p>
      {change && (
        <p className="check-change selectable">
          <del>{change.before}</del> → <ins>{change.after}</ins>
        </p>
      )}
      {f.obstacle !== null && <p className="judge-note">不能直接改：{f.obstacle}</p>}
      {f.ignored !== null && <p className="judge-note">忽略原因：{f.ignored}</p>}
      {f.related.length > 0 && (
        <p className="check-related">
          <span className="judge-note">涉及：</span>
          {f.related.map((place) => (
            <button type="button" key={`${place.start}-${place.end}`} className="fact-link" onClick={() => onShow(place)}>
              {place.quote}
            </button>
          ))}
        </p>
      )}
    </section>
  );
}
