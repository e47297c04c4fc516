import { AppstoreOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function KitsPage() {
  return (
    <Page title="报告套件">
      <Empty icon={<AppstoreOutlined />} title="没有报告套件">
        报告套件规定数据、指标、问题与对策。
      </Empty>
    </Page>
  );
}
