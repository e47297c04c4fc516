import type { FormatInfo } from "../backend/bindings/FormatInfo";
import { Sheet } from "./Sheet";

/** A print format in a list: its sheet, its name, what it is for. */
export function FormatOption({ format }: { format: FormatInfo }) {
  return (
    <span className="format-option">
      <span className="sheet-place">
        <Sheet format={format} />
      </span>
      <div>
        {format.name}
        {format.own && <span className="format-own">自有</span>}
        <div className="quiet">
          {[format.purpose, ...(format.purpose.includes(format.paper) ? [] : [format.paper])].filter(Boolean).join("，")}
        </div>
      </div>
    </span>
  );
}
