import { Empty } from "../../components/Empty";

export default function Preview() {
  return <Empty title="还没有页面">导入数据后，这里显示排好的页面。</Empty>;
}
