import { AppstoreOutlined, ColumnWidthOutlined, FileTextOutlined, MinusOutlined, PlusOutlined, WarningOutlined } from "@ant-design/icons";
import { Badge, Button, InputNumber, Popover, Select, Space, Spin, Tooltip } from "antd";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call, useRead } from "../../backend";
import type { PagesView } from "../../backend/bindings/PagesView";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { useNavigation } from "../../components/navigation";
import { FormatOption } from "../../components/FormatOption";
import { type ChosenFormat, useFormat } from "../../components/useFormat";
import { blockAt, type PointOnPage } from "./places";
import { PageList, type PageListHandle } from "./PageList";
import { Remarks, remarkCount } from "./Remarks";
import "./preview.css";

const zoomSteps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.25, 1.5, 2, 3];

/** 排版: the pages as they will be printed, beside every stage. */
export default function Preview() {
  const { navigate } = useNavigation();
  const chosen = useFormat();
  const template = chosen.format?.id;
  const pages = useRead("pages", template === undefined ? {} : { template }, {
    keepPrevious: true,
    enabled: template !== undefined,
  });

  if (chosen.error && !chosen.view)
    return (
      <div className="preview preview-failure">
        <Failure error={chosen.error} onRetry={chosen.retry} />
      </div>
    );
  if (pages.error && (!pages.data || pages.error.code === "no-data"))
    return pages.error.code === "no-data" ? (
      <div className="preview">
        <Empty
          icon={<FileTextOutlined />}
          title="还没有页面"
          actions={
            <Button type="primary" onClick={() => navigate({ stage: "data" })}>
              导入数据
            </Button>
          }
        >
          导入数据后，这里显示排好的报告，与打印结果一致。
        </Empty>
      </div>
    ) : (
      <div className="preview preview-failure">
        <FormatSelect chosen={chosen} />
        <Failure error={pages.error} onRetry={() => void pages.refetch()} />
      </div>
    );
  if (!pages.data)
    return (
      <div className="preview preview-wait">
        <Spin description="正在排版…" delay={200} />
      </div>
    );
  return (
    <Pages
      view={pages.data}
      isWorking={pages.isFetching}
      chosen={chosen}
      failure={pages.error && <Failure error={pages.error} onRetry={() => void pages.refetch()} />}
    />
  );
}

function FormatSelect({ chosen: { view, format, choose } }: { chosen: ChosenFormat }) {
  return (
    <Select
      size="small"
      aria-label="版式"
      className="preview-template"
      popupMatchSelectWidth={360}
      value={format?.id ?? null}
      onChange={choose}
      options={view?.formats.map((format) => ({ value: format.id, label: format.name, format })) ?? []}
      optionRender={({ data }) => <FormatOption format={data.format} />}
    />
  );
}

interface PagesProps {
  view: PagesView;
  isWorking: boolean;
  chosen: ChosenFormat;
  failure: ReactNode;
}

