import { InboxOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { Writes } from "../../components/writing";
import { PathLine } from "./PathLine";

interface DropZoneProps {
  isOver: boolean;
  pick: () => void;
  pickFolder: () => void;
  paste: () => void;
  /** Opens the tables to enter by hand, where the kit has some. */
  enter: (() => void) | null;
  onPaths: (paths: string[]) => void;
}

/** The stage before there is any data: everything that can bring some. */
export function DropZone({ isOver, pick, pickFolder, paste, enter, onPaths }: DropZoneProps) {
  return (
    <div className="drop-page">
      <div className={isOver ? "drop-zone over" : "drop-zone"}>
        <InboxOutlined className="drop-icon" />
        <h2>把台账、问卷、汇总表拖到这里</h2>
        <p className="quiet">
          可以一次拖入多个文件或整个文件夹。支持 Excel、WPS 表格（xlsx、xls、ods）和 CSV，
          <br />
          问卷星、Kobo 的导出文件可直接使用。
        </p>
        <Writes>
          <div className="drop-acts">
            <Button type="primary" data-first onClick={pick}>
              选择文件…
            </Button>
            <Button onClick={pickFolder}>选择文件夹…</Button>
            <Button onClick={paste}>粘贴表格…</Button>
            {enter && <Button onClick={enter}>手工录入…</Button>}
          </div>
          <PathLine placeholder="或粘贴文件路径，多个用分号隔开，按回车读取" onPaths={onPaths} />
        </Writes>
      </div>
    </div>
  );
}
