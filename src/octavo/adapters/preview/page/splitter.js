// Borders between panes, moved by pointer or arrow keys.

const STEP = 24;

export function makeSplitter(splitter) {
  const pane = document.getElementById(splitter.dataset.for);
  const sign = splitter.dataset.from === "end" ? -1 : 1;
  const setWidth = (width) => {
    const room = pane.parentElement.clientWidth;
    pane.style.flex = `0 0 ${Math.round(Math.min(Math.max(width, 190), room * 0.7))}px`;
    splitter.setAttribute("aria-valuenow", String(Math.round((100 * pane.offsetWidth) / room)));
  };
  splitter.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    splitter.setPointerCapture(event.pointerId);
    const start = { x: event.clientX, width: pane.offsetWidth };
    // Frames would take the pointer.
    document.body.style.pointerEvents = "none";
    const move = (moved) => setWidth(start.width + sign * (moved.clientX - start.x));
    splitter.addEventListener("pointermove", move);
    const end = () => {
      document.body.style.pointerEvents = "";
      splitter.removeEventListener("pointermove", move);
    };
    splitter.addEventListener("lostpointercapture", end, { once: true });
  });
  splitter.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setWidth(pane.offsetWidth + sign * by);
  });
}