function Pages({ view, isWorking, chosen, failure }: PagesProps) {
  const { place, moves, navigate } = useNavigation();
  const [zoom, setZoom] = useState<number | null>(null);
  const [fitted, setFitted] = useState(1);
  const [current, setCurrent] = useState(1);
  const [hasThumbnails, setThumbnails] = useState(() => localStorage.getItem("thumbnails") === "shown");
  const [mark, setMark] = useState<PointOnPage | null>(null);
  const list = useRef<PageListHandle>(null);
  // A move that began with a click on a page needs no scrolling back to it.
  const ownMove = useRef(-1);
  const gaps = useRead("document", null).data?.gaps;
  const scale = zoom ?? fitted;

  const goTo = useCallback((page: number) => list.current?.scrollTo({ page, y: 0 }), []);

  const step = (direction: 1 | -1) => {
    const next =
      direction === 1
        ? zoomSteps.find((step) => step > scale + 0.005)
        : [...zoomSteps].reverse().find((step) => step < scale - 0.005);
    if (next !== undefined) setZoom(next);
  };

  // Whatever the author looks at elsewhere is shown here, if it is on a page.
  useEffect(() => {
    const { focus } = place;
    if (focus === undefined) return;
    let isCurrent = true;
    void call("places", null).then(
      (places) => {
        const found = places.find((spot) => spot.id === focus);
        if (!isCurrent || !found) return;
        setMark(found);
        if (ownMove.current !== moves) list.current?.scrollTo(found);
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [place, moves, view]);

  const click = async (point: PointOnPage) => {
    const places = await call("places", null);
    const id = blockAt(places, point);
    if (id === null) return;
    ownMove.current = moves + 1;
    navigate({ stage: "compose", focus: id });
  };

  const remarks = remarkCount(view, gaps ?? []);
  const sizes = useMemo(() => view.pages.map(({ width, height }) => ({ width, height })), [view.pages]);

  return (
    <section className="preview" aria-label="排版页面">
      <header className="preview-head">
        <Tooltip title="缩略图">
          <Button
            type={hasThumbnails ? "default" : "text"}
            size="small"
            icon={<AppstoreOutlined />}
            aria-label="缩略图"
            aria-pressed={hasThumbnails}
            onClick={() =>
              setThumbnails((shown) => {
                localStorage.setItem("thumbnails", shown ? "hidden" : "shown");
                return !shown;
              })
            }
          />
        </Tooltip>
        <Space size={4} className="preview-page">
          <InputNumber
            size="small"
            aria-label="页码"
            controls={false}
            min={1}
            max={view.pages.length}
            precision={0}
            value={current}
            onChange={(page) => page !== null && goTo(page)}
          />
          <span className="quiet num">/ {view.pages.length}</span>
        </Space>
        <span className="preview-space" />
        <Tooltip title="缩小">
          <Button type="text" size="small" icon={<MinusOutlined />} aria-label="缩小" onClick={() => step(-1)} />
        </Tooltip>
        <span className="preview-zoom num">{Math.round(scale * 100)}%</span>
        <Tooltip title="放大">
          <Button type="text" size="small" icon={<PlusOutlined />} aria-label="放大" onClick={() => step(1)} />
        </Tooltip>
        <Tooltip title="适合宽度">
          <Button
            type="text"
            size="small"
            icon={<ColumnWidthOutlined />}
            aria-label="适合宽度"
            disabled={zoom === null}
            onClick={() => setZoom(null)}
          />
        </Tooltip>
        <span className="preview-space" />
        <FormatSelect chosen={chosen} />
        <Popover
          trigger="click"
          placement="bottomRight"
          title="待补与提醒"
          content={<Remarks view={view} gaps={gaps ?? []} />}
        >
          <Badge count={remarks} size="small" offset={[-4, 4]} color="#b8860b">
            <Button type="text" size="small" icon={<WarningOutlined />} aria-label={`待补与提醒 ${remarks} 条`} />
          </Badge>
        </Popover>
        <span className={isWorking ? "preview-work on" : "preview-work"} role="status" aria-label={isWorking ? "正在排版" : ""} />
      </header>
      {failure && <div className="preview-failure">{failure}</div>}
      <div className="preview-body">
        {hasThumbnails && (
          <PageList
            className="thumbnails"
            label="缩略图"
            pages={view.pages}
            sizes={sizes}
            scale={null}
            gap={10}
            margin={12}
            current={current}
            numbered
            onClick={({ page }) => goTo(page)}
          />
        )}
        <PageList
          ref={list}
          className="pages"
          label="页面"
          pages={view.pages}
          sizes={sizes}
          scale={zoom}
          gap={14}
          margin={16}
          mark={mark}
          onFit={setFitted}
          onCurrent={setCurrent}
          onClick={(point) => void click(point)}
        />
      </div>
    </section>
  );
}
