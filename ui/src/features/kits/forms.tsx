import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Checkbox, ConfigProvider, Input, InputNumber, Radio, Select, Space, Switch, Table, Tag } from "antd";
import { type ReactNode, useContext } from "react";
import type { CaseOut } from "../../backend/bindings/CaseOut";
import type { KitView } from "../../backend/bindings/KitView";
import type { Rendered } from "../../backend/bindings/Rendered";
import type { RulePart } from "../../backend/bindings/RulePart";
import { FieldMessages, Line, ViewContext } from "./Line";
import { MarkEditor } from "./MarkEditor";
import { Condition } from "./Condition";
import { spoken } from "./conditions";
import { type Subject } from "./parts";
import { hasMarks, isWhole, readable, titleOf } from "./pattern";
import { Pattern, Sentences } from "./Sentences";

interface FormProps<K extends Subject["kind"]> {
  view: KitView;
  subject: Extract<Subject, { kind: K }>;
  onChange: (subject: Subject) => void;
  rendered: Rendered[];
  cases: CaseOut[];
  editable: boolean;
  /** Shows another part. */
  go: (key: string) => void;
}
export type AnyFormProps = FormProps<Subject["kind"]>;

/** The form of a part. */
export function PartForm(props: AnyFormProps) {
  const { subject } = props;
  switch (subject.kind) {
    case "field":
      return <FieldForm {...props} subject={subject} />;
    case "indicator":
      return <IndicatorForm {...props} subject={subject} />;
    case "criterion":
      return <CriterionForm {...props} subject={subject} />;
    case "rule":
      return <RuleForm {...props} subject={subject} />;
    case "measure":
    case "add-measure":
      return <MeasureForm {...props} subject={subject} />;
    case "slot":
      return <SlotForm {...props} subject={subject} />;
    case "policy":
      return <PolicyForm {...props} subject={subject} />;
    case "parameter":
      return <ParameterForm {...props} subject={subject} />;
    case "file":
      return <FileForm {...props} subject={subject} />;
  }
}

interface TextProps {
  label: string;
  field: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  placeholder?: string;
  rows?: number;
  code?: boolean;
  width?: number;
}

