import { useCallback, useEffect, useMemo, useState } from "react";
import { type Navigation, type Place, stages } from "../components/navigation";

const keyOf = (project: string) => `place:${project}`;

function remembered(project: string): Place | null {
  try {
    const place = JSON.parse(localStorage.getItem(keyOf(project)) ?? "null") as Place | null;
    return place && stages.includes(place.stage) ? place : null;
  } catch {
    return null;
  }
}

/** Where the author is. Reopening a project leads back to where it was left. */
export function useNavigationState(project: string | null): Navigation {
  const [state, setState] = useState<{ place: Place; moves: number }>({ place: { stage: "project" }, moves: 0 });

  useEffect(() => {
    setState(({ moves }) => ({
      place: (project !== null && remembered(project)) || { stage: "project" },
      moves: moves + 1,
    }));
  }, [project]);

  const navigate = useCallback(
    (place: Place) => {
      setState(({ moves }) => ({ place, moves: moves + 1 }));
      if (project !== null) localStorage.setItem(keyOf(project), JSON.stringify(place));
    },
    [project],
  );

  return useMemo(() => ({ ...state, navigate }), [state, navigate]);
}
