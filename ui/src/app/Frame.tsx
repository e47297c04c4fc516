import { Spin, Splitter } from "antd";
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { asBackendError, call, host, useRead } from "../backend";
import { ErrorBoundary } from "../components/ErrorBoundary";
import { HandlersProvider } from "../components/handlers";
import { NavigationContext } from "../components/navigation";
import { tell, Teller } from "../components/tell";
import { tellUnopened } from "../components/useOpenProject";
import { WritableContext } from "../components/writing";
import { useShortcuts, useWindowMenu } from "./actions";
import { About, Diagnosis, type HelpPage, Shortcuts } from "./Help";
import { Palette } from "./Palette";
import { Rail } from "./Rail";
import { stageRecords } from "./stages";
import { TopBar } from "./TopBar";
import { useDrops } from "./useDrops";
import { useFrameActions } from "./useFrameActions";
import { useNavigationState } from "./useNavigationState";

const Preview = lazy(() => import("../features/preview"));

const previewKey = "preview";
const previewWidthKey = "preview-width";

/** The window: rail, top bar, the page of the stage, and the printed pages beside it. */
export function Frame() {
  return (
    <HandlersProvider>
      <Window />
      <Teller />
    </HandlersProvider>
  );
}

function Window() {
  const project = useRead("project", null).data ?? null;
  const navigation = useNavigationState(project);
  const [isPreviewShown, setPreviewShown] = useState(() => localStorage.getItem(previewKey) === "shown");
  const [isSearching, setSearching] = useState(false);

  const togglePreview = useCallback(
    () =>
      setPreviewShown((shown) => {
        localStorage.setItem(previewKey, shown ? "hidden" : "shown");
        return !shown;
      }),
    [],
  );
  const [helpPage, setHelpPage] = useState<HelpPage | null>(null);
  const search = useCallback(() => setSearching(true), []);

  const actions = useFrameActions({
    project,
    navigation,
    isPreviewShown,
    togglePreview,
    search,
    help: setHelpPage,
  });
  useShortcuts(actions);
  useWindowMenu(actions);
  useLaunch();
  const isOver = useDrops(project !== null, navigation);

  const title = project?.title ?? null;
  useEffect(() => {
    void host.setTitle(title === null ? "研策" : `${title} — 研策`);
  }, [title]);

  const frame = useRef<HTMLDivElement>(null);
  const stage = project || stageRecords[navigation.place.stage].alone ? navigation.place.stage : "project";
  const { Page } = stageRecords[stage];
  const page = (
    <ErrorBoundary resetKey={`${stage} ${navigation.moves}`}>
      <Suspense fallback={<div className="page-wait">{<Spin delay={300} />}</div>}>
        <Page />
      </Suspense>
    </ErrorBoundary>
  );

  return (
    <NavigationContext value={navigation}>
      <WritableContext value={project?.writable ?? true}>
        <div className="frame" ref={frame}>
          <Rail hasProject={project !== null} />
          <TopBar
            title={title}
            path={project?.path ?? null}
            actions={new Map(actions.map((action) => [action.id, action]))}
            isPreviewShown={isPreviewShown}
          />
          <main className="frame-main">
            <Splitter onResizeEnd={(sizes) => localStorage.setItem(previewWidthKey, String(sizes[1] ?? 0))}>
              <Splitter.Panel min={420}>{page}</Splitter.Panel>
              {project !== null && isPreviewShown && (
                <Splitter.Panel min={280} defaultSize={Number(localStorage.getItem(previewWidthKey)) || "38%"}>
                  <ErrorBoundary resetKey={project.path}>
                    <Suspense fallback={null}>
                      <Preview />
                    </Suspense>
                  </ErrorBoundary>
                </Splitter.Panel>
              )}
            </Splitter>
          </main>
          {/* Beyond the last thing that can be focused, WebKitGTK would give the focus to nothing, and Tab would be dead. */}
          <span
            tabIndex={0}
            style={{ position: "fixed" }}
            onFocus={() => frame.current?.querySelector<HTMLElement>("button:enabled")?.focus()}
          />
        </div>
        {helpPage === "shortcuts" && <Shortcuts actions={actions} onClose={() => setHelpPage(null)} />}
        {helpPage === "diagnosis" && <Diagnosis onClose={() => setHelpPage(null)} />}
        {helpPage === "about" && <About project={project?.path ?? null} onClose={() => setHelpPage(null)} />}
        {isOver && <div className="drop-veil">{project === null ? "松开即打开" : "松开即打开或导入"}</div>}
        <Palette open={isSearching} actions={actions} project={project} onClose={() => setSearching(false)} />
      </WritableContext>
    </NavigationContext>
  );
}

/** Whether the shell has loaded the page again after the web view's process was lost; told once. */
function isLoadedAnew() {
  const address = new URL(location.href);
  if (!address.searchParams.has("anew")) return false;
  history.replaceState(null, "", address.pathname);
  return true;
}

/** Opens the project the program was started with, and those the system asks for later; shows the window. */
function useLaunch() {
  useEffect(() => {
    const openProject = (path: string): Promise<boolean> =>
      call("open_project", { path }).then(
        () => true,
        (thrown: unknown) => tellUnopened(asBackendError(thrown), path, () => void openProject(path)),
      );
    void host
      .launchPath()
      .then((path) => path === null || openProject(path))
      .catch(() => true)
      // Started for a project that another window shows, this one has nothing to do.
      .then((stays) => (stays ? host.ready() : host.quit()));
    if (isLoadedAnew()) tell.done("界面意外中断，已重新载入；已保存的内容都在。");
    return host.onOpenRequest((path) => void openProject(path));
  }, []);
}
