import { useRead } from "../../backend";
import { Failure } from "../../components/Failure";
import { useNavigation } from "../../components/navigation";
import { Settings } from "./Settings";
import { Start } from "./Start";
import "./project.css";

/** 项目: the start page, and once a project is open its titles, dates and parameters. */
export default function ProjectPage() {
  const { place } = useNavigation();
  const { data: project, error, refetch } = useRead("project", null);
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (project === undefined) return null;
  return project === null || place.params?.start ? <Start project={project} /> : <Settings project={project} />;
}
