import { WarningOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function FindingsPage() {
  return (
    <Page title="问题">
      <Empty icon={<WarningOutlined />} title="还没有问题">
        导入数据后，这里按严重程度列出发现的问题。
      </Empty>
    </Page>
  );
}
