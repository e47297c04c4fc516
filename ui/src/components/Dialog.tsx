import { Modal, type ModalProps } from "antd";
import { type ReactNode, useEffect, useRef } from "react";

/** What one can type into; a list that cannot be searched is read-only. */
const typable = 'input:not([type="checkbox"], [type="radio"], [type="hidden"], [readonly], :disabled), textarea:not([readonly], :disabled)';

/** The field marked `data-first`, otherwise the first one to type into. */
function focusFirst(body: HTMLElement | null) {
  if (!body || body.contains(document.activeElement)) return;
  (body.querySelector<HTMLElement>("[data-first]") ?? body.querySelector<HTMLElement>(typable))?.focus({ preventScroll: true });
}

/**
 * A dialog with the focus in its first field; when it has gone, what had the focus before has it again. Left to itself,
 * antd puts the focus on the closing cross: `autoFocus` comes before the dialog stands in the page.
 */
export function Dialog({ children, afterOpenChange, ...rest }: ModalProps) {
  const body = useRef<HTMLDivElement>(null);
  return (
    <Modal
      {...rest}
      destroyOnHidden
      afterOpenChange={(isOpen) => {
        if (isOpen) focusFirst(body.current);
        afterOpenChange?.(isOpen);
      }}
    >
      <Body at={body}>{children}</Body>
    </Modal>
  );
}

function Body({ at, children }: { at: React.RefObject<HTMLDivElement | null>; children: ReactNode }) {
  useEffect(() => {
    const before = document.activeElement;
    focusFirst(at.current);
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [at]);
  return <div ref={at}>{children}</div>;
}