function Text({ label, field, value, onChange, hint, placeholder, rows, code, width }: TextProps) {
  const view = useContext(ViewContext);
  const editable = !ConfigProvider.useConfig().componentDisabled;
  if (view && !code && hasMarks(value) && isWhole(value))
    return (
      <Line label={label} field={field} hint={hint}>
        {() => <MarkEditor view={view} label={label} value={value} editable={editable} onChange={onChange} />}
      </Line>
    );
  const shared = {
    value,
    ...(placeholder !== undefined && { placeholder }),
    ...(code && { className: "kit-code", spellCheck: false }),
    ...(width !== undefined && { style: { width } }),
  };
  return (
    <Line label={label} field={field} hint={hint}>
      {(id) =>
        rows ? (
          <Input.TextArea
            id={id}
            {...shared}
            autoSize={{ minRows: rows, maxRows: 12 }}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : (
          <Input id={id} {...shared} onChange={(event) => onChange(event.target.value)} />
        )
      }
    </Line>
  );
}

interface WordsProps {
  label: string;
  field: string;
  value: string[];
  onChange: (value: string[]) => void;
  hint?: ReactNode;
  placeholder?: string;
}

/** A list of short texts, one entered after another. */
function Words({ label, field, value, onChange, hint, placeholder = "输入后按回车" }: WordsProps) {
  const view = useContext(ViewContext);
  return (
    <Line label={label} field={field} hint={hint}>
      {(id) => (
        <Select
          id={id}
          mode="tags"
          open={false}
          suffixIcon={null}
          value={value}
          placeholder={placeholder}
          labelRender={({ label, value }) => (view ? readable(String(label ?? value), view) : String(label ?? value))}
          onChange={(next) => onChange(next.map((text) => text.trim()).filter(Boolean))}
          style={{ width: "100%" }}
        />
      )}
    </Line>
  );
}

const Heading = ({ children }: { children: ReactNode }) => <h3 className="kit-heading">{children}</h3>;

const kinds: Record<string, string> = {
  text: "文字", uscc: "统一社会信用代码", choice: "单选", multi: "多选", integer: "整数", decimal: "数值", date: "日期",
  bool: "是否", scale: "评分",
};

function FieldForm({ subject, onChange }: FormProps<"field">) {
  const { part } = subject;
  const set = (change: Partial<typeof part>) => onChange({ ...subject, part: { ...part, ...change } });
  return (
    <>
      <Text label="名称" field="title" value={part.title} onChange={(title) => set({ title })} hint="报告和表格里用的名称，也是首先认的表头。" />
      <Words label="表头别名" field="aliases" value={part.aliases} onChange={(aliases) => set({ aliases })} hint="您的表里这一列叫别的名字时，加在这里，导入时就能认出来。" />
      <Text label="单位" field="unit" value={part.unit} onChange={(unit) => set({ unit })} width={160} hint="库中所存的单位；表里写作别的单位会自动换算。" />
      <Line label="允许范围" field="min" hint="超出范围的数会列为疑点，不会删除。">
        {(id) => (
          <Space>
            <Input id={id} style={{ width: 120 }} placeholder="不限" value={part.min} onChange={(event) => set({ min: event.target.value })} />
            至
            <Input aria-label="最大值" style={{ width: 120 }} placeholder="不限" value={part.max} onChange={(event) => set({ max: event.target.value })} />
          </Space>
        )}
      </Line>
      <div className="kit-under"><FieldMessages field="max" /></div>
      <Line label="必填" field="required">
        {(id) => (
          <Checkbox id={id} checked={part.required} onChange={(event) => set({ required: event.target.checked })}>
            空着的列为疑点
          </Checkbox>
        )}
      </Line>
      <Fixed label="种类">{kinds[part.kind] ?? part.kind}</Fixed>
      {part.choices.length > 0 && <Fixed label="选项">{part.choices.join("、")}</Fixed>}
      <Fixed label="代号">{part.id}</Fixed>
    </>
  );
}

function Fixed({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="kit-line">
      <span className="kit-label">{label}</span>
      <div className="kit-control kit-fixed selectable">{children}</div>
    </div>
  );
}

function IndicatorForm({ view, subject, onChange }: FormProps<"indicator">) {
  const { part } = subject;
  const set = (change: Partial<typeof part>) => onChange({ ...subject, part: { ...part, ...change } });
  const hint = view.facts[part.id];
  const dataset = view.parts.datasets.find((one) => one.id === part.dataset);
  const fields = new Map(dataset?.fields.map((field) => [field.id, field.title]));
  return (
    <>
      {hint?.shown && <Fixed label="现值"><strong className="num">{hint.shown}</strong></Fixed>}
      <Text label="名称" field="title" value={part.title} onChange={(title) => set({ title })} />
      <Text label="筛选" field="where" code value={part.where} onChange={(where) => set({ where })} placeholder="不限" hint={part.where ? `即${spoken(part.where, view, fields)}` : "算哪些记录，如 revenue >= 2000。比率类指标的分子条件也写在这里。"} />
      <Text label="单位" field="unit" value={part.unit} onChange={(unit) => set({ unit })} width={160} />
      <Line label="小数位" field="decimals" hint="只影响印出来的样子，计算一律用精确值。">
        {(id) => <InputNumber id={id} min={0} max={6} placeholder="自动" value={part.decimals} onChange={(decimals) => set({ decimals })} />}
      </Line>
      <Text label="公式说明" field="formula" value={part.formula} onChange={(formula) => set({ formula })} placeholder="由程序写出" hint="印在附录“指标一览”里。" />
      <Text label="说明" field="note" rows={1} value={part.note} onChange={(note) => set({ note })} />
      <Fixed label="算法">
        {part.kind}
        {part.dataset && <>，取自{dataset?.title ?? part.dataset}</>}
        {Object.entries(part.details).map(([key, value]) => (
          <Tag key={key} className="kit-tag">{key} {value}</Tag>
        ))}
      </Fixed>
      <Fixed label="代号">{part.id}</Fixed>
      {part.template && <p className="kit-hint">它对每个同类的字段或数据集各生成一个指标，名称由程序填入。</p>}
    </>
  );
}

function CriterionForm({ view, subject, onChange, go }: FormProps<"criterion">) {
  const { part } = subject;
  const set = (change: Partial<typeof part>) => onChange({ ...subject, part: { ...part, ...change } });
  const users = view.parts.rules.filter((rule) => rule.gap.some((gap) => gap.benchmark === part.id) || rule.criteria.includes(part.id));
  return (
    <>
      <Text label="名称" field="title" value={part.title} onChange={(title) => set({ title })} />
      <Line label="数值" field="value" hint="门槛或基准。改动后，与它相比的规则会给出不同的程度分，上方会列出变化。">
        {(id) => (
          <Space.Compact>
            <Input id={id} style={{ width: 140 }} value={part.value} placeholder="待填" onChange={(event) => set({ value: event.target.value })} />
            <Input aria-label="单位" style={{ width: 80 }} value={part.unit} placeholder="单位" onChange={(event) => set({ unit: event.target.value })} />
          </Space.Compact>
        )}
      </Line>
      <Text label="出处" field="source" rows={1} value={part.source} onChange={(source) => set({ source })} hint="文件名加书名号，写明文号；会印在报告里。" />
      <Text label="施行日期" field="valid_from" width={160} value={part.valid_from} placeholder="2024-01-01" onChange={(valid_from) => set({ valid_from })} />
      <Text label="失效日期" field="valid_to" width={160} value={part.valid_to} placeholder="仍有效" onChange={(valid_to) => set({ valid_to })} />
      <Text label="说明" field="note" rows={1} value={part.note} onChange={(note) => set({ note })} />
      {users.length > 0 && (
        <Fixed label="用于规则">
          {users.map((rule) => (
            <Button key={rule.file} type="link" size="small" className="kit-link" onClick={() => go(`rule:${rule.file}`)}>{rule.title}</Button>
          ))}
        </Fixed>
      )}
    </>
  );
}

function RuleForm({ view, subject, onChange, rendered, cases, editable, go }: FormProps<"rule">) {
  const { part } = subject;
  const set = (change: Partial<RulePart>) => onChange({ ...subject, part: { ...part, ...change } });
  const setGap = (index: number, change: Partial<RulePart["gap"][number]>) =>
    set({ gap: part.gap.map((gap, at) => (at === index ? { ...gap, ...change } : gap)) });
  const setHeading = (index: number, text: string) =>
    set({ headings: part.headings.map((heading, at) => (at === index ? { ...heading, text } : heading)) });
  const fact = (id: string) => {
    const hint = view.facts[id];
    return <span title={id}>{titleOf(id, view)}{hint?.shown && <strong className="num kit-now">{hint.shown}</strong>}</span>;
  };
  const list = (label: string, ids: string[]) =>
    ids.length > 0 && <Fixed label={label}><div className="kit-facts">{ids.map((id) => <Tag key={id} className="kit-tag">{fact(id)}</Tag>)}</div></Fixed>;
  const benchmarks = view.parts.criteria.map((criterion) => ({ value: criterion.id, label: `${criterion.title}：${criterion.value || "待填"}${criterion.unit}` }));
  const criterionOf = (id: string) => view.parts.criteria.find((criterion) => criterion.id === id);
  return (
    <>
      <Line label="启用" field="enabled" hint="停用后不再判断，也不写入报告；规则留着，随时可以再用。">
        {(id) => <Switch id={id} size="small" checked={part.enabled} onChange={(enabled) => set({ enabled })} />}
      </Line>
      <Text label="名称" field="title" value={part.title} onChange={(title) => set({ title })} hint="清单和附录里的叫法；正文用下面的标题。" />
      <Line label="标题" field="headings" hint="每行一个备选；程序为全章各问题选字数相等的一组。">
        {() => (
          <>
            {part.headings.map((heading, index) => (
              <div key={index} className="kit-row">
                {hasMarks(heading.text) && isWhole(heading.text) ? (
                  <MarkEditor view={view} label={`标题 ${index + 1}`} value={heading.text} editable={editable} onChange={(text) => setHeading(index, text)} />
                ) : (
                  <Input aria-label={`标题 ${index + 1}`} value={heading.text} count={{ show: true, strategy: (text) => [...text].length }} onChange={(event) => setHeading(index, event.target.value)} />
                )}
                {editable && part.headings.length > 1 && (
                  <Button type="text" size="small" aria-label="删除标题" icon={<DeleteOutlined />} onClick={() => set({ headings: part.headings.filter((_, at) => at !== index) })} />
                )}
                <FieldMessages field={`headings.${index}`} />
                {heading.when && <div className="kit-hint">只在此时用：{spoken(heading.when, view)}</div>}
              </div>
            ))}
            {editable && <Button size="small" type="link" className="kit-link" icon={<PlusOutlined />} onClick={() => set({ headings: [...part.headings, { text: "", when: "" }] })}>加一个标题</Button>}
          </>
        )}
      </Line>
      <Heading>怎样算成问题</Heading>
      {part.gap.map((gap, index) => {
        const criterion = criterionOf(gap.benchmark);
        return (
          <div key={index} className="kit-gap">
            <div className="kit-gap-fact">{fact(gap.fact)}</div>
            <div className="kit-row">
              <Select aria-label="方向" value={gap.better} style={{ width: 116 }} options={[{ value: "higher", label: "低于为差距" }, { value: "lower", label: "高于为差距" }]} onChange={(better) => setGap(index, { better })} />
              <AutoComplete aria-label="相比的基准" className="kit-benchmark" value={gap.benchmark} options={benchmarks} popupMatchSelectWidth={420} onChange={(benchmark) => setGap(index, { benchmark })} />
              <span className="quiet">权重</span>
              <InputNumber aria-label="权重" min={1} max={100} style={{ width: 64 }} value={gap.weight} onChange={(weight) => setGap(index, { weight: weight ?? 1 })} />
            </div>
            <FieldMessages field={`gap.${index}.benchmark`} />
            {criterion ? (
              <div className="kit-hint">
                {criterion.title}：<span className="num">{criterion.value || "待填"}{criterion.unit}</span>
                <Button type="link" size="small" className="kit-link" onClick={() => go(`criterion:${criterion.id}`)}>改这个数…</Button>
              </div>
            ) : (
              <div className="kit-hint">{view.facts[gap.benchmark]?.title && Number.isNaN(Number(gap.benchmark)) ? view.facts[gap.benchmark]?.title : "基准可选一条依据，也可直接写数字。"}</div>
            )}
          </div>
        );
      })}
      {list("问卷反映", part.survey)}
      {list("涉及面", part.extent)}
      {list("变化趋势", part.trend.map((one) => one.fact))}
      <Line label="前提条件" field="when" hint="只在条件成立时判断。">
        {() => <Condition view={view} label="前提条件" none="没有前提" value={part.when} editable={editable} onChange={(when) => set({ when })} />}
      </Line>
      <Line label="本级可解决" field="local" hint="同一档里排在前面。">
        {(id) => <Switch id={id} size="small" checked={part.local} onChange={(local) => set({ local })} />}
      </Line>
      <Line label="依据" field="criteria" hint="引用的文件，印在报告和附录里。">
        {(id) => <Select id={id} mode="multiple" style={{ width: "100%" }} optionFilterProp="label" value={part.criteria} options={benchmarks} onChange={(criteria) => set({ criteria })} />}
      </Line>
      {list("证据", part.evidence)}
      {list("反证", part.counter)}
      {list("缺了要补", part.needs)}
      <Heading>怎样写</Heading>
      <FieldMessages field="sentence" />
      <Sentences view={view} value={part.sentence} onChange={(sentence) => set({ sentence })} rendered={rendered} editable={editable} withRoles />
      <Line label="短句" field="brief" hint="简报、领导参阅等短文稿用：一行写完这个问题，带上数字，不加句号。可写几种写法；都放不下或没有写时，程序用标题。">
        {() => (
          <>
            {part.brief.map((text, index) => (
              <Pattern
                key={index}
                view={view}
                field={`brief.${index}`}
                label={`短句 ${index + 1}`}
                value={text}
                rendered={rendered}
                editable={editable}
                onChange={(next) => set({ brief: part.brief.map((t, at) => (at === index ? next : t)) })}
                onRemove={() => set({ brief: part.brief.filter((_, at) => at !== index) })}
              />
            ))}
            {editable && <Button size="small" type="link" className="kit-link" icon={<PlusOutlined />} onClick={() => set({ brief: [...part.brief, ""] })}>加一种短句</Button>}
          </>
        )}
      </Line>
      <Heading>试算</Heading>
      <p className="kit-hint">规则自带几组假设的数据和应得的结论，改动后逐组重算，防止改错。</p>
      <CaseTable cases={cases.length > 0 ? cases : part.case} view={view} />
    </>
  );
}

export function CaseTable({ cases, view }: { cases: CaseOut[]; view: KitView }) {
  const outcome = (grade: string, severity: string | null) => `${grade}${severity ? ` ${severity}` : ""}`;
  return (
    <Table
      size="small"
      pagination={false}
      rowKey="name"
      dataSource={cases}
      columns={[
        { title: "假设的情形", dataIndex: "name" },
        {
          title: "数据",
          render: (_, one: CaseOut) =>
            one.facts.length === 0 ? "没有数据" : one.facts.map((given) => `${titleOf(given.fact, view)} ${given.value}${given.n === null ? "" : `（样本${given.n}）`}`).join("；"),
        },
        { title: "原定结论", width: 110, render: (_, one: CaseOut) => outcome(one.grade, one.severity) },
        { title: "现在算得", width: 110, render: (_, one: CaseOut) => outcome(one.got_grade, one.got_severity) },
        { title: "", width: 60, render: (_, one: CaseOut) => (one.passed ? <span className="kit-pass">一致</span> : <span className="kit-fail">有变</span>) },
      ]}
    />
  );
}

const instruments = ["财补", "税收", "金融", "土地", "人才", "政府采购", "服务", "监管", "平台", "规划考核"];

function MeasureForm({ view, subject, onChange, rendered, editable }: FormProps<"measure" | "add-measure">) {
  const { part } = subject;
  const set = (change: Partial<typeof part>) => onChange({ ...subject, part: { ...part, ...change } });
  // Variants of a rule share its id.
  const titles = new Map(view.parts.rules.map((rule) => [rule.id, rule.title]));
  const rules = [...titles].map(([id, title]) => ({ value: id, label: `${id} ${title}` }));
  return (
    <>
      {subject.kind === "add-measure" && <Text label="代号" field="id" width={160} value={part.id} onChange={(id) => set({ id })} />}
      <Words label="短题" field="titles" value={part.titles} onChange={(titles) => set({ titles })} hint="可写几个备选，程序为同一节的对策选字数相等的一组。" />
      <Line label="回应的问题" field="answers" hint="问题成立时才提出这条对策；排在第一的是主要问题。">
        {(id) => <Select id={id} mode="multiple" style={{ width: "100%" }} optionFilterProp="label" value={part.answers} options={rules} onChange={(answers) => set({ answers })} />}
      </Line>
      <Line label="主题" field="theme" hint="归在对策章的哪一节。">
        {(id) => <Select id={id} style={{ width: "100%" }} value={part.theme} options={view.parts.themes.map((theme) => ({ value: theme.id, label: theme.heading }))} onChange={(theme) => set({ theme })} />}
      </Line>
      <Line label="正文" field="text.line" hint="写做什么、怎么做，以句号结尾；由谁做、何时完成由程序按下面各项补写。">
        {(id) => <Pattern id={id} view={view} field="text" label="正文" value={part.text} rendered={rendered} editable={editable} onChange={(text) => set({ text })} />}
      </Line>
      <Words label="牵头单位" field="lead" value={part.lead} onChange={(lead) => set({ lead })} />
      <Words label="配合单位" field="support" value={part.support} onChange={(support) => set({ support })} />
      <Text label="考核指标" field="kpi" value={part.kpi} onChange={(kpi) => set({ kpi })} hint="看什么、达到多少。" />
      <Line label="期限" field="horizon">
        {() => <Radio.Group value={part.horizon} onChange={(event) => set({ horizon: event.target.value })} options={[{ value: "近", label: "近期" }, { value: "中", label: "中期" }, { value: "远", label: "远期" }]} />}
      </Line>
      <Line label="政策手段" field="instrument">
        {(id) => <AutoComplete id={id} style={{ width: 160 }} value={part.instrument} options={[...new Set([...instruments, ...view.parts.measures.map((measure) => measure.instrument)])].filter(Boolean).map((value) => ({ value }))} onChange={(instrument) => set({ instrument })} />}
      </Line>
      <Text label="实施前提" field="precondition" value={part.precondition} onChange={(precondition) => set({ precondition })} />
      <Text label="政策依据" field="basis" value={part.basis} onChange={(basis) => set({ basis })} />
    </>
  );
}

function SlotForm({ view, subject, onChange, rendered, editable }: FormProps<"slot">) {
  const { part } = subject;
  return (
    <>
      <Fixed label="印在">{part.used.length > 0 ? part.used.join("；") : "由程序按需取用"}</Fixed>
      <Fixed label="代号">{part.id}{part.shared && <Tag className="kit-tag">各套件公用</Tag>}</Fixed>
      <p className="kit-hint">同一句可有几种写法，程序轮流取用；缺数据的句子自动略去。〔〕里的由程序填写，【】里的合乎条件才写；点一下可以看它是什么、换成别的指标。</p>
      <FieldMessages field="sentence" />
      <Sentences view={view} value={part.sentence} onChange={(sentence) => onChange({ ...subject, part: { ...part, sentence } })} rendered={rendered} editable={editable} withRoles={false} />
    </>
  );
}

function PolicyForm({ subject, onChange, editable }: FormProps<"policy">) {
  const { part } = subject;
  const set = (change: Partial<typeof part>) => onChange({ ...subject, part: { ...part, ...change } });
  const weights = [["gap", "与基准的差距"], ["survey", "问卷反映"], ["extent", "涉及面"], ["trend", "变坏的趋势"]] as const;
  const sum = weights.reduce((total, [key]) => total + part.weights[key], 0);
  const number = (label: string, key: "small_base" | "suppress_below" | "max_findings" | "max_measures_per_finding", hint: string) => (
    <Line label={label} field={key} hint={hint}>
      {(id) => <InputNumber id={id} min={0} max={9999} precision={0} value={part[key]} onChange={(value) => set({ [key]: value ?? 0 })} />}
    </Line>
  );
  return (
    <>
      <Line label="程度分权重" field="weights" hint="程度分 = 四项各自的得分（0 到 1）乘以权重；缺了的一项，其权重分给其余各项。">
        {() => (
          <div className="kit-weights">
            {weights.map(([key, label]) => (
              <label key={key}>
                {label}
                <InputNumber aria-label={label} min={0} max={100} precision={0} style={{ width: 76 }} value={part.weights[key]} onChange={(value) => set({ weights: { ...part.weights, [key]: value ?? 0 } })} />
              </label>
            ))}
            <span className={sum === 100 ? "quiet num" : "kit-fail num"}>合计 {sum}</span>
          </div>
        )}
      </Line>
      <Line label="分档" field="grades" hint="程度分达到起点就归该档；低于最后一档的不写入报告。">
        {() => (
          <>
            {part.grades.map(([limit, name], index) => (
              <div key={index} className="kit-row">
                <InputNumber aria-label={`第 ${index + 1} 档起点`} min={0} max={100} style={{ width: 90 }} value={limit} onChange={(value) => set({ grades: part.grades.map((grade, at) => (at === index ? [value ?? 0, grade[1]] : grade)) })} />
                分起
                <Input aria-label={`第 ${index + 1} 档名称`} style={{ width: 140 }} value={name} onChange={(event) => set({ grades: part.grades.map((grade, at) => (at === index ? [grade[0], event.target.value] : grade)) })} />
                {editable && part.grades.length > 1 && <Button type="text" size="small" aria-label="删除这一档" icon={<DeleteOutlined />} onClick={() => set({ grades: part.grades.filter((_, at) => at !== index) })} />}
              </div>
            ))}
          </>
        )}
      </Line>
      {number("问题上限", "max_findings", "一份报告最多写几个问题；作者接受的总会写入。")}
      {number("对策上限", "max_measures_per_finding", "每个问题最多提几条对策。")}
      {number("最小样本", "small_base", "样本少于此数的组不报百分比，也不单独立题。")}
      {number("隐去界限", "suppress_below", "少于此数的分组不列示金额，以免认出是哪一家。")}
    </>
  );
}

function ParameterForm({ subject, onChange }: FormProps<"parameter">) {
  const { part } = subject;
  const set = (change: Partial<typeof part>) => onChange({ ...subject, part: { ...part, ...change } });
  return (
    <>
      <Text label="名称" field="title" value={part.title} onChange={(title) => set({ title })} />
      <Text label="默认值" field="default" value={part.default} onChange={(value) => set({ default: value })} hint="“项目”页里没有填写时用它。" />
      <Text label="说明" field="description" rows={2} value={part.description} onChange={(description) => set({ description })} />
      <Fixed label="代号">{part.key}</Fixed>
    </>
  );
}

function FileForm({ subject, onChange, editable }: FormProps<"file">) {
  return (
    <div className="kit-file">
      {subject.shared ? (
        <p className="kit-hint">这是各套件公用的文件，只能查看。要改其中的句式，请在“句式”里改，改后成为本套件自己的。</p>
      ) : (
        editable && <p className="kit-hint">供熟悉格式的人直接改原文；保存前同样逐项检查，有错不会存入。</p>
      )}
      <Input.TextArea
        aria-label={subject.path}
        className="kit-code"
        value={subject.text}
        readOnly={subject.shared || !editable}
        onChange={(event) => onChange({ ...subject, text: event.target.value })}
        spellCheck={false}
      />
    </div>
  );
}
