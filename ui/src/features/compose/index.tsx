import { FormOutlined } from "@ant-design/icons";
import { Button, Spin } from "antd";
import { useRead } from "../../backend";
import { Empty } from "../../components/Empty";
import { Failure } from "../../components/Failure";
import { useNavigation } from "../../components/navigation";
import { Page } from "../../components/Page";
import { Compose } from "./Compose";
import "./compose.css";

/** 成文: the text of the report, generated and the author's. */
export default function ComposePage() {
  const { navigate } = useNavigation();
  const document = useRead("document", null, { keepPrevious: true });
  if (document.data && !document.error) return <Compose view={document.data} />;
  return (
    <Page title="成文">
      {document.error?.code === "no-data" ? (
        <Empty
          icon={<FormOutlined />}
          title="还没有文稿"
          actions={
            <Button type="primary" onClick={() => navigate({ stage: "data" })}>
              导入数据
            </Button>
          }
        >
          导入台账、问卷或指标表后，这里生成报告正文，可以逐段修改。
        </Empty>
      ) : document.error ? (
        <Failure error={document.error} onRetry={() => void document.refetch()} />
      ) : (
        <div className="page-wait">
          <Spin delay={200} />
        </div>
      )}
    </Page>
  );
}
