import { FormOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function ComposePage() {
  return (
    <Page title="成文">
      <Empty icon={<FormOutlined />} title="还没有文稿">
        导入数据后，这里生成并编辑报告正文。
      </Empty>
    </Page>
  );
}
