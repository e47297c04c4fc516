import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call } from "../backend";
import type { ProjectInfo } from "../backend/bindings/ProjectInfo";
import { type Navigation, type Place, stages } from "../components/navigation";

const start: Place = { stage: "project" };

/** The place a project remembers; it may be one of another version, or none. */
function remembered(word: string | null): Place {
  try {
    const place = JSON.parse(word ?? "null") as Place | null;
    return place && stages.includes(place.stage) ? place : start;
  } catch {
    return start;
  }
}

/** Where the author is. A project remembers it, so that reopening leads back to where it was left. */
export function useNavigationState(project: ProjectInfo | null): Navigation {
  const [state, setState] = useState<{ place: Place; moves: number }>({ place: start, moves: 0 });
  const path = project?.path ?? null;
  const place = useRef<string | null>(null);
  place.current = project?.place ?? null;

  useEffect(() => {
    setState(({ moves }) => ({ place: path === null ? start : remembered(place.current), moves: moves + 1 }));
  }, [path]);

  const navigate = useCallback(
    (place: Place) => {
      setState(({ moves }) => ({ place, moves: moves + 1 }));
      // The place is a convenience: not being able to keep it is nothing to tell.
      if (path !== null) call("set_place", { place: JSON.stringify(place) }).catch(() => {});
    },
    [path],
  );

  return useMemo(() => ({ ...state, navigate }), [state, navigate]);
}
