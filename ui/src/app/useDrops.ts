import { useEffect, useRef, useState } from "react";
import { BackendError, call, host } from "../backend";
import { isAnswering, isDraft, isKit, isProject, keepForCheck, keepForImport, keepForWorkshop } from "../components/drops";
import type { Navigation } from "../components/navigation";
import { tell } from "../components/tell";
import { useOpenProject } from "../components/useOpenProject";

/**
 * Files let go over a page that takes none: a project is opened, a kit goes to the workshop, anything else to the
 * import. The pages 数据, 核校 and 报告套件 answer for what they take themselves. Gives whether files are held over a page
 * that takes none.
 */
export function useDrops(hasProject: boolean, { place, navigate }: Navigation): boolean {
  const open = useOpenProject();
  const [isOver, setOver] = useState(false);
  const latest = useRef({ hasProject, place, navigate, open });
  useEffect(() => {
    latest.current = { hasProject, place, navigate, open };
  });
  useEffect(
    () =>
      host.onFiles((event) => {
        const { place, navigate, open } = latest.current;
        setOver(event.kind === "over");
        if (event.kind !== "drop") return;
        const [path] = event.paths;
        if (path === undefined) return;
        if (isProject(event.paths)) open.mutate({ path });
        else if (place.stage === "kits" && isKit(event.paths)) {
          if (!isAnswering("kits")) keepForWorkshop(path);
        } else if (place.stage === "check" && isDraft(event.paths)) {
          if (!isAnswering("check")) keepForCheck(path);
        } else {
          const toImport = () => {
            if (!latest.current.hasProject)
              tell.failure(new BackendError("no-project", "还没有打开工程。请先新建或打开一个工程，再拖入调查数据。"));
            else if (place.stage !== "data" || !isAnswering("data")) {
              keepForImport(event.paths);
              if (place.stage !== "data") navigate({ stage: "data" });
            }
          };
          if (place.stage === "data" || !isKit(event.paths)) return toImport();
          call("preview_kit", { path }).then(() => {
            keepForWorkshop(path);
            navigate({ stage: "kits" });
          }, toImport);
        }
      }),
    [],
  );
  return isOver && !["data", "check", "kits"].includes(place.stage);
}
