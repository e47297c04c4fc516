import { Button } from "antd";
import { useRead } from "../../backend";
import { useNavigation } from "../../components/navigation";
import { linesOf, placeHint, placeOf, standingOf, summary } from "../../components/preprint";

/** Findings told here; the rest stand in 核校. */
const few = 3;

/** 印前检查 in short, before anything is printed. It says what and where, and hinders nothing. */
export function Preprint({ template }: { template: string | undefined }) {
  const { navigate } = useNavigation();
  const { data } = useRead(
    "preprint",
    { ...(template !== undefined && { template }) },
    { enabled: template !== undefined, keepPrevious: true },
  );
  if (!data) return null;
  const count = summary(data);
  const grave = ["fail", "doubt"] as const;
  const told = grave.flatMap((standing) => data.filter((item) => standingOf(item) === standing)).slice(0, few);
  return (
    <section className="export" aria-label="印前检查">
      <h2>印前检查</h2>
      <p>
        {data.length} 项中 {count.fail} 项不符、{count.doubt} 项留意、{count.hand} 项请人核对
        {count.seen > 0 && `、${count.seen} 项已核对`}，不影响导出。
        <Button type="link" size="small" onClick={() => navigate({ stage: "check", params: { view: "preprint" } })}>
          逐项查看
        </Button>
      </p>
      {told.map((item) => {
        const { found } = linesOf(item);
        const first = item.places[0];
        return (
          <div key={item.key} className={`export-doubt ${item.state}`}>
            <b>{item.title}</b>
            <span>
              {found[0]}
              {found.length > 1 && <span className="quiet nowrap">　等 {found.length} 处</span>}
            </span>
            {first && (
              <button type="button" className="link" title={placeHint(first)} onClick={() => navigate(placeOf(first))}>
                {first.words}
              </button>
            )}
          </div>
        );
      })}
    </section>
  );
}
