import { type Stage, useNavigation } from "../components/navigation";
import { showShortcut } from "../components/keys";
import { railStages, stageRecords } from "./stages";
import mark from "./mark.svg";

/** The stages of the work, from data to print; the kit workshop at the foot. */
export function Rail({ hasProject }: { hasProject: boolean }) {
  const { place, navigate } = useNavigation();
  const entry = (stage: Stage, key?: string) => {
    const { label, icon, alone } = stageRecords[stage];
    return (
      <button
        type="button"
        key={stage}
        className="rail-stage"
        aria-current={place.stage === stage ? "page" : undefined}
        disabled={!alone && !hasProject}
        title={key && showShortcut(key)}
        onClick={() => navigate({ stage })}
      >
        {icon}
        {label}
      </button>
    );
  };
  return (
    <nav className="rail" aria-label="工作阶段">
      <img className="rail-mark" src={mark} alt="研策" draggable={false} />
      {railStages.map((stage, index) => entry(stage, `Ctrl+${index + 1}`))}
      <div className="rail-foot">{entry("kits")}</div>
    </nav>
  );
}
