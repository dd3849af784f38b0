"""Waits until something is drawn on an X screen and keeps a picture of it: DISPLAY FILE.png."""

from __future__ import annotations

import sys
import time

from PIL import Image, ImageGrab

PATIENCE_S = 30
COLOURS = 16  # an empty X screen has one; a window with text has hundreds


def main(display: str, file: str) -> int:
    """Return 0 once a window is seen and its picture is saved, 1 after half a minute."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        picture = _grab(display)
        if picture and len(picture.convert("RGB").getcolors(1 << 24) or []) > COLOURS:
            time.sleep(0.5)  # let it finish drawing
            (_grab(display) or picture).save(file)
            return 0
        time.sleep(0.2)
    print(f"smoke: no window on {display} within {PATIENCE_S} s", file=sys.stderr)
    return 1


def _grab(display: str) -> Image.Image | None:
    try:
        return ImageGrab.grab(xdisplay=display)
    except OSError:  # the screen is still starting
        return None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
