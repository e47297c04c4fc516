import { Button } from "antd";
import type { KitCard } from "../../backend/bindings/KitCard";

/** Pages of each kit's example, `<kit>-<n>.png`, drawn by `cargo xtask pictures`. */
const pictures = import.meta.glob<string>("./pictures/*.png", { eager: true, import: "default", query: "?url" });

export const picturesOf = (kit: string): string[] =>
  Object.entries(pictures)
    .filter(([path]) => path.startsWith(`./pictures/${kit}-`))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, address]) => address);

interface GalleryProps {
  cards: KitCard[];
  onCreate: (kit: string) => void;
  onExample: (kit: string) => void;
}

/** The kits with pages of what comes out of them. */
export function Gallery({ cards, onCreate, onExample }: GalleryProps) {
  return (
    <div className="gallery">
      {cards.map((card) => (
        <article key={card.kit.id} className="kit-card" aria-label={card.kit.name}>
          <Pages kit={card.kit.id} />
          <div className="kit-words">
            <h3>
              {card.kit.name}
              {card.own && <span className="kit-own">我的套件</span>}
            </h3>
            <p>{card.kit.description}</p>
            <p className="quiet num">{contents(card)}</p>
            <div className="kit-acts">
              <Button size="small" type="primary" ghost onClick={() => onCreate(card.kit.id)}>
                用此套件新建…
              </Button>
              {card.has_example && (
                <Button size="small" onClick={() => onExample(card.kit.id)}>
                  打开示例
                </Button>
              )}
            </div>
          </div>
        </article>
      ))}
    </div>
  );
}

function Pages({ kit }: { kit: string }) {
  const shown = picturesOf(kit);
  if (shown.length === 0)
    return (
      <div className="kit-pages blank" aria-hidden>
        <div />
        <div />
      </div>
    );
  return (
    <div className="kit-pages" aria-hidden>
      {shown.slice(0, 2).map((address) => (
        <img key={address} src={address} alt="" draggable={false} />
      ))}
    </div>
  );
}

/** What a kit holds, in a line. */
function contents(card: KitCard): string {
  const data = card.datasets.length > 0 ? `数据：${card.datasets.join("、")}` : "数据：任何问卷或台账";
  const counts = [
    [card.indicators, "项指标"],
    [card.rules, "条问题规则"],
    [card.measures, "项对策"],
  ] as const;
  return [data, ...counts.filter(([n]) => n > 0).map(([n, what]) => `${n} ${what}`)].join("　");
}
