import { useEffect, useState } from "react";
import { host } from "../../backend";

interface PagePictureProps {
  page: number;
  /** Pixels of the page on the screen; the picture is as sharp as the screen. */
  width: number;
  hash: string;
}

/** Pictures come in widths of this step, so that dragging the edge of the pane does not ask for hundreds. */
const step = 80;

/** A page's picture. The former one stays until the new one is there, so that nothing blinks while typing. */
export function PagePicture({ page, width, hash }: PagePictureProps) {
  const pixels = Math.ceil((width * window.devicePixelRatio) / step) * step;
  const address = host.pageAddress(page, pixels, hash);
  const [shown, setShown] = useState<string | null>(null);

  useEffect(() => {
    if (address === shown) return;
    let isCurrent = true;
    const wait = setTimeout(
      () => {
        const picture = new Image();
        picture.src = address;
        picture.decode().then(
          () => isCurrent && setShown(address),
          // Pages made anew meanwhile bring another address with them.
          () => {},
        );
      },
      // Another size of the same page can wait until the edge stands still.
      shown !== null && shown.endsWith(hash) ? 160 : 0,
    );
    return () => {
      isCurrent = false;
      clearTimeout(wait);
    };
  }, [address, hash, shown]);

  return shown === null ? null : <img className="preview-leaf-picture" src={shown} alt="" draggable={false} />;
}
