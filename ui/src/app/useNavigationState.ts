import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call } from "../backend";
import type { ProjectInfo } from "../backend/bindings/ProjectInfo";
import { type Navigation, type Place, stages } from "../components/navigation";

const start: Place = { stage: "project" };

/** The page to begin with leads away from the project: nobody wants to find it on coming back. */
const isStartPage = (place: Place) => place.params?.start !== undefined;

/** The place a project remembers; it may be one of another version, or none. */
function remembered(word: string | null): Place {
  try {
    const place = JSON.parse(word ?? "null") as Place | null;
    return place && stages.includes(place.stage) && !isStartPage(place) ? place : start;
  } catch {
    return start;
  }
}

/** Where the author is. A project remembers it, so that reopening leads back to where it was left. */
export function useNavigationState(project: ProjectInfo | null): Navigation {
  const [state, setState] = useState<{ place: Place; moves: number }>({ place: start, moves: 0 });
  const path = project?.path ?? null;
  // The present one also for callbacks made before it was opened.
  const present = useRef(project);
  present.current = project;

  const arrival = useRef<{ place: Place; project: string } | null>(null);

  useEffect(() => {
    const wished = arrival.current?.project === path ? arrival.current.place : null;
    arrival.current = null;
    setState(({ moves }) => ({ place: wished ?? (path === null ? start : remembered(present.current?.place ?? null)), moves: moves + 1 }));
  }, [path]);

  const navigate = useCallback((place: Place, project?: string) => {
    const path = present.current?.path;
    if (project !== undefined && project !== path) {
      arrival.current = { place, project };
      return;
    }
    setState(({ moves }) => ({ place, moves: moves + 1 }));
    // The place is a convenience: not being able to keep it is nothing to tell.
    if (path !== undefined && !isStartPage(place)) call("set_place", { place: JSON.stringify(place) }).catch(() => {});
  }, []);

  return useMemo(() => ({ ...state, navigate }), [state, navigate]);
}
