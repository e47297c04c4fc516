import { AuditOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function MeasuresPage() {
  return (
    <Page title="对策">
      <Empty icon={<AuditOutlined />} title="还没有对策">
        采用问题后，这里给出与之对应的对策。
      </Empty>
    </Page>
  );
}
