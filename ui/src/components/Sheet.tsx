import type { FormatInfo } from "../backend/bindings/FormatInfo";
import "./sheet.css";

// A page of the example in each format that comes with the program; a template of one's own has none.
const pictures = import.meta.glob<string>("../../../templates/pictures/format-*.png", {
  eager: true,
  import: "default",
  query: "?url",
});

const pictureOf = ({ id, own }: FormatInfo) =>
  own ? undefined : pictures[`../../../templates/pictures/format-${id}.png`];

/** Longer edge of a sheet in pixels. */
const longest = 62;

/** A small sheet of a format's shape, so that formats can be told apart at a glance. */
export function Sheet({ format }: { format: FormatInfo }) {
  const picture = pictureOf(format);
  const { width, height } = format;
  const scale = longest / Math.max(width, height);
  const shape = { width: Math.round(width * scale), height: Math.round(height * scale) };
  return picture === undefined ? (
    <span className="format-sheet drawn" aria-hidden style={shape} />
  ) : (
    <img className="format-sheet" alt="" src={picture} style={shape} />
  );
}
