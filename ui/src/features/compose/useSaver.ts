import { useEffect, useMemo, useRef } from "react";

/** Milliseconds without typing after which a text is saved. */
const pause = 250;

export interface Saver<T> {
  /** The text is now `value`; it is saved after a pause. */
  change(value: T): void;
  /** Saves at once what is not saved yet. */
  flush(): void;
  /**
   * The text is now `value`, and `act` saves it together with something else, after what is being saved. When it fails
   * the text before is wanted again.
   */
  hand(value: T, act: () => Promise<unknown>): void;
  /** While an input method is composing nothing is saved. */
  composing(isComposing: boolean): void;
}

/**
 * Saves a text while it is being written: after a pause, when left, and before the page goes. One save at a time, so
 * that an older text never comes after a newer one. What could not be saved is tried again with the next change.
 */
export function useSaver<T>(saved: T, isSame: (a: T, b: T) => boolean, save: (value: T) => Promise<unknown>): Saver<T> {
  const latest = useRef(save);
  useEffect(() => {
    latest.current = save;
  });
  const saver = useMemo(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let sent = saved;
    let wanted = saved;
    let isComposing = false;
    let isBusy = false;
    /** What was handed over while something was being saved. */
    let waiting: (() => void) | null = null;
    const carry = (act: () => Promise<unknown>, takeBack: () => void) => {
      isBusy = true;
      const end = (isSaved: boolean) => {
        isBusy = false;
        const next = waiting ?? (isSaved ? send : null);
        waiting = null;
        next?.();
      };
      act().then(
        () => end(true),
        () => {
          takeBack();
          end(false);
        },
      );
    };
    const send = () => {
      if (isBusy || isSame(sent, wanted)) return;
      const before = sent;
      sent = wanted;
      carry(
        () => latest.current(sent),
        () => (sent = before),
      );
    };
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => (isComposing ? later() : send()), pause);
    };
    return {
      change(value: T) {
        wanted = value;
        later();
      },
      flush() {
        clearTimeout(timer);
        send();
      },
      hand(value: T, act: () => Promise<unknown>) {
        clearTimeout(timer);
        const typed = wanted;
        wanted = value;
        const start = () => {
          const before = sent;
          sent = value;
          carry(act, () => {
            sent = before;
            wanted = typed;
          });
        };
        if (isBusy) waiting = start;
        else start();
      },
      composing(now: boolean) {
        isComposing = now;
      },
    };
    // One saver for the life of the editor: what is saved later must not start it anew.
  }, []);
  useEffect(() => {
    window.addEventListener("pagehide", saver.flush);
    return () => {
      window.removeEventListener("pagehide", saver.flush);
      saver.flush();
    };
  }, [saver]);
  return saver;
}
