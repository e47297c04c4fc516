import { ExportOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function ExportPage() {
  return (
    <Page title="导出">
      <Empty icon={<ExportOutlined />} title="还没有可导出的报告">
        导入数据后，这里导出和打印报告。
      </Empty>
    </Page>
  );
}
