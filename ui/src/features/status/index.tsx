import { BarChartOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function StatusPage() {
  return (
    <Page title="现状">
      <Empty icon={<BarChartOutlined />} title="还没有现状数据">
        导入数据后，这里按类列出各项指标。
      </Empty>
    </Page>
  );
}
