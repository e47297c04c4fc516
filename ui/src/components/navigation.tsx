import { createContext, useContext } from "react";

/** Stages of the work in the order of the rail; the kit workshop stands apart at its foot. */
export const stages = ["project", "data", "status", "findings", "measures", "compose", "check", "export", "kits"] as const;
export type Stage = (typeof stages)[number];

/** Where the author is: a stage, and in it the thing to look at, such as the id of a block, a finding or a fact. */
export interface Place {
  stage: Stage;
  focus?: string;
  /** Further settings of the stage, such as a filter or a dataset and row. */
  params?: Readonly<Record<string, string>>;
}

export interface Navigation {
  place: Place;
  /** Grows with every move, so that going to the same place again is noticed. */
  moves: number;
  /** Goes there. `project` is the path of the project it is in, when that one is only just being opened. */
  navigate(place: Place, project?: string): void;
}

export const NavigationContext = createContext<Navigation>({
  place: { stage: "project" },
  moves: 0,
  navigate: () => {},
});

/** The present place and the way to another: `navigate({ stage: "compose", focus: block })`. */
export const useNavigation = () => useContext(NavigationContext);
