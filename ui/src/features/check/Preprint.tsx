import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Checkbox } from "antd";
import { type ReactNode, useState } from "react";
import { useAct, useRead } from "../../backend";
import type { ChecklistItem } from "../../backend/bindings/ChecklistItem";
import type { ChecklistPlace } from "../../backend/bindings/ChecklistPlace";
import { useNavigation } from "../../components/navigation";
import { NotYet } from "../../components/NotYet";
import { Page } from "../../components/Page";
import { linesOf, placeHint, placeOf, type Standing, standingOf, standingWords, summary } from "../../components/preprint";
import { useFormat } from "../../components/useFormat";
import { Writes } from "../../components/writing";

const icons: Record<Standing, ReactNode> = {
  fail: <CloseCircleOutlined />,
  doubt: <ExclamationCircleOutlined />,
  hand: <UserOutlined />,
  seen: <CheckCircleOutlined />,
  ok: <CheckCircleOutlined />,
};
/** Lines and places shown before the rest is asked for. */
const few = 4;

/** 打印前核校单: what is looked at before the report goes to print, for the format it is printed in. */
export function Preprint({ tabs }: { tabs: ReactNode }) {
  const { navigate } = useNavigation();
  const { format } = useFormat();
  const tick = useAct("tick_item");
  const read = useRead("preprint", { ...(format && { template: format.id }) }, { enabled: format !== undefined, keepPrevious: true });
  if (!read.data) {
    return (
      <Page title="核校" note={tabs}>
        <NotYet error={read.error} icon={<CheckCircleOutlined />} onRetry={() => void read.refetch()}>
          导入数据后，这里按打印前核校单逐项检查报告。
        </NotYet>
      </Page>
    );
  }
  const count = summary(read.data);
  return (
    <Page
      title="核校"
      note={
        <span className="check-note">
          {tabs}
          <span>
            按“{format?.name}”检查 {read.data.length} 项：{count.fail} 项不符，{count.doubt} 项留意，{count.hand} 项请人核对，
            {count.seen > 0 && `${count.seen} 项已核对，`}
            {count.ok} 项无碍
          </span>
        </span>
      }
      actions={<Button onClick={() => navigate({ stage: "export" })}>去导出、打印</Button>}
    >
      <ol className="preprint">
        {read.data.map((item) => (
          <Item
            key={item.key}
            item={item}
            onPlace={(to) => navigate(placeOf(to))}
            onTick={(seen) => tick.mutate({ ...(format && { template: format.id }), key: item.key, seen })}
          />
        ))}
      </ol>
    </Page>
  );
}

interface ItemProps {
  item: ChecklistItem;
  onPlace: (place: ChecklistPlace) => void;
  onTick: (seen: boolean) => void;
}

function Item({ item, onPlace, onTick }: ItemProps) {
  const [isWhole, setWhole] = useState(false);
  const standing = standingOf(item);
  const { found, hand } = linesOf(item);
  const rest = Math.max(found.length - few, 0) + Math.max(item.places.length - few, 0);
  const shown = <T,>(list: readonly T[]) => (isWhole ? list : list.slice(0, few));
  return (
    <li className={`preprint-item ${standing}`}>
      <span className="preprint-icon">{icons[standing]}</span>
      <div>
        <h3>
          {item.title}
          <span className="preprint-standing">{standingWords[standing]}</span>
        </h3>
        {shown(found).map((line) => (
          <p key={line} className="selectable">
            {line}
          </p>
        ))}
        {hand !== null && <p className="judge-note">请人核对：{hand}</p>}
        {item.places.length > 0 && (
          <p className="check-related">
            {shown(item.places).map((to) => (
              <button type="button" key={to.id} className="fact-link" title={placeHint(to)} onClick={() => onPlace(to)}>
                {to.words}
              </button>
            ))}
          </p>
        )}
        {rest > 0 && (
          <button type="button" className="link" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
            {isWhole ? "收起" : `其余 ${rest} 处`}
          </button>
        )}
      </div>
      {item.state === "attention" && (
        <div className="preprint-tick">
          <Writes>
            <Checkbox
              aria-label={`${item.title}：已核对`}
              checked={item.seen?.current ?? false}
              onChange={(event) => onTick(event.target.checked)}
            >
              已核对
            </Checkbox>
          </Writes>
          {item.seen && (
            <span className={item.seen.current ? "quiet num" : "preprint-again num"}>
              {item.seen.on}
              {!item.seen.current && " 核对过，之后文稿有改动，请再看"}
            </span>
          )}
        </div>
      )}
    </li>
  );
}
