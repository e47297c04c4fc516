import { Alert, Button } from "antd";
import dayjs from "dayjs";
import { useAct, useRead } from "../../backend";
import { Writes } from "../../components/writing";

/**
 * Says that the newest figures are of another year than the day the data are said to be as of, and takes the end of that
 * year over when told to: figures after that day are left out, criteria and policies are chosen by it.
 */
export function AsOf({ newest, onTaken }: { newest: number | null; onTaken: () => void }) {
  const project = useRead("project", null).data;
  const set = useAct("set", { onSuccess: onTaken });
  if (!project || newest === null || dayjs(project.as_of).year() === newest) return null;
  const end = dayjs(`${newest}-12-31`);
  const shown = (date: dayjs.Dayjs) => date.format("YYYY年M月D日");
  return (
    <Alert
      type="info"
      showIcon
      title={`这些数据最新到 ${newest} 年，而本工程的“数据截至”是 ${shown(dayjs(project.as_of))}。`}
      action={
        <Writes>
          <Button size="small" loading={set.isPending} onClick={() => set.mutate({ values: { "as-of": end.format("YYYY-MM-DD") } })}>
            改为 {shown(end)}
          </Button>
        </Writes>
      }
    />
  );
}
