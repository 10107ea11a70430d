// Where a reader is in the pages, in terms that outlive a build: a page that looks the same, or a place in the text.

/** The last place at or before a point, which is counted in pages from the first; null before all places. */
function placeBefore(view, point) {
  let best = null;
  for (const [name, [page, top]] of Object.entries(view.places)) {
    const at = page + top;
    if (at <= point && (best === null || at > best.at)) best = { name, at };
  }
  return best;
}

/** A point of a view, to be found again in the view of a later build. */
export function remember(view, point) {
  const page = Math.min(Math.floor(point), view.pages.length - 1);
  const place = placeBefore(view, point);
  return {
    point,
    digest: view.pages[page]?.digest,
    page,
    into: point - page,
    place: place?.name ?? null,
    beyond: place ? point - place.at : 0,
  };
}

/** Where a remembered point is in a view. */
export function recall(view, memory) {
  const same = view.pages
    .map((page, index) => ({ index, same: page.digest === memory.digest }))
    .filter((each) => each.same)
    .sort((one, other) => Math.abs(one.index - memory.page) - Math.abs(other.index - memory.page))[0];
  if (same) return same.index + memory.into;
  const place = memory.place === null ? undefined : view.places[memory.place];
  if (place) return Math.min(place[0] + place[1] + memory.beyond, view.pages.length - 0.001);
  return Math.min(memory.point, Math.max(view.pages.length - 0.001, 0));
}
