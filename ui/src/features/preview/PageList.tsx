import { useVirtualizer } from "@tanstack/react-virtual";
import { type MouseEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import type { PageInfo } from "../../backend/bindings/PageInfo";
import { PagePicture } from "./PagePicture";
import type { PointOnPage } from "./places";

/** Pixels of the screen a point takes at 100 %. */
const pixelsPerPoint = 96 / 72;

export interface PageListHandle {
  scrollTo(point: PointOnPage): void;
}

interface PageListProps {
  ref?: Ref<PageListHandle>;
  className: string;
  label: string;
  pages: PageInfo[];
  sizes: { width: number; height: number }[];
  /** 1 is the size on paper; `null` fits the width. */
  scale: number | null;
  gap: number;
  margin: number;
  /** Page to make out among the others. */
  current?: number;
  numbered?: boolean;
  /** Spot the author's attention is on. */
  mark?: PointOnPage | null;
  /** Tells the scale at which a page is as wide as the list. */
  onFit?: (scale: number) => void;
  /** Tells the page that is mostly seen. */
  onCurrent?: (page: number) => void;
  onClick: (point: PointOnPage) => void;
}

/** Pages below each other, of which only those near the view exist. */
export function PageList(props: PageListProps) {
  const { ref, className, label, pages, sizes, scale, gap, margin, current, numbered, mark, onFit, onCurrent, onClick } = props;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const widest = Math.max(1, ...sizes.map((size) => size.width));
  const fit = Math.max(0.05, (width - 2 * margin) / (widest * pixelsPerPoint));
  const shown = (scale ?? fit) * pixelsPerPoint;
  const caption = numbered ? 20 : 0;

  useEffect(() => {
    if (width > 0) onFit?.(fit);
  }, [fit, width, onFit]);

  const virtual = useVirtualizer({
    count: pages.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => (sizes[index]?.height ?? 842) * shown + caption,
    gap,
    paddingStart: margin,
    paddingEnd: margin,
    overscan: 1,
  });

  // The same page stays in view when its size changes. Measured from the top of the view.
  const seen = useRef(1);
  const before = useRef(shown);
  useLayoutEffect(() => {
    if (before.current !== shown && box.current) {
      const ratio = shown / before.current;
      const top = box.current.scrollTop;
      virtual.measure();
      box.current.scrollTop = top * ratio;
    } else virtual.measure();
    before.current = shown;
  }, [shown, sizes, virtual]);

  const scroll = () => {
    const element = box.current;
    if (!element || !onCurrent) return;
    const middle = element.scrollTop + element.clientHeight * 0.4;
    const item = virtual.getVirtualItemForOffset(middle);
    if (item && item.index + 1 !== seen.current) {
      seen.current = item.index + 1;
      onCurrent(item.index + 1);
    }
  };

  useImperativeHandle(ref, () => ({
    scrollTo({ page, y }) {
      const start = virtual.getOffsetForIndex(page - 1, "start")?.[0];
      if (start === undefined || !box.current) return;
      // A little above, so that what was asked for does not stick to the edge.
      const above = y === 0 ? margin : box.current.clientHeight * 0.25;
      box.current.scrollTo({ top: Math.max(0, start + y * shown - above) });
    },
  }));

  useEffect(() => {
    if (!numbered || current === undefined) return;
    virtual.scrollToIndex(current - 1, { align: "auto" });
  }, [numbered, current, virtual]);

  const click = (event: MouseEvent<HTMLElement>, page: number) => {
    const edge = event.currentTarget.getBoundingClientRect();
    onClick({ page, y: (event.clientY - edge.top) / shown });
  };

  return (
    <div className={className} ref={box} onScroll={scroll} aria-label={label} role="list" tabIndex={0}>
      <div style={{ position: "relative", height: virtual.getTotalSize(), minWidth: widest * shown + 2 * margin }}>
        {width > 0 &&
          virtual.getVirtualItems().map((item) => {
            const page = pages[item.index];
            if (!page) return null;
            const number = item.index + 1;
            return (
              <div
                key={number}
                role="listitem"
                aria-label={`第 ${number} 页`}
                aria-current={current === number ? "page" : undefined}
                className="preview-leaf"
                style={{ top: item.start, width: page.width * shown, marginLeft: (-page.width * shown) / 2 }}
              >
                <div className="preview-leaf-paper" style={{ height: page.height * shown }} onClick={(event) => click(event, number)}>
                  <PagePicture page={number} width={page.width * shown} hash={page.hash} />
                  {mark?.page === number && <div className="preview-leaf-mark" style={{ top: mark.y * shown - 2 }} />}
                </div>
                {numbered && <div className="preview-leaf-number num">{number}</div>}
              </div>
            );
          })}
      </div>
    </div>
  );
}
