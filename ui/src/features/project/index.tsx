import { HomeOutlined } from "@ant-design/icons";
import { Empty } from "../../components/Empty";
import { Page } from "../../components/Page";

export default function ProjectPage() {
  return (
    <Page title="项目">
      <Empty icon={<HomeOutlined />} title="新建或打开一个工程">
        工程文件保存数据、判断和文稿。
      </Empty>
    </Page>
  );
}
