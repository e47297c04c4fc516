import { Tag } from "antd";
import type { PagesView } from "../../backend/bindings/PagesView";
import { useNavigation } from "../../components/navigation";

/** How many things the author is told. */
export const remarkCount = (view: PagesView, gaps: string[]) =>
  gaps.length + view.missing_glyphs.length + view.warnings.length;

/** What is still to be supplied, and what the typesetting remarked. */
export function Remarks({ view, gaps }: { view: PagesView; gaps: string[] }) {
  const { navigate } = useNavigation();
  if (remarkCount(view, gaps) === 0) return <p className="quiet">没有待补的内容，排版也没有提醒。</p>;
  return (
    <ul className="remarks selectable">
      {gaps.map((gap) => (
        <li key={gap}>
          <Tag color="warning">待补</Tag>
          {gap}
        </li>
      ))}
      {view.missing_glyphs.map((glyph) => (
        <li key={`${glyph.character} ${glyph.block}`}>
          <Tag color="error">缺字</Tag>
          现有字体没有“{glyph.character}”字，印出的是代用符号（{glyph.count} 处）。
          {glyph.block !== null && (
            <button
              type="button"
              className="link"
              onClick={() => navigate({ stage: "compose", focus: glyph.block ?? "" })}
            >
              去看看
            </button>
          )}
        </li>
      ))}
      {view.warnings.map((warning) => (
        <li key={warning}>
          <Tag>提醒</Tag>
          {warning}
        </li>
      ))}
    </ul>
  );
}
