import { TableOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function DataPage() {
  return (
    <Page title="数据">
      <Empty icon={<TableOutlined />} title="还没有数据">
        把台账、问卷或指标表拖进窗口。
      </Empty>
    </Page>
  );
}
