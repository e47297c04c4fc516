import { Form, Radio } from "antd";
import { Failure } from "../../components/Failure";
import { FormatFields } from "../../components/FormatFields";
import { FormatOption } from "../../components/FormatOption";
import type { ChosenFormat } from "../../components/useFormat";

/** 版式: which format is printed, and what it asks the author for. */
export function Formats({ chosen: { view, format, error, retry, choose } }: { chosen: ChosenFormat }) {
  if (error && !view) return <Failure error={error} onRetry={retry} />;
  if (!view || !format) return null;
  return (
    <section className="export" aria-label="版式">
      <h2>版式</h2>
      <Radio.Group
        className="formats"
        aria-label="版式"
        value={format.id}
        onChange={(event) => choose(event.target.value as string)}
        options={view.formats.map((format) => ({ value: format.id, label: <FormatOption format={format} /> }))}
      />
      {view.faults.length > 0 && (
        <details className="format-faults" open>
          <summary>自有模板有 {view.faults.length} 处错误，自带的版式不受影响</summary>
          <ul className="selectable">
            {view.faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </details>
      )}
      {format.fields.length > 0 && (
        <details className="format-fields" key={format.id} open={format.fields.length < 4 ? true : undefined}>
          <summary>
            {format.name}的填写项<span className="quiet">　{filled(view.values, format.fields.map(({ key }) => key))}</span>
          </summary>
          <Form layout="vertical" className="format-form">
            <FormatFields fields={format.fields} values={view.values} remarks={view.remarks[format.id] ?? []} />
          </Form>
        </details>
      )}
      {view.folder !== null && (
        <p className="quiet format-folder">
          自己的模板（.typ）放在 <span className="selectable">{view.folder}</span> 中，即列在上面。
        </p>
      )}
    </section>
  );
}

const filled = (values: Readonly<Record<string, string | undefined>>, keys: string[]) =>
  `已填 ${keys.filter((key) => values[key] !== undefined).length} 项，共 ${keys.length} 项；没有的不填`;
