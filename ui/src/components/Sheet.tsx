import type { FormatInfo } from "../backend/bindings/FormatInfo";
import "./sheet.css";

/** A small sheet of a format's shape, so that formats can be told apart at a glance. */
export function Sheet({ format, height = 40 }: { format: FormatInfo; height?: number }) {
  return (
    <span
      className="sheet"
      aria-hidden
      style={{ height: format.width > format.height ? (height * 3) / 4 : height, aspectRatio: `${format.width} / ${format.height}` }}
    />
  );
}
